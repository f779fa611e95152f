/**
 * What a browser says of a field that was left empty comes in the browser's own language. It is told to say it in the one that is chosen
 * here.
 */
export const sayWhatIsMissing = (words: () => string): void => {
  const told = new WeakSet<EventTarget>();
  document.addEventListener(
    'invalid',
    ({ target }) => {
      if (
        !(
          target instanceof HTMLInputElement ||
          target instanceof HTMLSelectElement ||
          target instanceof HTMLTextAreaElement
        ) ||
        !target.validity.valueMissing
      )
        return;
      target.setCustomValidity(words());
      told.add(target);
    },
    true,
  );
  // A field that was told to say so is wrong until it is told otherwise: before a form is looked at anew, that is taken back. The Enter
  // key hands a form in by a click, too.
  document.addEventListener(
    'click',
    ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : undefined;
      for (const field of button?.form?.elements ?? [])
        if (told.delete(field)) (field as HTMLInputElement).setCustomValidity('');
    },
    true,
  );
};
