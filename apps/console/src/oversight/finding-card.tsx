import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../language/use-words';
import { TextArea } from '../ui/field';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';
import { useMemberNames } from './names';
import { askOversight, type Finding, findings, lifeOf } from './queries';

type State = Finding['state'];

/** What an auditor can make of a finding next; only being found again opens one that is closed. */
const NEXT: Readonly<Record<State, readonly Exclude<State, 'OPEN'>[]>> = {
  OPEN: ['ACKNOWLEDGED'],
  ACKNOWLEDGED: ['EXPLAINED', 'REMEDIED', 'CONFIRMED_BREACH'],
  EXPLAINED: ['CLOSED'],
  REMEDIED: ['CLOSED'],
  CONFIRMED_BREACH: ['CLOSED'],
  CLOSED: [],
};

const TONES: Readonly<Record<State, string>> = {
  OPEN: 'badge-danger',
  ACKNOWLEDGED: 'badge-warn',
  EXPLAINED: 'badge-good',
  REMEDIED: 'badge-good',
  CONFIRMED_BREACH: 'badge-danger',
  CLOSED: 'badge-plain',
};

/** Every step of a finding's life, with who took it and why. */
const Life = ({ number }: { readonly number: string }): ReactElement => {
  const { t } = useTranslation();
  const { moment } = useLocale();
  const life = useQuery(lifeOf(number));
  if (life.isError) return <TroubleNote thrown={life.error} />;
  return (
    <ol className="life">
      {(life.data?.steps ?? []).map(({ state, by, reason, at }) => (
        <li key={`${state}/${at}`}>
          <span className={`badge ${TONES[state]}`}>{t(`finding.state.${state}`)}</span>
          <span className="row-main">{reason}</span>
          <span className="quiet">
            {by === undefined ? '' : `${by}, `}
            {moment(at)}
          </span>
        </li>
      ))}
    </ol>
  );
};

/** One finding, and what is to become of it. */
export const FindingCard = ({ finding }: { readonly finding: Finding }): ReactElement => {
  const { t } = useTranslation();
  const { number, moment } = useLocale();
  const { named } = useMemberNames();
  const client = useQueryClient();
  const [next, setNext] = useState<Exclude<State, 'OPEN'>>();
  const [reason, setReason] = useState('');
  const [open, setOpen] = useState(false);
  const { code, state, detail, leaf, agency, at, times, ageInDays } = finding;
  const step = useMutation({
    mutationFn: () =>
      askOversight('post', '/findings/{finding}/steps', {
        path: { finding: finding.number },
        body: { state: next ?? 'ACKNOWLEDGED', reason: reason.trim() },
      }),
    onSuccess: async () => {
      setNext(undefined);
      setReason('');
      await client.invalidateQueries({ queryKey: findings.queryKey });
    },
  });
  return (
    <li className={`event finding finding-${state}`}>
      <p className="event-head">
        <span className="note-title">
          <code>{code}</code>
          {leaf !== undefined && <> · {t('way.leaf', { leaf: number(leaf) })}</>}
          {agency !== undefined && (
            <>
              {' · '}
              <span lang={named(agency).lang}>{named(agency).name}</span>
            </>
          )}
        </span>
        <span className={`badge ${TONES[state]}`}>{t(`finding.state.${state}`)}</span>
      </p>
      <p lang="en">{detail}</p>
      <p className="quiet">
        {moment(at)} · {t('finding.age', { count: ageInDays })} ·{' '}
        {t('finding.times', { count: times })}
      </p>
      <details
        className="proof"
        onToggle={({ currentTarget }) => {
          setOpen(currentTarget.open);
        }}
      >
        <summary className="quiet">{t('finding.life')}</summary>
        {open && <Life number={finding.number} />}
      </details>
      {next === undefined ? (
        NEXT[state].length > 0 && (
          <div className="buttons">
            {NEXT[state].map((one) => (
              <button
                key={one}
                type="button"
                className="button button-small"
                onClick={() => {
                  setNext(one);
                }}
              >
                {t(`finding.step.${one}`)}
              </button>
            ))}
          </div>
        )
      ) : (
        <form
          className="move"
          aria-label={t(`finding.step.${next}`)}
          onSubmit={(event) => {
            event.preventDefault();
            step.mutate();
          }}
        >
          <TextArea
            label={t('finding.reason')}
            value={reason}
            onChange={setReason}
            longest={2000}
            required
          />
          {step.isError && <TroubleNote thrown={step.error} kept="draft" />}
          <div className="buttons">
            <button type="submit" className="button button-main" disabled={step.isPending}>
              <Icon name="check" />
              {t(`finding.step.${next}`)}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => {
                setNext(undefined);
              }}
            >
              {t('form.later')}
            </button>
          </div>
        </form>
      )}
    </li>
  );
};
