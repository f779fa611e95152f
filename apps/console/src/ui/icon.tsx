import { type ReactElement } from 'react';
import { type Kind } from '../api/shapes';

const PATHS = {
  inbox: 'M4 13h4l1.5 3h5L16 13h4M5.5 5h13L20 13v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-5z',
  compose: 'M4 20h4L19 9l-4-4L4 16zM13.5 6.5l4 4',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M5.5 11h13v9h-13z',
  out: 'M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6 6l12 12M18 6L6 18',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.4v.1',
  question:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.4 9.5a2.7 2.7 0 1 1 3.6 2.5c-.7.3-1 .8-1 1.6M12 16.6v.1',
  give: 'M4 12h13M12 6.5l5.5 5.5-5.5 5.5',
  person:
    'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.700 1.900 7.500 5.500',
  back: 'M14.5 5.5L8 12l6.500 6.500',
  leaf: 'M6 4h12v16H6zM9 8h6M9 12h6M9 16h3',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  seal: 'M12 3l7 3v5.500c0 4.500-3 7.700-7 9.500-4-1.800-7-5-7-9.500V6z',
  pause: 'M9 6v12M15 6v12',
  release: 'M4 17c3-8 8-10 13-10M13.500 3.500L17.500 7l-4 3.500M4 20.500h16',
  recall: 'M9 7H15.500a4.500 4.500 0 0 1 0 9H5M8.500 12.500L5 16l3.500 3.500',
  board: 'M4 5h4.500v14H4zM10 5h4.500v9H10zM16 5h4v6h-4z',
  shield:
    'M12 3l7 3v5.500c0 4.500-3 7.700-7 9.500-4-1.800-7-5-7-9.500V6zM8.500 12l2.500 2.500L15.500 10',
  people:
    'M9 12a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 19.500c.7-3.200 3.300-4.700 6.500-4.700s5.800 1.500 6.500 4.700M15.500 5.300a3.500 3.500 0 0 1 0 6.500M17.500 15c2.100.6 3.500 2.100 4 4.500',
  two: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 18.500c.7-3.200 3.300-4.700 6.500-4.700 1.700 0 3.200.4 4.400 1.300M14 18.500l2.500 2.500 5-5.500',
  key: 'M14.500 13.500a4.500 4.500 0 1 0-4.300-3.200L4 16.500V20h3.500v-2.500H10V15l1.700-1.700c.8.200 1.900.200 2.800.200zM15.500 8.500v.1',
  route:
    'M6 18.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM18 9.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 16.500h6a3 3 0 0 0 0-6h-4a3 3 0 0 1 0-6h6',
  erase: 'M5 7h14M9.500 7V4.500h5V7M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5',
  glass: 'M13.500 3L5.500 13.500h5.500l-1 7.500 8.500-11h-5.500z',
  hold: 'M6 20.500V4.500M6 5h12l-3 4 3 4H6',
  days: 'M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5v4M15.5 3.5v4',
  hash: 'M9.500 4L7.500 20M16.500 4l-2 16M4.500 9h16M3.500 15h16',
} as const;
export type IconName = keyof typeof PATHS;

/** What kind of item it is, at a glance. */
export const KIND_ICONS = {
  request: 'question',
  contribution: 'give',
  referral: 'person',
  release: 'release',
  recall: 'recall',
  disclosure: 'glass',
  hold: 'hold',
} as const satisfies Record<Kind, IconName>;

/** A picture beside a word, never instead of one: it is nothing to a screen reader. */
export const Icon = ({ name }: { readonly name: IconName }): ReactElement => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
