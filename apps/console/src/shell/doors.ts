// Where an officer can go, by role. The first door is where they begin.
import { type Officer } from '../api/shapes';
import { may } from '../session/may';
import { type IconName } from '../ui/icon';

export const DOORS = [
  { to: '/inbox', icon: 'inbox', label: 'nav.inbox', open: may.follow },
  { to: '/compose', icon: 'compose', label: 'nav.compose', open: may.give },
  { to: '/referrals', icon: 'board', label: 'nav.referrals', open: may.follow },
  { to: '/proposals', icon: 'two', label: 'nav.proposals', open: may.confirm },
  { to: '/emergency', icon: 'glass', label: 'nav.emergency', open: may.breakGlass },
  { to: '/search', icon: 'search', label: 'nav.search', open: may.give },
  { to: '/subjects', icon: 'person', label: 'nav.subjects', open: may.answerSubjects },
  { to: '/record', icon: 'route', label: 'nav.record', open: may.audit },
  { to: '/checkpoints', icon: 'shield', label: 'nav.trust', open: may.audit },
  { to: '/agencies', icon: 'people', label: 'nav.standing', open: may.audit },
  { to: '/rules', icon: 'board', label: 'nav.rules', open: may.audit },
  { to: '/findings', icon: 'warning', label: 'nav.findings', open: may.audit },
  {
    to: '/agency',
    icon: 'key',
    label: 'nav.agency',
    open: (officer: Officer) => !may.audit(officer),
  },
] as const satisfies readonly {
  readonly to: string;
  readonly icon: IconName;
  readonly label: string;
  readonly open: (officer: Officer) => boolean;
}[];

export type Door = (typeof DOORS)[number];

export const doorsFor = (officer: Officer): readonly Door[] =>
  DOORS.filter(({ open }) => open(officer));

/** Whether a screen is one of theirs; an exchange is opened from the inbox, and by nobody else. */
export const isTheirs = (path: string, officer: Officer): boolean =>
  path.endsWith('/exchange')
    ? may.follow(officer)
    : doorsFor(officer).some(({ to }) => path.endsWith(to));
