import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Item } from '../api/shapes';
import { AudienceMatrix } from '../compose/audience';
import { useDraft } from '../compose/drafts';
import { type Move } from '../inbox/turn';
import { TroubleNote } from '../ui/trouble';
import { commandOf, EMPTY_MOVE, type MoveDraft } from './move-draft';
import { fieldsOf } from './move-fields';
import { give, isPreviewed, previewed } from './moves';
import { type Outcome, outcomeOf } from './sealed';

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
  const client = useQueryClient();
  const draft = useDraft<MoveDraft>(`${move}:${item.item}`, EMPTY_MOVE);
  const [wordless] = useState(() => crypto.randomUUID());
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.focus();
  }, []);

  const preview = useMutation({
    mutationFn: () => previewed(commandOf(move, draft.value, item), item),
  });
  const seal = useMutation({
    mutationFn: () =>
      give(commandOf(move, draft.value, item), item, draft.key === '' ? wordless : draft.key),
    onSuccess: async (submitted) => {
      draft.discard();
      await Promise.all([
        client.invalidateQueries({ queryKey: ['proposals'] }),
        client.invalidateQueries({ queryKey: ['exchange', item.exchange] }),
        client.invalidateQueries({ queryKey: ['referrals'] }),
      ]);
      onDone(outcomeOf(submitted), submitted.events[0]?.event);
    },
  });
  const [shownFor, setShownFor] = useState('');
  const current = JSON.stringify(draft.value);
  const ready = !isPreviewed(move) || (preview.isSuccess && shownFor === current);

  return (
    <form
      ref={form}
      tabIndex={-1}
      className="move"
      aria-labelledby={`move-${item.item}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) seal.mutate();
        else {
          setShownFor(current);
          preview.mutate();
        }
      }}
    >
      <h3 id={`move-${item.item}`}>{t(`move.${move}`)}</h3>
      <p className="quiet">{t(`moveHint.${move}`)}</p>
      {fieldsOf(move, draft, { t, item })}
      {isPreviewed(move) && ready && (
        <AudienceMatrix parts={preview.data ?? []} also={[item.from, item.to]} />
      )}
      {preview.isError && <TroubleNote thrown={preview.error} kept="draft" />}
      {seal.isError && <TroubleNote thrown={seal.error} kept="draft" />}
      <div className="buttons">
        <button
          type="submit"
          className="button button-main"
          disabled={seal.isPending || preview.isPending}
        >
          {t(seal.isPending ? 'form.sealing' : ready ? 'form.seal' : 'form.preview')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            onDone('later');
          }}
        >
          {t('form.later')}
        </button>
      </div>
    </form>
  );
};
