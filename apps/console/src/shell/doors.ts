// Where an officer can go, by role. The first door is where they begin.
import { type Officer } from '../api/shapes';
import { may } from '../session/may';
import { type IconName } from '../ui/icon';

/** An auditor who is a guest elsewhere, to be shown reads, gives no orders there. */
const ordersHere = (officer: Officer, kind: string | undefined): boolean =>
  may.order(officer) && kind === 'OVERSIGHT';

export const DOORS = [
  { to: '/inbox', icon: 'inbox', label: 'nav.inbox', open: may.follow },
  { to: '/compose', icon: 'compose', label: 'nav.compose', open: may.give },
  { to: '/referrals', icon: 'board', label: 'nav.referrals', open: may.follow },
  { to: '/orders', icon: 'compose', label: 'nav.orders', open: ordersHere },
  {
    to: '/proposals',
    icon: 'two',
    label: 'nav.proposals',
    open: (officer: Officer, kind) => may.confirm(officer) || ordersHere(officer, kind),
  },
  { to: '/emergency', icon: 'glass', label: 'nav.emergency', open: may.breakGlass },
  { to: '/search', icon: 'search', label: 'nav.search', open: may.give },
  { to: '/subjects', icon: 'person', label: 'nav.subjects', open: may.answerSubjects },
  { to: '/record', icon: 'route', label: 'nav.record', open: may.audit },
  { to: '/checkpoints', icon: 'shield', label: 'nav.trust', open: may.audit },
  { to: '/agencies', icon: 'people', label: 'nav.standing', open: may.audit },
  { to: '/emergencies', icon: 'glass', label: 'nav.emergencies', open: may.audit },
  { to: '/rules', icon: 'board', label: 'nav.rules', open: may.audit },
  { to: '/findings', icon: 'warning', label: 'nav.findings', open: may.audit },
  {
    to: '/agency',
    icon: 'key',
    label: 'nav.agency',
    open: (officer: Officer) => officer.door === 'AGENCY',
  },
] as const satisfies readonly {
  readonly to: string;
  readonly icon: IconName;
  readonly label: string;
  /** `kind` is that of the officer’s agency; undefined until it has been told. */
  readonly open: (officer: Officer, kind: string | undefined) => boolean;
}[];

export type Door = (typeof DOORS)[number];

export const doorsFor = (officer: Officer, kind: string | undefined): readonly Door[] =>
  DOORS.filter(({ open }) => open(officer, kind));

/** Whether a screen is one of theirs; an exchange is opened from the inbox, and by nobody else. */
export const isTheirs = (path: string, officer: Officer, doors: readonly Door[]): boolean =>
  path.endsWith('/exchange') ? may.follow(officer) : doors.some(({ to }) => path.endsWith(to));
