/** Hands whoever asks a file of what is on the screen. Nothing of it stays in the browser. */
export const saveAs = (name: string, value: unknown): void => {
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold of it by then.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 0);
};
