import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../language/use-words';
import { Check, Digest } from '../proof/leaf-proof';
import { bytesOf, continues } from '../proof/merkle';
import { type Finding, readNote, readNoteKey, signedBy } from '../proof/note';
import { Icon } from '../ui/icon';
import { ScreenHead } from '../ui/screen';
import { Scroll } from '../ui/scroll';
import { TroubleNote } from '../ui/trouble';
import {
  type Checkpoint,
  type ConsistencyProof,
  consistencyFrom,
  trust,
  verification,
} from './queries';

type Cosigned = { readonly name: string; readonly found: Finding; readonly at?: number };

/** Everything that was signed over the newest tree, verified with the keys of anchor and policy. */
const useSignatures = (note: string | undefined, keys: readonly string[]) =>
  useQuery({
    queryKey: ['signatures', note, keys],
    enabled: note !== undefined,
    staleTime: Infinity,
    queryFn: async (): Promise<readonly Cosigned[]> => {
      const open = readNote(note ?? '');
      return Promise.all(
        keys.map(async (text): Promise<Cosigned> => {
          const key = await readNoteKey(text).catch(() => undefined);
          const name = key?.name ?? text.split('+')[0] ?? text;
          return open === undefined || key === undefined
            ? { name, found: 'bad' }
            : { name, ...(await signedBy(open, key)) };
        }),
      );
    },
  });

const isContinued = async (proof: ConsistencyProof): Promise<boolean> => {
  const [from, to] = [bytesOf(proof.fromRoot), bytesOf(proof.toRoot)];
  const path = proof.path.map(bytesOf);
  return (
    from !== undefined &&
    to !== undefined &&
    path.every((one) => one !== undefined) &&
    continues({ size: Number(proof.from), root: from }, { size: Number(proof.to), root: to }, path)
  );
};

/** Whether the newest tree continues an older one, of any size that an auditor chooses. */
const Consistency = ({ newest }: { readonly newest: Checkpoint }): ReactElement => {
  const { t } = useTranslation();
  const { number } = useLocale();
  const size = Number(newest.size);
  const [older, setOlder] = useState(Math.floor(size / 2));
  const [to] = useState(newest);
  const proof = useQuery(consistencyFrom(String(Math.min(older, size)), to.size));
  const computed = useQuery({
    queryKey: ['continues', proof.data],
    enabled: proof.data !== undefined,
    staleTime: Infinity,
    queryFn: async () =>
      proof.data?.toRoot === to.root &&
      proof.data.to === to.size &&
      (await isContinued(proof.data)),
  });
  return (
    <section className="card" aria-labelledby="consistency">
      <h2 id="consistency">{t('trust.consistency.title')}</h2>
      <p className="quiet">{t('trust.consistency.about')}</p>
      <div className="slider-head">
        <label htmlFor="older">{t('trust.consistency.older')}</label>
        <output htmlFor="older" className="slider-value">
          {t('trust.consistency.sizes', { from: number(older), to: number(to.size) })}
        </output>
      </div>
      <input
        id="older"
        type="range"
        min={0}
        max={Number(to.size)}
        value={older}
        onChange={({ target }) => {
          setOlder(Number(target.value));
        }}
      />
      {proof.isError && <TroubleNote thrown={proof.error} />}
      {proof.data !== undefined && computed.data !== undefined && (
        <ol className="checks">
          <Check
            outcome={computed.data ? 'good' : 'bad'}
            title={t(computed.data ? 'trust.consistency.holds' : 'trust.consistency.fails')}
          >
            <p className="quiet">
              {t('trust.consistency.hashes', { count: proof.data.path.length })}
            </p>
            <dl className="roots">
              <dt>{t('trust.root', { size: number(proof.data.from) })}</dt>
              <dd>
                <Digest value={proof.data.fromRoot} />
              </dd>
              <dt>{t('trust.root', { size: number(proof.data.to) })}</dt>
              <dd>
                <Digest value={proof.data.toRoot} />
              </dd>
            </dl>
          </Check>
        </ol>
      )}
    </section>
  );
};

const outcomeOf = (found: Finding): 'good' | 'bad' | 'unchecked' =>
  found === 'absent' ? 'unchecked' : found;

/** The first checkpoint that was seen here, and whether each later one continues it: told by this window's own memory. */
const useSinceArrival = (newest: Checkpoint | undefined) => {
  const [first, setFirst] = useState(newest);
  if (first === undefined && newest !== undefined) setFirst(newest);
  const grown = first !== undefined && newest !== undefined && first.size !== newest.size;
  const proof = useQuery({
    ...consistencyFrom(first?.size ?? '0', newest?.size ?? '0'),
    enabled: grown,
  });
  const computed = useQuery({
    queryKey: ['since-arrival', first?.size, proof.data],
    enabled: proof.data !== undefined,
    staleTime: Infinity,
    queryFn: async () =>
      proof.data?.fromRoot === first?.root &&
      proof.data?.toRoot === newest?.root &&
      proof.data !== undefined &&
      (await isContinued(proof.data)),
  });
  return { first, holds: grown ? computed.data : true };
};

/** Checkpoints and witnesses: what was signed over the record, verified in this browser. */
export const OversightTrust = (): ReactElement => {
  const { t } = useTranslation();
  const { number, moment } = useLocale();
  const state = useQuery(verification);
  const keys = useQuery(trust);
  const newest = state.data?.checkpoint;
  const log = useSignatures(newest?.note, keys.data === undefined ? [] : [keys.data.log]);
  const cosigned = keys.data?.cosigned;
  const witnesses = useSignatures(cosigned?.note, keys.data?.witnesses ?? []);
  const { first, holds } = useSinceArrival(newest);
  const signed = log.data?.[0];
  return (
    <div className="screen">
      <ScreenHead title={t('trust.title')} about={t('trust.about')} />
      {state.isError && <TroubleNote thrown={state.error} />}
      {keys.isError && <TroubleNote thrown={keys.error} />}
      {state.data !== undefined && (
        <>
          <p
            className={`verdict ${state.data.sound ? 'verdict-good' : 'verdict-bad'}`}
            role="status"
          >
            <Icon name={state.data.sound ? 'shield' : 'warning'} />
            <span>
              <span className="note-title">
                {t(state.data.sound ? 'record.sound' : 'record.unsound')}
              </span>
              <span className="quiet">
                {t('trust.recomputed', { count: number(state.data.verified) })}
                {state.data.newestLeafAt !== undefined &&
                  ` ${t('trust.newest', { at: moment(state.data.newestLeafAt) })}`}
              </span>
            </span>
          </p>
          <div className="figures">
            <p className="figure">
              <span className="figure-value">{number(state.data.verified)}</span>
              <span className="quiet">{t('trust.figure.leaves')}</span>
            </p>
            <p className="figure">
              <span className="figure-value">
                {state.data.witnessed === undefined ? '–' : number(state.data.witnessed)}
              </span>
              <span className="quiet">{t('trust.figure.witnessed')}</span>
            </p>
            <p className="figure">
              <span className="figure-value">
                {number((witnesses.data ?? []).filter(({ found }) => found === 'good').length)}
                <span className="quiet"> / {number(keys.data?.witnesses.length ?? 0)}</span>
              </span>
              <span className="quiet">{t('trust.figure.witnesses')}</span>
            </p>
          </div>
        </>
      )}
      {newest !== undefined && (
        <section className="card" aria-labelledby="checkpoint">
          <h2 id="checkpoint">{t('trust.checkpoint')}</h2>
          <ol className="checks">
            {signed !== undefined && (
              <Check
                outcome={signed.found === 'absent' ? 'bad' : signed.found}
                title={t('recompute.signature')}
              >
                <p className="quiet">{t('trust.signedBy', { name: signed.name })}</p>
                <Digest value={newest.root} />
              </Check>
            )}
            {first !== undefined && holds !== undefined && (
              <Check outcome={holds ? 'good' : 'bad'} title={t('trust.since')}>
                <p className="quiet">
                  {t('trust.sinceAbout', { from: number(first.size), to: number(newest.size) })}
                </p>
              </Check>
            )}
          </ol>
          <details className="proof">
            <summary className="quiet">{t('trust.note')}</summary>
            <Scroll label={t('trust.note')} className="inputs">
              <pre>{newest.note}</pre>
            </Scroll>
          </details>
        </section>
      )}
      {cosigned !== undefined && (
        <section className="card" aria-labelledby="witnesses">
          <h2 id="witnesses">{t('trust.witnesses')}</h2>
          <p className="quiet">{t('trust.witnessesAbout', { size: number(cosigned.size) })}</p>
          <ol className="checks">
            {(witnesses.data ?? []).map(({ name, found, at }) => (
              <Check key={name} outcome={outcomeOf(found)} title={name}>
                <p className="quiet">
                  {found === 'absent'
                    ? t('trust.notCosigned')
                    : at === undefined
                      ? t('trust.unchecked')
                      : t('trust.cosigned', { at: moment(new Date(at * 1000).toISOString()) })}
                </p>
              </Check>
            ))}
          </ol>
        </section>
      )}
      {newest !== undefined && <Consistency newest={newest} />}
    </div>
  );
};
