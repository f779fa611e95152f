import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Erasure, type Item, type TimelineEntry } from '../api/shapes';
import { may } from '../session/may';
import { useOfficer } from '../session/use-session';
import { remembered } from '../shell/place';
import { Icon, type IconName } from '../ui/icon';
import { grantableOf } from './about-event';
import { Erased } from './erased';
import { ErasureForm } from './erasure-form';
import { Releases } from './handed-on';
import { HoldForm } from './hold-form';
import { Holds } from './holds';
import { OfferForm } from './offer-form';
import { RecallForm } from './recall-form';
import { Recalls } from './recalls';
import { ReleaseForm } from './release-form';
import { type Outcome, SealedNote } from './sealed';

type FurtherProps = {
  readonly entry: TimelineEntry;
  /** The item that the event belongs to, where we take part in it. */
  readonly item: Item | undefined;
  /** Releases, recalls and holds of this very event. */
  readonly about: readonly Item[];
  /** What of it was to be forgotten. */
  readonly erased: readonly Erasure[];
};

const GIVEN: readonly string[] = ['USED', 'REVOKED', 'EXPIRED'];

/** Everybody who was given what we said here, as far as we know. */
const holdersOf = ({ item, about }: FurtherProps, us: string): readonly string[] => {
  const parties = item === undefined ? [] : [item.from, item.to];
  const grantees = about.flatMap(({ grantee, status }) =>
    grantee !== undefined && GIVEN.includes(status) ? [grantee] : [],
  );
  return [...new Set([...parties, ...grantees])].filter((id) => id !== us);
};

const FORMS = ['release', 'offer', 'recall', 'erasure', 'hold'] as const;
type FormName = (typeof FORMS)[number];
const ICONS: Readonly<Record<FormName, IconName>> = {
  release: 'release',
  offer: 'release',
  recall: 'recall',
  erasure: 'erase',
  hold: 'hold',
};
const LABELS = {
  release: 'release.ask',
  offer: 'release.offer',
  recall: 'recall.title',
  erasure: 'erasure.title',
  hold: 'hold.title',
} as const satisfies Record<FormName, string>;

/** Where something went after it was said, and what can be done about that here. */
export const Further = (props: FurtherProps): ReactElement | undefined => {
  const { entry, about, erased } = props;
  const { t } = useTranslation();
  const officer = useOfficer();
  const [form, setForm] = useState<FormName>();
  const [sealed, setSealed] = useState<{ readonly outcome: Outcome; readonly at: number }>();
  const ours = entry.issuer === officer.agency;
  const releases = about.filter(({ kind }) => kind === 'release');
  const recalls = about.filter(({ kind }) => kind === 'recall');
  const holds = about.filter(({ kind }) => kind === 'hold');
  const parts = grantableOf(entry);
  const holders = holdersOf(props, officer.agency);
  const furthers = ours && parts.length > 0 && may.release(officer);
  const open: Readonly<Record<FormName, boolean>> = {
    release: !ours && parts.length > 0 && may.askRelease(officer),
    offer: furthers,
    recall: furthers && parts.some((one) => one !== 'source') && holders.length > 0,
    erasure: furthers,
    hold: parts.length > 0 && may.hold(officer),
  };
  // Whoever tells it in other words can hide where it is from; whoever says so is told at once whether it may go there.
  const passesOn = !ours && parts.length > 0 && may.give(officer);
  const offered = FORMS.filter((name) => open[name]);
  const known = about.length + erased.length;
  const done = (outcome: Outcome): void => {
    setForm(undefined);
    setSealed({ outcome, at: known });
  };
  if (known === 0 && offered.length === 0 && !passesOn) return undefined;
  const inForm = { entry, onDone: done };
  return (
    <div className="further">
      {erased.map((erasure) => (
        <Erased key={erasure.item} erasure={erasure} holders={holders} />
      ))}
      <Recalls recalls={recalls} />
      <Holds holds={holds} gone={erased.length + recalls.length > 0} />
      {releases.length > 0 && <Releases releases={releases} />}
      {/* Said until what was sealed shows by itself. */}
      {sealed?.at === known && <SealedNote outcome={sealed.outcome} />}
      {form === 'release' && <ReleaseForm {...inForm} />}
      {form === 'offer' && <OfferForm {...inForm} holders={holders} />}
      {form === 'recall' && <RecallForm {...inForm} holders={holders} />}
      {form === 'erasure' && <ErasureForm {...inForm} holders={holders} />}
      {form === 'hold' && <HoldForm {...inForm} />}
      {form === undefined && (offered.length > 0 || passesOn) && (
        <div className="buttons">
          {offered.map((name) => (
            <button
              key={name}
              type="button"
              className="button button-plain button-small"
              onClick={() => {
                setForm(name);
              }}
            >
              <Icon name={ICONS[name]} />
              {t(LABELS[name])}
            </button>
          ))}
          {passesOn && (
            <Link
              to="/compose"
              state={remembered({ exchange: entry.exchange, derivedFrom: entry.event })}
              className="button button-plain button-small"
            >
              <Icon name="give" />
              {t('release.passOn')}
            </Link>
          )}
        </div>
      )}
    </div>
  );
};
