import { type Bus, type Received } from '@tripoint/bus';
import { type CommitPlan } from '@tripoint/read-model';
import { type Between } from './composition.js';

/** Every place where one process commits something that the next one needs. */
export const HOPS = [
  'outbox commit',
  'outbox commit of a receipt',
  'publish submissions',
  'note as sent',
  'registrar takes a batch',
  'stage wraps',
  'append to a chain',
  'append to the log',
  'keep the checkpoint',
  'settle wraps',
  'append to a mailbox',
  'keep how far was dispatched',
  'publish a mailbox',
  'keep how far was published',
  'projector takes a batch',
  'projection commit',
  'keep what came aside',
] as const;
/** Where something is kept on the way of an agency's own wraps to its next epoch. */
export const EPOCH_HOPS = [
  'make wraps again',
  'sign for wraps made again',
  'replace wraps',
  'keep what the hub confirmed',
] as const;
export type Hop = (typeof HOPS)[number] | (typeof EPOCH_HOPS)[number];

/** Before the write; while it is under way, its outcome unknown; after it, before anybody heard of it. */
export const MOMENTS = ['before', 'within', 'after'] as const;
export type Moment = (typeof MOMENTS)[number];

/** Where a process is to die: at the `nth` passage of one hop, counted from the start or from when traffic flows. */
export type Trap = {
  readonly hop: Hop;
  readonly moment: Moment;
  readonly nth: number;
  readonly from: 'start' | 'traffic';
};

/** Ends this process without giving it a chance to do anything, as a power cut would. */
const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise<never>(() => undefined);
};

/** Counts passages of one hop and ends the process at the one that was asked for. */
export class Tripwire {
  #passed = 0;
  #armed: boolean;

  constructor(private readonly trap: Trap) {
    this.#armed = trap.from === 'start';
  }

  /** Traffic flows now. */
  arm(): void {
    this.#armed = true;
  }

  async around<T>(hop: Hop | undefined, work: () => Promise<T>): Promise<T> {
    if (!this.#armed || hop !== this.trap.hop) return work();
    this.#passed += 1;
    if (this.#passed !== this.trap.nth) return work();
    switch (this.trap.moment) {
      case 'before':
        return die();
      case 'within': {
        const done = work();
        // The request is on its way to the store by the next turn, and its answer is not.
        setImmediate(() => void die());
        return done;
      }
      case 'after':
        await work();
        return die();
    }
  }

  /** A port of which every call passes by here first. */
  #wired<T extends object>(port: T, hopOf: (method: string, first: unknown) => Hop | undefined): T {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => {
          const call = (): unknown => Reflect.apply(member, target, args);
          const hop = hopOf(String(name), args[0]);
          return hop === undefined ? call() : this.around(hop, call as () => Promise<unknown>);
        };
      },
    });
  }

  #bus(port: Bus, user: string): Bus {
    const takes: Hop = user === 'hub' ? 'registrar takes a batch' : 'projector takes a batch';
    const published = this.#wired(port, (method, topic) => {
      if (method !== 'publish') return undefined;
      return String(topic).startsWith('mailbox.') ? 'publish a mailbox' : 'publish submissions';
    });
    return new Proxy(published, {
      get: (target, name) => {
        if (name !== 'consume') return Reflect.get(target, name, target) as unknown;
        const consume: Bus['consume'] = (topic, group, receive, signal) => {
          const taken = (batch: readonly Received[]): Promise<void> =>
            this.around(takes, () => receive(batch));
          return port.consume(topic, group, taken, signal);
        };
        return consume;
      },
    });
  }

  /** Puts this wire between the federation and everything that it writes to. */
  between(): Between {
    return {
      ledger: (port) =>
        this.#wired(port, (method, stream) => {
          if (method !== 'append') return undefined;
          if (stream === 'log') return 'append to the log';
          return String(stream).startsWith('mailbox-')
            ? 'append to a mailbox'
            : 'append to a chain';
        }),
      bus: (port, user) => this.#bus(port, user),
      vault: (port) =>
        this.#wired(port, (method) => {
          if (method === 'stage') return 'stage wraps';
          if (method === 'replace') return 'replace wraps';
          return method === 'settle' ? 'settle wraps' : undefined;
        }),
      remaking: (port) =>
        this.#wired(port, (method) => {
          if (method === 'remade') return 'make wraps again';
          if (method === 'sign') return 'sign for wraps made again';
          return method === 'confirmed' ? 'keep what the hub confirmed' : undefined;
        }),
      positions: (port) =>
        this.#wired(port, (method, name) => {
          if (method === 'advance') return 'keep the checkpoint';
          if (method !== 'move') return undefined;
          return name === 'dispatched'
            ? 'keep how far was dispatched'
            : 'keep how far was published';
        }),
      outbox: (port) =>
        this.#wired(port, (method, plan) => {
          if (method === 'sent') return 'note as sent';
          if (method !== 'commit') return undefined;
          const { resolves = [] } = plan as CommitPlan;
          return resolves.length > 0 ? 'outbox commit of a receipt' : 'outbox commit';
        }),
      journal: (port) =>
        this.#wired(port, (method) => {
          if (method === 'append') return 'projection commit';
          return method === 'aside' ? 'keep what came aside' : undefined;
        }),
    };
  }
}
