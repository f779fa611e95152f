import { Forked } from './forked.js';
import { freePorts } from './ports.js';

export type Asked = 'profile' | 'shares';
export type Ready = {
  readonly agencies: readonly { readonly id: string; readonly url: string }[];
  readonly passwords: Readonly<Record<string, string>>;
};
export type Shares = { readonly shares: Readonly<Record<string, number>> };
export type Said = Ready | { readonly profiling: true } | Shares;

/** A hub in a process of its own. */
export type Child = Ready & {
  readonly profile: () => Promise<void>;
  readonly shares: () => Promise<Readonly<Record<string, number>>>;
  readonly stop: () => Promise<void>;
};

const PORTS_IN_A_ROW = 16;

/** Starts the standalone hub over `data` and waits until it answers. */
export const startChild = async (data: string): Promise<Child> => {
  const child = new Forked('standalone.ts', [data, String(await freePorts(PORTS_IN_A_ROW))]);
  const ready = await child.said<Ready>();
  return {
    ...ready,
    profile: async () => {
      await child.ask('profile' satisfies Asked);
    },
    shares: async () => (await child.ask<Shares>('shares' satisfies Asked)).shares,
    stop: () => child.end(),
  };
};
