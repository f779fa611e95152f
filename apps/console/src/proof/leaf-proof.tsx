import { useQuery } from '@tanstack/react-query';
import { type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../language/use-words';
import { Icon, type IconName } from '../ui/icon';
import { type LeafProof, type Shown, verifyLeaf } from './verify-leaf';

type Outcome = 'good' | 'bad' | 'unchecked';
const ICONS: Readonly<Record<Outcome, IconName>> = {
  good: 'check',
  bad: 'cross',
  unchecked: 'question',
};

/** One thing that was recomputed, and what came of it. */
export const Check = ({
  outcome,
  title,
  children,
}: {
  readonly outcome: Outcome;
  readonly title: string;
  readonly children?: ReactNode;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <li className={`check check-${outcome}`}>
      <Icon name={ICONS[outcome]} />
      <div className="check-main">
        <p>
          <span className="check-title">{title}</span>{' '}
          <span className="quiet">{t(`recompute.outcome.${outcome}`)}</span>
        </p>
        {children}
      </div>
    </li>
  );
};

/** A digest, set so that two of them can be compared by eye. */
export const Digest = ({ value }: { readonly value: string }): ReactElement => (
  <code className="digest">{value.replace(/(.{8})(?=.)/g, '$1 ')}</code>
);

/** The way from a leaf up to the root, step by step, as it was computed on this machine. */
const Steps = ({ proof }: { readonly proof: LeafProof }): ReactElement => {
  const { t } = useTranslation();
  const { number } = useLocale();
  return (
    <details className="proof">
      <summary className="quiet">
        {t('recompute.steps', { count: proof.steps.length, shown: number(proof.steps.length) })}
      </summary>
      <ol className="climb">
        <li>
          <span className="quiet">{t('recompute.leafHash')}</span>
          <Digest value={proof.hash} />
        </li>
        {proof.steps.map(({ left, right, node }) => (
          <li key={node}>
            <span className="quiet">
              {left.slice(0, 8)} ‖ {right.slice(0, 8)} →
            </span>
            <Digest value={node} />
          </li>
        ))}
      </ol>
    </details>
  );
};

/** What was recomputed of a leaf in this browser, from bytes that a server handed over and that nobody had to believe. */
export const LeafProofView = ({
  shown,
  children,
}: {
  readonly shown: Shown;
  /** Whatever else was checked. */
  readonly children?: ReactNode;
}): ReactElement => {
  const { t } = useTranslation();
  const { number } = useLocale();
  const { index, size, note } = shown;
  const computed = useQuery({
    queryKey: ['recomputed', index, size, note],
    queryFn: () => verifyLeaf(shown),
    staleTime: Infinity,
  });
  const proof = computed.data;
  if (proof === undefined)
    return (
      <p className="quiet" role="status">
        {t('recompute.busy')}
      </p>
    );
  const signature: Outcome = proof.signature === 'absent' ? 'bad' : proof.signature;
  const holds = proof.included && signature === 'good';
  return (
    <section className="recomputed" aria-label={t('recompute.title')}>
      <p className={`verdict ${holds ? 'verdict-good' : 'verdict-bad'}`} role="status">
        <Icon name={holds ? 'shield' : 'warning'} />
        <span>
          <span className="note-title">
            {t(holds ? 'recompute.holds' : proof.included ? 'recompute.unsure' : 'recompute.fails')}
          </span>
          <span className="quiet">{t('recompute.here')}</span>
        </span>
      </p>
      <ol className="checks">
        <Check outcome={proof.included ? 'good' : 'bad'} title={t('recompute.inclusion')}>
          <p className="quiet">
            {t('recompute.inclusionAbout', { index: number(index), size: number(size) })}
          </p>
          {proof.root !== undefined && <Digest value={proof.root} />}
          <Steps proof={proof} />
        </Check>
        <Check outcome={signature} title={t('recompute.signature')}>
          <p className="quiet">{t('recompute.signatureAbout')}</p>
          {proof.checkpoint !== undefined && (
            <code className="digest">{proof.checkpoint.origin}</code>
          )}
        </Check>
        {children}
      </ol>
    </section>
  );
};
