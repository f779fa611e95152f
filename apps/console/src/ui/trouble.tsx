import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Trouble } from '../api/client';
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
  const { t } = useTranslation();
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
            {t('trouble.places', { places: pointers.map(spoken).join(', ') })}
          </p>
        )}
        {trouble.status >= 500 && request !== undefined && (
          <p className="quiet">{t('trouble.reference', { request })}</p>
        )}
      </div>
    </div>
  );
};

/** `#/facts/sought` is a place in a form, and is read as one. */
const spoken = (pointer: string): string => pointer.replace(/^#\//, '').replaceAll('/', ' › ');
