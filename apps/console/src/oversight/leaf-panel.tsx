import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePartWords } from '../language/use-part';
import { useLocale } from '../language/use-words';
import { LeafProofView } from '../proof/leaf-proof';
import { Icon } from '../ui/icon';
import { isRule } from '../ui/trouble-sentences';
import { Scroll } from '../ui/scroll';
import { TroubleNote } from '../ui/trouble';
import { leafWords } from '../orders/leaf-words';
import { AsOfMatrix } from './as-of';
import { Counterfactual } from './counterfactual';
import { ForOrder } from './for-order';
import { useMemberNames } from './names';
import { askOversight, inclusionOf, leafAt, trust } from './queries';

/** What the source of a leaf says of itself, as far as it is shown: labels and facts, never a body. */
type Source = {
  readonly header?: { readonly issuer?: string; readonly stream?: string; readonly id?: string };
  readonly chain?: string;
  readonly revision?: string;
  readonly compartments?: readonly {
    readonly descriptor: string;
    readonly name: string;
    readonly classification: string;
    readonly handling: readonly string[];
    readonly facts: Readonly<Record<string, unknown>>;
  }[];
};

type Verdict = {
  readonly allowed: boolean;
  readonly rules: readonly string[];
  readonly because: string;
  readonly bundle?: string;
  readonly question: Readonly<Record<string, unknown>>;
};
/** A verdict as the record keeps it, or as it comes out again. */
type Decision = {
  readonly compartment?: string;
  readonly descriptor: string;
  readonly recipient?: string;
  readonly verdict: Verdict;
};

const isDecision = (value: unknown): value is Decision =>
  typeof value === 'object' && value !== null && 'verdict' in value;

/** One decision: for whom, about what, by which rule, and everything that the rule was told. */
const DecisionCard = ({
  decision: { descriptor, recipient, verdict },
  source,
}: {
  readonly decision: Decision;
  readonly source: Source | undefined;
}): ReactElement => {
  const { t } = useTranslation();
  const partOf = usePartWords();
  const { named } = useMemberNames();
  const compartment = source?.compartments?.find((one) => one.descriptor === descriptor)?.name;
  const who = recipient === undefined ? undefined : named(recipient);
  const known = verdict.rules.filter(isRule);
  return (
    <li className={`decision ${verdict.allowed ? 'decision-yes' : 'decision-no'}`}>
      <p className="cell-word">
        <Icon name={verdict.allowed ? 'eye' : 'lock'} />
        {who !== undefined && <span lang={who.lang}>{who.name}</span>}
        {compartment !== undefined && <span className="tag">{partOf(compartment)}</span>}
        <span>{t(verdict.allowed ? 'decision.given' : 'decision.denied')}</span>
      </p>
      <p>
        {known.length > 0 ? known.map((id) => t(`rule.${id}`)).join(' ') : verdict.because}{' '}
        <code className="quiet">{verdict.rules.join(', ')}</code>
      </p>
      <details className="proof">
        <summary className="quiet">{t('decision.inputs')}</summary>
        <Scroll label={t('decision.inputs')} className="inputs">
          <pre>{JSON.stringify(verdict.question, null, 2)}</pre>
        </Scroll>
      </details>
    </li>
  );
};

/** What was decided at a leaf, decided again from the log's first leaf on. */
const Decisions = ({
  index,
  source,
}: {
  readonly index: string;
  readonly source: Source | undefined;
}): ReactElement => {
  const { t } = useTranslation();
  const replay = useMutation({
    mutationFn: () => askOversight('get', '/decisions/{index}/replay', { path: { index } }),
  });
  const decided = (replay.data?.decided ?? []).filter(isDecision);
  return (
    <section className="sent-back" aria-labelledby="decisions">
      <h3 id="decisions">{t('decision.title')}</h3>
      <p className="quiet">{t('decision.about')}</p>
      {replay.data === undefined && (
        <div className="buttons">
          <button
            type="button"
            className="button button-main"
            disabled={replay.isPending}
            onClick={() => {
              replay.mutate();
            }}
          >
            <Icon name="recall" />
            {t(replay.isPending ? 'decision.replaying' : 'decision.replay')}
          </button>
        </div>
      )}
      {replay.isError && <TroubleNote thrown={replay.error} />}
      {replay.data !== undefined && (
        <p
          className={`verdict ${replay.data.agrees ? 'verdict-good' : 'verdict-bad'}`}
          role="status"
        >
          <Icon name={replay.data.agrees ? 'shield' : 'warning'} />
          <span>
            <span className="note-title">
              {t(replay.data.agrees ? 'decision.agrees' : 'decision.differs')}
            </span>
            {replay.data.fault !== undefined && <span className="quiet">{replay.data.fault}</span>}
          </span>
        </p>
      )}
      {replay.data !== undefined && decided.length === 0 && <p>{t('decision.none')}</p>}
      <ul className="decisions">
        {decided.map((decision, at) => (
          <DecisionCard key={at} decision={decision} source={source} />
        ))}
      </ul>
    </section>
  );
};

/** One leaf: what it is, the proof that it is there, what was decided at it, and who could see what because of that. */
export const LeafPanel = ({
  index,
  asOf,
  onClose,
}: {
  readonly index: string;
  readonly asOf: string;
  readonly onClose: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const partOf = usePartWords();
  const { number, moment } = useLocale();
  const { named } = useMemberNames();
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    head.current?.focus();
  }, []);
  const leaf = useQuery(leafAt(index));
  const inclusion = useQuery(inclusionOf(index));
  const keys = useQuery(trust);
  const source = leaf.data?.source as Source | undefined;
  const issuer = source?.header?.issuer;
  const stream = source?.header?.stream;
  const event = source?.header?.id;
  const words =
    issuer === undefined || stream === undefined || event === undefined
      ? undefined
      : leafWords({
          exchange: stream,
          event,
          saidBy: issuer,
          compartments: source?.compartments ?? [],
        });
  return (
    <div ref={head} tabIndex={-1} className="panel" role="region" aria-label={t('record.one')}>
      <header className="panel-head">
        <h2>
          {t('way.leaf', { leaf: number(index) })}
          {issuer !== undefined && (
            <>
              {' · '}
              <span lang={named(issuer).lang}>{named(issuer).name}</span>
            </>
          )}
        </h2>
        <button type="button" className="button button-plain button-small" onClick={onClose}>
          <Icon name="cross" />
          {t('referrals.close')}
        </button>
      </header>
      {leaf.isError && <TroubleNote thrown={leaf.error} />}
      {leaf.data !== undefined && (
        <section className="sent-back" aria-label={t('record.labels')}>
          <dl className="said">
            <div className="told">
              <dt>{t('record.at')}</dt>
              <dd>{moment(leaf.data.leaf.at)}</dd>
            </div>
            {source?.chain !== undefined && (
              <div className="told">
                <dt>{t('record.chain')}</dt>
                <dd>
                  {source.chain}, {source.revision}
                </dd>
              </div>
            )}
            {(source?.compartments ?? []).map((one) => (
              <div key={one.descriptor} className="told">
                <dt>{partOf(one.name)}</dt>
                <dd>
                  <span className="tag">{one.classification}</span>{' '}
                  {one.handling.map((code) => (
                    <span key={code} className="tag">
                      {code}
                    </span>
                  ))}{' '}
                  <span className="quiet">{t('record.sealed')}</span>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {inclusion.isError && <TroubleNote thrown={inclusion.error} />}
      {inclusion.data !== undefined && keys.data !== undefined && (
        <LeafProofView
          shown={{
            leaf: inclusion.data.leaf.leaf,
            index: inclusion.data.proof.index,
            size: inclusion.data.proof.size,
            path: inclusion.data.proof.path,
            note: inclusion.data.checkpoint.note,
            log: keys.data.log,
          }}
        />
      )}
      <Decisions index={index} source={source} />
      {(source?.compartments ?? []).length > 0 && (
        <Counterfactual compartments={source?.compartments ?? []} asOf={asOf} />
      )}
      {words !== undefined && <ForOrder words={words} />}
      {stream !== undefined && <AsOfMatrix exchange={stream} asOf={asOf} />}
    </div>
  );
};
