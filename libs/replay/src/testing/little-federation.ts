import { OpenPgpJs, type SecretKey } from '@tripoint/envelope';
import { accepted, enrol, type TestAgency } from '@tripoint/envelope/testing';
import {
  type AgencyKind,
  certificateText,
  countersign,
  draftPolicyActivation,
  draftStatement,
  type Registry,
  type StatementBody,
  type TrustAnchor,
} from '@tripoint/federation';
import { type StatementEntry } from '@tripoint/envelope';
import { type ChainId, type Instant } from '@tripoint/kernel';
import { firstBundle } from '@tripoint/policy';
import { Ed25519NoteSigner, generateNoteKey, type NoteSigner } from '@tripoint/transparency';

const LOG = 'little.test/log';
const MEMBERS = [
  ['bg-gdbop', 'POLICE', 'BG'],
  ['gr-police', 'POLICE', 'GR'],
  ['tr-customs', 'CUSTOMS', 'TR'],
  ['oversight', 'OVERSIGHT', 'BG'],
  ['hub', 'HUB', 'BG'],
  // Only where a test asks for them.
  ['bg-prosecutor', 'PROSECUTOR', 'BG'],
] as const satisfies readonly (readonly [string, AgencyKind, string])[];

/** The name of an agency of the little federation. */
export type MemberName = (typeof MEMBERS)[number][0];

/** Three roots of whom two must sign, three agencies, oversight and a hub, or more, all keys in one hand, as only a test may hold them. */
export class LittleFederation {
  private constructor(
    readonly openpgp: OpenPgpJs,
    readonly anchor: TrustAnchor,
    readonly noteSigner: NoteSigner,
    readonly roots: readonly SecretKey[],
    private readonly members: Map<MemberName, TestAgency>,
  ) {}

  static async found(more: readonly MemberName[] = []): Promise<LittleFederation> {
    const asked: readonly MemberName[] = [
      ...(['bg-gdbop', 'gr-police', 'tr-customs', 'oversight', 'hub'] as const),
      ...more,
    ];
    const openpgp = new OpenPgpJs();
    const roots = await Promise.all(['root-a', 'root-b', 'root-c'].map((n) => enrol(openpgp, n)));
    const key = generateNoteKey(LOG, 'ed25519');
    const members = await Promise.all(
      asked.map(async (name) => [name, await enrol(openpgp, name)] as const),
    );
    return new LittleFederation(
      openpgp,
      {
        federation: 'little',
        roots: roots.map(({ files }) => files.certificate),
        threshold: 2,
        log: { name: LOG, vkey: key.verifierKey },
      },
      Ed25519NoteSigner.fromPem(LOG, key.privateKeyPem),
      roots.map(({ signing }) => signing),
      new Map(members),
    );
  }

  member(name: MemberName): TestAgency {
    const member = this.members.get(name);
    if (member === undefined) throw new Error(`${name} is no member`);
    return member;
  }

  /** A member loses its keys: from now on it acts with others, new ones unless given, which the registry has to hear of. */
  async renew(name: MemberName, keys?: TestAgency): Promise<TestAgency> {
    const { chain } = this.member(name);
    const renewed = { ...(keys ?? (await enrol(this.openpgp, name))), chain };
    this.members.set(name, renewed);
    return renewed;
  }

  /** The bodies with which the federation begins: everybody is enrolled, two of them have agreed. */
  get opening(): readonly StatementBody[] {
    return [
      ...MEMBERS.filter(([name]) => this.members.has(name)).map(
        ([name, kind, state]): StatementBody => ({
          kind: 'agency-enrolled',
          agency: {
            id: this.member(name).id,
            name: { en: name },
            kind,
            state,
            clearance: 'R-UE/EU-R',
          },
          certificate: certificateText(this.member(name).files.certificate),
          chains: [name === 'hub' ? ('hub' as ChainId) : this.member(name).chain],
        }),
      ),
      {
        kind: 'pair-agreed',
        a: this.member('bg-gdbop').id,
        b: this.member('tr-customs').id,
        clocks: { urgentDirect: 7_200, urgentIndirect: 14_400, routine: 86_400, grace: 600 },
        transfer: { permitted: true, ceiling: 'UNCLASSIFIED', onward: 'FORBIDDEN' },
      },
    ];
  }

  /** The next statement of a registry, signed by as many roots as are named. */
  async statement(
    registry: Registry,
    body: StatementBody,
    at: Instant,
    signers = this.roots.slice(0, 2),
  ): Promise<StatementEntry> {
    return this.#signed(draftStatement(registry, body, at), signers);
  }

  /** The activation of the rules that Tripoint ships with. */
  async rules(registry: Registry, at: Instant, bundle = firstBundle()): Promise<StatementEntry> {
    const draft = draftPolicyActivation(registry, bundle.bytes, at);
    return this.#signed(draft, this.roots.slice(0, 2));
  }

  async #signed(draft: StatementEntry, signers: readonly SecretKey[]): Promise<StatementEntry> {
    let entry = draft;
    for (const root of signers) entry = accepted(await countersign(this.openpgp, entry, root));
    return entry;
  }
}
