import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { proposedBy } from '../api/proposals';
import { exchangeItems, exchangeTimeline } from '../api/queries';
import { type Proposal } from '../api/shapes';
import { type Outcome, SealedNote } from '../exchange/sealed';
import type en from '../language/catalogs/en.json';
import { useAgencyNames, useLocale } from '../language/use-words';
import { may } from '../session/may';
import { useOfficer } from '../session/use-session';
import { remembered } from '../shell/place';
import { Icon, type IconName } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';

type CommandName = keyof (typeof en)['proposals']['command'];

const ICONS: Readonly<Record<CommandName, IconName>> = {
  OfferRelease: 'release',
  GrantRelease: 'release',
  RevokeGrant: 'recall',
  OrderErasure: 'erase',
  OrderDisclosure: 'glass',
  ApproveShare: 'glass',
  LiftHold: 'hold',
  ImposeErasure: 'erase',
  ImposeDisclosure: 'glass',
};

/** What they order is gone by the time that they name, and not open until then. */
const GOES: readonly string[] = ['OrderErasure', 'ImposeErasure'];

const isKnown = (command: string): command is CommandName => Object.hasOwn(ICONS, command);

const BADGES = {
  OPEN: { look: 'badge-warn', icon: 'clock' },
  CONFIRMED: { look: 'badge-good', icon: 'check' },
  REJECTED: { look: 'badge-plain', icon: 'cross' },
  LAPSED: { look: 'badge-plain', icon: 'clock' },
} as const satisfies Record<Proposal['status'], { look: string; icon: IconName }>;

/** What it is about, as far as whoever looks works on cases: who said it, which parts, who is given it, why and until when. */
const What = ({ proposal }: { readonly proposal: Proposal }): ReactElement => {
  const { t } = useTranslation();
  const { nameOf } = useAgencyNames();
  const { moment, list } = useLocale();
  const officer = useOfficer();
  // Oversight holds nothing of what it orders about: an order has to say all of it itself.
  const enabled = may.follow(officer);
  const items = useQuery({ ...exchangeItems(proposal.exchange), enabled });
  const timeline = useQuery({ ...exchangeTimeline(proposal.exchange), enabled });
  const said = proposedBy(proposal);
  // A move of an item that is there says little itself: the item has the rest.
  const item = items.data?.find((one) => one.item === proposal.item);
  const event = said.event ?? item?.event;
  const entry = timeline.data?.find((one) => one.event === event);
  const parts = said.compartments ?? item?.compartments ?? [];
  const grantee = said.grantee ?? item?.grantee;
  const ground = said.ground ?? item?.ground;
  const until = said.until ?? item?.until;
  const facts: readonly (readonly [string, string])[] = [
    ...(entry === undefined
      ? []
      : [
          [
            t('said.event'),
            t('proposals.event', {
              who: nameOf(entry.issuer),
              what: t(`event.${entry.type}`),
              at: moment(entry.recordedAt),
            }),
          ] as const,
        ]),
    ...(said.saidBy === undefined ? [] : [[t('order.saidBy'), nameOf(said.saidBy)] as const]),
    ...(enabled || event === undefined ? [] : [[t('disclosure.reference'), event] as const]),
    ...(parts.length === 0
      ? []
      : [[t('release.parts'), list(parts.map((one) => t(`compartment.${one}`)))] as const]),
    ...(grantee === undefined ? [] : [[t('said.grantee'), nameOf(grantee)] as const]),
    ...(said.beneficiary === undefined
      ? []
      : [[t('said.beneficiary'), nameOf(said.beneficiary)] as const]),
    ...(ground === undefined
      ? []
      : [[t('said.ground'), t(`ground.${ground as 'COURT_ORDER'}`)] as const]),
    ...(until === undefined
      ? []
      : [
          [
            t(GOES.includes(proposal.command) ? 'proposals.gone' : 'release.until'),
            moment(until),
          ] as const,
        ]),
  ];
  return (
    <>
      <dl className="said">
        {facts.map(([term, words]) => (
          <div key={term} className="told">
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      {entry !== undefined && (
        <p>
          <Link
            to="/exchange"
            state={remembered({
              exchange: proposal.exchange,
              ...(entry.item === undefined ? {} : { item: entry.item }),
            })}
            className="button button-plain button-small proposal-link"
          >
            <Icon name="eye" />
            {t('proposals.look')}
          </Link>
        </p>
      )}
    </>
  );
};

/** One proposal: what it would do, about what, and by whom; and what this officer can do about it. */
export const ProposalCard = ({ proposal }: { readonly proposal: Proposal }): ReactElement => {
  const { t } = useTranslation();
  const client = useQueryClient();
  const officer = useOfficer();
  const { moment } = useLocale();
  const [sealed, setSealed] = useState<Outcome>();
  const { command, status, until, decidedAt, decidedBy = '' } = proposal;
  const own = proposal.proposedBy === officer.officer;
  const path = { proposal: proposal.proposal };
  const lookAgain = () => client.invalidateQueries({ queryKey: ['proposals'] });
  const confirm = useMutation({
    mutationFn: () => ask('post', '/proposals/{proposal}/confirm', { path }),
    onSuccess: () => {
      setSealed('sealed');
    },
    onSettled: lookAgain,
  });
  const reject = useMutation({
    mutationFn: () => ask('post', '/proposals/{proposal}/reject', { path }),
    onSettled: lookAgain,
  });
  const trouble = confirm.error ?? reject.error;
  const busy = confirm.isPending || reject.isPending;
  const { look, icon } = BADGES[status];
  const decides =
    status === 'OPEN' &&
    (may.confirm(officer) || may.order(officer)) &&
    proposal.says !== undefined;
  return (
    <li className={`card proposal ${decides && !own ? 'proposal-waits' : ''}`}>
      <div className="proposal-head">
        <span className="row-kind">
          <Icon name={isKnown(command) ? ICONS[command] : 'two'} />
        </span>
        <div className="row-main">
          <h2>{isKnown(command) ? t(`proposals.command.${command}`) : command}</h2>
          <p className="quiet">
            {t('proposals.by', { name: proposal.proposedBy, at: moment(proposal.proposedAt) })}
          </p>
        </div>
        <div className="row-end">
          <span className={`badge ${look}`}>
            <Icon name={icon} />
            {t(`proposals.status.${status}`)}
          </span>
          <span className="quiet">
            {decidedAt === undefined
              ? t('proposals.lapses', { until: moment(until) })
              : t('proposals.decided', { name: decidedBy, at: moment(decidedAt) })}
          </span>
        </div>
      </div>
      {(may.follow(officer) || may.order(officer)) && proposal.says !== undefined && (
        <What proposal={proposal} />
      )}
      <SealedNote outcome={sealed} />
      {trouble !== null && <TroubleNote thrown={trouble} />}
      {decides && own && <p className="quiet">{t('proposals.own')}</p>}
      {decides && (
        <div className="buttons">
          {!own && (
            <button
              type="button"
              className="button button-main"
              disabled={busy}
              onClick={() => {
                confirm.mutate();
              }}
            >
              <Icon name="check" />
              {t(confirm.isPending ? 'form.sealing' : 'proposals.confirm')}
            </button>
          )}
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => {
              reject.mutate();
            }}
          >
            {t(own ? 'proposals.takeBack' : 'proposals.reject')}
          </button>
        </div>
      )}
    </li>
  );
};
