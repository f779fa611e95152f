import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Item } from '../api/shapes';
import { useDraft } from '../compose/drafts';
import { type Move } from '../inbox/turn';
import { commandOf, EMPTY_MOVE, type MoveDraft } from './move-draft';
import { fieldsOf } from './move-fields';
import { give, isPreviewed, previewed } from './moves';
import { SealForm } from './seal-form';
import { type Outcome } from './sealed';

/** One move, written and handed in where the item stands. What tells somebody something shows who will know it before it is sealed. */
export const MoveForm = ({
  item,
  move,
  onDone,
}: {
  readonly item: Item;
  readonly move: Move;
  readonly onDone: (outcome: Outcome, event?: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const draft = useDraft<MoveDraft>(`${move}:${item.item}`, EMPTY_MOVE);
  return (
    <SealForm
      title={t(`move.${move}`)}
      level="h3"
      about={t(`moveHint.${move}`)}
      draft={draft}
      {...(isPreviewed(move) && {
        preview: {
          ask: () => previewed(commandOf(move, draft.value, item), item),
          also: [item.from, item.to],
        },
      })}
      changes={[['proposals'], ['exchange', item.exchange], ['referrals']]}
      seal={(headers) => give(commandOf(move, draft.value, item), item, headers['idempotency-key'])}
      onDone={onDone}
    >
      {fieldsOf(move, draft, { t, item })}
    </SealForm>
  );
};
