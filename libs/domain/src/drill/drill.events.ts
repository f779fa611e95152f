import { shape, text } from '../check.js';
import { bare, LINE, type Bare, type ContentChecks } from '../content.js';
import { GRANTABLE, type Grantable } from '../release/release.events.js';

/** Noise, of which nobody can learn anything. */
export type Practice = { readonly noise: string };

/** Event type → content, for trying whether custodians could disclose something. */
export type DrillContent = {
  /** Said to nobody, with its keys in custody: only an order for a drill is ever about it, and no such order about anything else. */
  DrillPrepared: { core: Bare; parts: Readonly<Partial<Record<Grantable, Practice>>> };
};

const practice = shape<Practice>({ noise: text(LINE) });

export const drillChecks: {
  readonly [T in keyof DrillContent]: ContentChecks<DrillContent[T]>;
} = {
  DrillPrepared: {
    core: bare,
    parts: Object.fromEntries(GRANTABLE.map((name) => [name, practice])) as ContentChecks<
      DrillContent['DrillPrepared']
    >['parts'],
  },
};
