import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Submitted } from '../api/shapes';
import { Icon } from '../ui/icon';

/** What came of something that was handed in: it is on its way, it waits for a second officer, or its officer left it for later. */
export type Outcome = 'sealed' | 'proposed' | 'later';

export const outcomeOf = ({ proposal }: Submitted): Outcome =>
  proposal === undefined ? 'sealed' : 'proposed';

/** Said until what was handed in shows by itself. */
export const SealedNote = ({
  outcome,
}: {
  readonly outcome: Outcome | undefined;
}): ReactElement | undefined => {
  const { t } = useTranslation();
  if (outcome === undefined || outcome === 'later') return undefined;
  return outcome === 'sealed' ? (
    <p className="note note-good" role="status">
      <Icon name="seal" />
      <span>{t('exchange.sealed')}</span>
    </p>
  ) : (
    <p className="note note-plain" role="status">
      <Icon name="two" />
      <span>{t('exchange.proposed')}</span>
    </p>
  );
};
