import { type Purpose } from './door.js';

/** Somebody who plays a part: an officer of an agency of the demo federation. */
export type Actor = {
  readonly agency: string;
  readonly officer: string;
  /** How the terminal calls this part. */
  readonly called: string;
};

/** What a canary is; decides where finding it would be wrong. */
export type CanaryKind = 'plate' | 'name' | 'text' | 'officer' | 'event type';

/** Something that may be known in some places only, and is looked for in all of them. */
export type Canary = {
  readonly id: string;
  readonly kind: CanaryKind;
  /** `{mark}` stands for a word that is new in every play. */
  readonly text: string;
  /** Agencies whose database has to hold it; no other agency's may. `any`: not looked for among agencies. */
  readonly heldBy: readonly string[] | 'any';
};

/** A body that is sent as it stands, with `{mark}` replaced; `derivedFrom` is filled in by the player. */
export type Body = Readonly<Record<string, unknown>>;

/** What an actor does. A request or a referral is known by the name under which it was issued. */
export type Act =
  | {
      /** Refers somebody; from when and until when she has consented is filled in by the player. */
      readonly act: 'refer';
      readonly by: string;
      readonly to: string;
      readonly request: string;
      readonly body: Body;
    }
  | {
      /** Moves a referral; has to be refused where that is named. */
      readonly act: 'move';
      readonly by: string;
      readonly request: string;
      readonly step: 'accept' | 'feedback' | 'complete' | 'revoke';
      readonly body: Body;
      readonly refused?: string;
    }
  | {
      readonly act: 'issue';
      readonly by: string;
      readonly to: string;
      readonly request: string;
      readonly body: Body;
    }
  | { readonly act: 'answer'; readonly by: string; readonly request: string; readonly body: Body }
  | {
      /** Passes the answer to `request` on to `to`, in an exchange of its own, and has to be refused. */
      readonly act: 'forward';
      readonly by: string;
      readonly request: string;
      readonly to: string;
      readonly refused: string;
      readonly body: Body;
    }
  | {
      /** Asks whoever answered `request` to let parts of the answer go to `to`; known afterwards as `release`. */
      readonly act: 'ask-release';
      readonly by: string;
      readonly request: string;
      readonly to: string;
      readonly release: string;
      readonly body: Body;
    }
  | {
      /** Lets it go for so long. */
      readonly act: 'grant';
      readonly by: string;
      readonly release: string;
      readonly compartments: readonly string[];
      readonly forSeconds: number;
    }
  | {
      /** Takes parts of the answer to `request`, or of the referral, back from `from`, and says them rightly where it has a body; known as `recall`. */
      readonly act: 'recall';
      readonly by: string;
      readonly request: string;
      readonly from: string;
      readonly recall: string;
      readonly body: Body;
    }
  | {
      /** Oversight has forgotten everywhere what was asked: one auditor proposes it, another confirms it. Known as `erasure`. */
      readonly act: 'order-erasure';
      readonly request: string;
      readonly compartments: readonly string[];
      readonly ground: string;
      readonly erasure: string;
    }
  | {
      /** Nobody does anything until the deadline has passed for each of `seenBy`. */
      readonly act: 'let-lapse';
      readonly request: string;
      readonly seenBy: readonly string[];
      /** Longer than the pair's clock. */
      readonly withinSeconds: number;
    };

/** What has to hold after a step. Each is waited for, and looked at once more before the play goes on. */
export type Expectation =
  | {
      /** The actor's own list shows the referral like this. */
      readonly expect: 'stands';
      readonly by: string;
      readonly request: string;
      readonly status: string;
    }
  | {
      /** Recomputed from the first leaf to the newest, nothing of the log is wrong. */
      readonly expect: 'log-verifies';
    }
  | {
      /** Made again from the journal, the views of the actor's node are what they were. */
      readonly expect: 'rebuilds-to-the-same';
      readonly by: string;
    }
  | {
      /** The actor's own list shows the request like this. */
      readonly expect: 'request';
      readonly by: string;
      readonly request: string;
      readonly status: string;
      /** Seconds from the receipt to the deadline. */
      readonly clockSeconds?: number;
      readonly overdue?: boolean;
      /** It was settled after its deadline, and says by how much. */
      readonly late?: true;
    }
  | {
      /** The actor's own list shows the release like this. */
      readonly expect: 'release';
      readonly by: string;
      readonly release: string;
      readonly status: string;
      /** The grantee has said that its copy is gone. */
      readonly purged?: true;
      /** Longer than the time for which it was granted. */
      readonly withinSeconds?: number;
    }
  | {
      /** Whoever holds it says that it is gone, nobody is late, and who asked is told by whom it was ordered. */
      readonly expect: 'forgotten';
      readonly by: string;
      readonly erasure: string;
      readonly orderedBy: string;
      readonly told: readonly string[];
    }
  | {
      /** The recall stands like this, and nobody has defaulted. */
      readonly expect: 'recall';
      readonly by: string;
      readonly recall: string;
      readonly status: string;
    }
  | {
      /** The actor reads these canaries in what was said with a recall. */
      readonly expect: 'reads-correction';
      readonly by: string;
      readonly recall: string;
      readonly canaries: readonly string[];
    }
  | {
      /** What the actor reads about the request holds these canaries. */
      readonly expect: 'reads';
      readonly by: string;
      readonly request: string;
      readonly canaries: readonly string[];
    }
  | {
      /** What the actor reads about the request does not hold these, and shows none of these compartments. */
      readonly expect: 'does-not-read';
      readonly by: string;
      readonly request: string;
      readonly canaries: readonly string[];
      readonly compartments: readonly string[];
    }
  | {
      /** For this actor the request does not exist: not in the list, and `not-found` by its id. */
      readonly expect: 'knows-nothing-of';
      readonly by: string;
      readonly request: string;
    }
  | {
      /** A search by this actor finds at least one entity, or none. */
      readonly expect: 'finds' | 'does-not-find';
      readonly by: string;
      readonly text: string;
    }
  | {
      /** The log names these agencies as those whom a refused disclosure was to reach. */
      readonly expect: 'attempts-on-record';
      readonly tried: readonly string[];
    }
  | {
      /** The log says by itself that the request fell due. */
      readonly expect: 'due-on-record';
      readonly request: string;
    };

/** One thing that was looked at, and whether it was as it has to be. */
export type Check = { readonly holds: boolean; readonly what: string };

/** One step of a scenario. */
export type ScenarioStep = {
  /** Its number in the scenario as it is told, which this play may leave gaps in. */
  readonly number: number;
  readonly title: string;
  readonly story: string;
  readonly acts: readonly Act[];
  readonly then: readonly Expectation[];
};

/** A story that the whole product plays, with what everybody must see and must not see. Data, and nothing else. */
export type Scenario = {
  readonly title: string;
  /** What everybody reads for. */
  readonly purpose: Purpose;
  /** By the name that acts and expectations use. */
  readonly actors: Readonly<Record<string, Actor>>;
  readonly steps: readonly ScenarioStep[];
  readonly canaries: readonly Canary[];
  /** Requests whose very existence an agency must not learn of: their ids are looked for in its database. */
  readonly secretRequests: readonly {
    readonly request: string;
    readonly knownTo: readonly string[];
  }[];
};

/** What has `{mark}` in it, with the mark in its place. */
export const marked = <T>(value: T, mark: string): T => {
  if (typeof value === 'string') return value.replaceAll('{mark}', mark) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => marked(one, mark)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, marked<unknown>(one, mark)]),
  ) as T;
};
