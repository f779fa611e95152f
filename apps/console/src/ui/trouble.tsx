import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Trouble } from '../api/client';
import { useLocale } from '../language/use-words';
import { sentenceOf } from './trouble-sentences';
import { Icon } from './icon';

/** What happened, what was kept and what to do, in that order. */
export const TroubleNote = ({
  thrown,
  kept,
}: {
  readonly thrown: unknown;
  /** What of the officer's work is still there; nothing where nothing could be lost. */
  readonly kept?: 'draft' | undefined;
}): ReactElement => {
  const { t, i18n } = useTranslation();
  const { list } = useLocale();
  /** `#/facts/sought` is a place in a form, and is called what the form calls it; what no form has, as the interface does. */
  const spoken = (pointer: string): string => {
    const names = pointer.replace(/^#\//, '').split('/');
    const known = names.filter((name) => !/^\d+$/.test(name) && i18n.exists(`said.${name}`)).at(-1);
    return known === undefined ? names.join(' › ') : t(`said.${known as 'sought'}`);
  };
  const trouble = thrown instanceof Trouble ? thrown : new Trouble('internal-error', 500);
  const { pointers, request } = trouble;
  const sentence = sentenceOf(trouble.code);
  return (
    <div role="alert" className="note note-danger">
      <Icon name="warning" />
      <div>
        <p className="note-title">
          {sentence.rule === undefined
            ? t(`trouble.${sentence.key}.what`)
            : t(`rule.${sentence.rule}`)}
        </p>
        <p>
          {kept === 'draft' && <>{t('trouble.draftKept')} </>}
          {t(`trouble.${sentence.key}.do`)}
        </p>
        {pointers.length > 0 && (
          <p className="quiet">
            {t('trouble.places', { places: list([...new Set(pointers.map(spoken))]) })}
          </p>
        )}
        {trouble.status >= 500 && request !== undefined && (
          <p className="quiet">{t('trouble.reference', { request })}</p>
        )}
      </div>
    </div>
  );
};
