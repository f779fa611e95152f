import { useQuery } from '@tanstack/react-query';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { useLocale } from '../language/use-words';
import { TroubleNote } from '../ui/trouble';
import { Check, LeafProofView } from './leaf-proof';
import { bytesOf, continues } from './merkle';
import { readNote, readNoteKey, signedBy } from './note';

type Proof = Awaited<ReturnType<typeof proofOf>>;

const proofOf = (event: string, signal: AbortSignal) =>
  ask('get', '/events/{event}/proof', { path: { event }, signal });

/** Whether what witnesses have cosigned continues the tree that the event was delivered under, and which of them have. */
const tied = async ({ note, cosigned, witnesses }: Proof) => {
  const [delivered, seen] = [readNote(note), readNote(cosigned?.note ?? '')];
  const path = (cosigned?.path ?? []).map(bytesOf);
  if (delivered === undefined || seen === undefined || !path.every((one) => one !== undefined))
    return { holds: false, by: [] };
  const holds = await continues(delivered.checkpoint, seen.checkpoint, path);
  const found = await Promise.all(
    witnesses.map(async (text) => {
      const key = await readNoteKey(text).catch(() => undefined);
      return key !== undefined && (await signedBy(seen, key)).found === 'good' ? [key.name] : [];
    }),
  );
  return { holds, by: found.flat() };
};

/** What proves one event, fetched when somebody wants to see it and recomputed before their eyes. */
export const EventProof = ({ event }: { readonly event: string }): ReactElement => {
  const { t } = useTranslation();
  const { list } = useLocale();
  const proof = useQuery({
    queryKey: ['proof', event],
    queryFn: ({ signal }) => proofOf(event, signal),
    staleTime: 15_000,
  });
  const tie = useQuery({
    queryKey: ['proof', event, 'tie', proof.data?.cosigned?.note],
    enabled: proof.data?.cosigned !== undefined,
    queryFn: () => (proof.data === undefined ? { holds: false, by: [] } : tied(proof.data)),
    staleTime: Infinity,
  });
  if (proof.isError) return <TroubleNote thrown={proof.error} />;
  if (proof.data === undefined)
    return (
      <p className="quiet" role="status">
        {t('recompute.busy')}
      </p>
    );
  return (
    <LeafProofView shown={proof.data}>
      {proof.data.cosigned === undefined ? (
        <Check outcome="unchecked" title={t('recompute.tie')}>
          <p className="quiet">{t('recompute.noTie')}</p>
        </Check>
      ) : (
        tie.data !== undefined && (
          <Check
            outcome={tie.data.holds && tie.data.by.length > 0 ? 'good' : 'bad'}
            title={t('recompute.tie')}
          >
            <p className="quiet">{t('recompute.tieAbout', { by: list(tie.data.by) })}</p>
          </Check>
        )
      )}
    </LeafProofView>
  );
};
