import { randomInt, randomUUID } from 'node:crypto';
import { appendFile, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadLogKey, readTrustAnchor } from '@tripoint/adapters/keys';
import { OpenPgpJs } from '@tripoint/envelope';
import { EvidenceFault, verifyEvidence } from '@tripoint/evidence';
import { type Instant, isRefusal } from '@tripoint/kernel';
import {
  formatAddCheckpoint,
  formatCheckpoint,
  leafHash,
  openWitnessed,
  parseTrustPolicy,
  signNote,
} from '@tripoint/transparency';
import { agency as agencyCommand } from '../../cli/src/agency/agency.command.js';
import { searchEverything } from '../../cli/src/demo/byte-search.js';
import { playScenario } from '../../cli/src/demo/demo.command.js';
import { readDemoFile } from '../../cli/src/demo/demo-file.js';
import { Door } from '../../cli/src/demo/door.js';
import { dispatch, runCommand } from '../../cli/src/dispatch.js';
import { evidence as evidenceCommand } from '../../cli/src/evidence/evidence.command.js';
import { URGENT_PLATE_CHECK } from '../../cli/src/demo/scenario-1.js';
import { VICTIM_REFERRAL } from '../../cli/src/demo/scenario-2.js';
import { eventually } from './gates/testing/eventually.js';
import { type Standalone, startStandalone } from './standalone.js';

describe('the stories on a standalone hub', () => {
  let parent: string;
  let data: string;
  let standalone: Standalone | undefined;

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'tripoint-demo-'));
    // The database server may have to run as another user, who has to reach its folder.
    await chmod(parent, 0o755);
    data = join(parent, 'data');
    standalone = await startStandalone(
      { data, port: randomInt(20_000, 30_000), fresh: false },
      (_what, work) => work(),
    );
  }, 180_000);

  afterAll(async () => {
    await standalone?.stop();
    await rm(parent, { recursive: true, force: true });
  });

  it.each([
    ['a plate check is', URGENT_PLATE_CHECK, 25],
    ['a referral is', VICTIM_REFERRAL, 20],
  ])(
    '%s seen by those who must see it, and by nobody else',
    async (_what, scenario, fewest) => {
      const lines: string[] = [];
      const out = (line: string): void => {
        lines.push(line);
      };
      const { checks, wrong } = await playScenario(
        scenario,
        { data, pace: 'fast', width: 120 },
        { out, fetch },
      );
      expect(lines.filter((line) => line.includes('✗'))).toEqual([]);
      expect(wrong).toBe(0);
      expect(checks.length).toBeGreaterThan(fewest);
    },
    240_000,
  );

  it('comes under a quorum of witnesses, and whoever sealed it sees so', async () => {
    const policy = parseTrustPolicy(await readFile(join(data, 'federation', 'trust-policy')));
    if (isRefusal(policy)) throw new Error(policy.detail);
    const { agencies } = await readDemoFile(data);
    const asking = agencies.find(({ id }) => id === 'gr-police')!;
    const liaison = asking.officers.find(({ role }) => role === 'LIAISON_OFFICER')!;
    const door = await Door.open(asking, liaison, fetch);
    type Row = { readonly leaf?: string; readonly verified: boolean };
    const rows = await eventually('everything is verified', async () => {
      const { body } = await door.get('submissions');
      const found = (body as { readonly rows: readonly Row[] }).rows;
      return found.every(({ verified }) => verified) ? found : undefined;
    });
    await door.close();
    expect(rows.length).toBeGreaterThan(0);

    const answer = await fetch(new URL('/checkpoint', standalone?.hub.url));
    const opened = openWitnessed(Buffer.from(await answer.arrayBuffer()), policy);
    if (isRefusal(opened)) throw new Error(opened.detail);
    expect(opened.cosignatures).toHaveLength(4);
    for (const { leaf } of rows) expect(Number(leaf)).toBeLessThan(opened.checkpoint.size);

    // Whoever has the log's key shows them another tree.
    const signer = await loadLogKey(join(data, 'federation', 'log'));
    const { origin, size } = opened.checkpoint;
    const text = formatCheckpoint({ origin, size, root: leafHash(Buffer.of()), extensions: [] });
    const request = { old: size, proof: [], checkpoint: await signNote(text, [signer]) };
    for (const { url } of policy.witnesses) {
      const body = new Uint8Array(formatAddCheckpoint(request));
      const refused = await fetch(new URL('add-checkpoint', url ?? ''), { method: 'POST', body });
      expect([409, 422]).toContain(refused.status);
    }
  }, 120_000);

  it('is taken to a court by an investigator, verified without a network, and never against H1', async () => {
    const federation = join(data, 'federation');
    const policy = parseTrustPolicy(await readFile(join(federation, 'trust-policy')));
    if (isRefusal(policy)) throw new Error(policy.detail);
    const anchor = await readTrustAnchor(join(federation, 'anchor.json'));
    const openpgp = new OpenPgpJs();
    const { agencies } = await readDemoFile(data);
    const signIn = async (id: string, role: string) => {
      const at = agencies.find((one) => one.id === id)!;
      const officer = at.officers.find((one) => one.role === role)!;
      return { at, officer, door: await Door.open(at, officer, fetch) };
    };
    const bundleOf = (
      { door, at }: Awaited<ReturnType<typeof signIn>>,
      item: string,
      compartments: readonly string[],
      keys: boolean,
    ) =>
      fetch(new URL('evidence', at.url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: door.authorization,
          'tripoint-purpose': 'PROSECUTION',
          'tripoint-legal-basis': 'EIO 12/2026',
        },
        body: JSON.stringify({ item, compartments, keys }),
      });
    const investigator = await signIn('gr-police', 'INVESTIGATOR');
    const { body } = await investigator.door.get('requests');
    // The first question to Türkiye: oversight has had the second one forgotten.
    const request = (body as { readonly rows: readonly { item: string; to: string }[] }).rows
      .filter(({ to }) => to === 'tr-police')
      .at(-1);
    const file = join(parent, 'evidence.zip');
    const tripoint = async (...args: readonly string[]): Promise<number> =>
      runCommand(dispatch('tripoint', 'for a test', { evidence: evidenceCommand }), args, {
        out: () => undefined,
        err: () => undefined,
        environment: {},
        now: () => new Date().toISOString() as Instant,
        fetch,
        ask: () => Promise.resolve(investigator.officer.password),
      });
    await eventually('the request is under a quorum', async () => {
      const exit = await tripoint(
        ...['evidence', 'build', '--door', investigator.at.url, '--item', request!.item],
        ...[
          '--officer',
          investigator.officer.id,
          '--compartment',
          'core',
          '--compartment',
          'facts',
        ],
        ...['--purpose', 'PROSECUTION', '--legal-basis', 'EIO 12/2026', '--keys', '--out', file],
      );
      return exit === 0 ? true : undefined;
    });
    const trusting = ['--anchor', join(federation, 'anchor.json')];
    trusting.push('--policy', join(federation, 'trust-policy'));
    expect(await tripoint('evidence', 'verify', file, ...trusting)).toBe(0);
    const built = await readFile(file);
    const evidence = await verifyEvidence(built, { anchor, policy }, openpgp);
    if (evidence instanceof EvidenceFault) throw new Error(`${evidence.file}: ${evidence.code}`);
    expect(evidence.events.length).toBeGreaterThan(2);
    const parts = evidence.events.flatMap(({ compartments }) => compartments);
    expect(parts.every(({ frame }) => frame !== undefined)).toBe(true);
    expect(new Set(parts.map(({ descriptor }) => descriptor.name))).toEqual(
      new Set(['core', 'facts']),
    );
    // Every consultation of the item is in it, this one last, and by nobody's name.
    const last = evidence.custody.consultations.at(-1);
    expect(last).toMatchObject({ purpose: 'PROSECUTION', legalBasis: 'EIO 12/2026' });
    expect(last?.fields).toEqual(['evidence', 'core', 'facts']);
    expect(built.includes('e.georgiou')).toBe(false);

    // Not every officer may; a part that was not asked for, and a key that was not, are not there.
    const liaison = await signIn('gr-police', 'LIAISON_OFFICER');
    expect((await bundleOf(liaison, request!.item, ['core'], true)).status).toBe(403);
    const sealed = await bundleOf(investigator, request!.item, ['core'], false);
    const without = await verifyEvidence(
      Buffer.from(await sealed.arrayBuffer()),
      { anchor, policy },
      openpgp,
    );
    if (without instanceof EvidenceFault) throw new Error(`${without.file}: ${without.code}`);
    for (const { descriptor, frame } of without.events.flatMap((one) => one.compartments)) {
      expect(descriptor.name).toBe('core');
      expect(frame).toBeUndefined();
    }

    // Another agency gives something that is not for a court.
    const giving = await signIn('bg-gdbop', 'INVESTIGATOR');
    const statement = { text: 'only to be acted upon', language: 'en', statement: 'FACT' };
    const shared = await giving.door.command('contributions', {
      to: 'gr-police',
      marking: { classification: 'UNCLASSIFIED', handling: ['H1'] },
      facts: { ...statement, evaluation: { source: 'A', info: '1' }, entities: [] },
    });
    const { item } = shared.body as { readonly item: string };
    const refused = await eventually('the contribution has come, under a quorum', async () => {
      const answer = await bundleOf(investigator, item, ['core', 'facts'], true);
      const problem = (await answer.json()) as { readonly code: string; readonly detail: string };
      return ['not-found', 'not-witnessed'].includes(problem.code) ? undefined : problem;
    });
    expect(refused).toMatchObject({
      code: 'judicial-use-not-permitted',
      detail: 'not permitted in judicial proceedings (H1) by bg-gdbop',
    });
    // Whoever it is from takes it there.
    const own = await eventually('its own is under a quorum', async () => {
      const answer = await bundleOf(giving, item, ['core', 'facts'], true);
      return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : undefined;
    });
    expect(await verifyEvidence(own, { anchor, policy }, openpgp)).toMatchObject({
      manifest: { builder: 'bg-gdbop' },
    });
    // And whoever has it from there, once its provider permits that; until it takes it back.
    const [event] = (shared.body as { readonly events: readonly { readonly event: string }[] })
      .events;
    const asked = await investigator.door.command('releases', {
      event: event!.event,
      compartments: ['facts'],
      grantee: 'gr-police',
      purpose: 'PROSECUTION',
      marking: { classification: 'UNCLASSIFIED', handling: [] },
    });
    const release = (asked.body as { readonly item: string }).item;
    const decide = (what: string, inStatus: string, content: object) =>
      eventually(`it is ${inStatus}`, async () => {
        const { body: row } = await giving.door.get(`releases/${release}`);
        const { status, version } = row as { readonly status?: string; readonly version?: string };
        if (status !== inStatus) return undefined;
        const answer = await giving.door.command(
          `releases/${release}/${what}`,
          content,
          `"v${version}"`,
        );
        return answer.status === 202 ? true : undefined;
      });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await decide('grant', 'REQUESTED', { compartments: ['facts'], until });
    const permitted = await eventually('it is permitted', async () => {
      const answer = await bundleOf(investigator, item, ['core', 'facts'], true);
      return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : undefined;
    });
    expect(await verifyEvidence(permitted, { anchor, policy }, openpgp)).toMatchObject({
      manifest: { builder: 'gr-police' },
      entitled: { permissions: [{ name: 'core' }, { name: 'facts' }], grants: [] },
    });
    // The permission is shown whatever else is not.
    const closed = await bundleOf(investigator, item, ['facts'], false);
    const unopened = await verifyEvidence(
      Buffer.from(await closed.arrayBuffer()),
      { anchor, policy },
      openpgp,
    );
    if (unopened instanceof EvidenceFault) throw new Error(`${unopened.file}: ${unopened.code}`);
    expect(
      unopened.events.flatMap(({ header, compartments }) =>
        compartments.map(({ descriptor, frame }) => [
          header.type,
          descriptor.name,
          frame !== undefined,
        ]),
      ),
    ).toEqual([
      ['contribution', 'facts', false],
      ['release', 'core', true],
      ['release', 'core', true],
    ]);
    await decide('revoke', 'GRANTED', {});
    await eventually('it is permitted no more', async () =>
      (await bundleOf(investigator, item, ['core', 'facts'], true)).status === 403
        ? true
        : undefined,
    );
    // What was none of its business is taken there with the grant by which it is.
    const text = 'a grey van with the plate KB 1177 AT';
    const elsewhere = await giving.door.command('contributions', {
      to: 'tr-police',
      marking: { classification: 'UNCLASSIFIED', handling: ['H2'] },
      facts: { ...statement, text, evaluation: { source: 'A', info: '1' }, entities: [] },
    });
    const handedOn = elsewhere.body as {
      readonly item: string;
      readonly events: readonly { readonly event: string }[];
    };
    await eventually('it is offered', async () => {
      const answer = await giving.door.command('releases/offer', {
        ...{ event: handedOn.events[0]!.event, compartments: ['facts'], grantee: 'gr-police' },
        until,
      });
      return answer.status === 202 ? true : undefined;
    });
    const granted = await eventually('it is granted, under a quorum', async () => {
      const answer = await bundleOf(investigator, handedOn.item, ['core', 'facts'], true);
      return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : undefined;
    });
    const taken = await verifyEvidence(granted, { anchor, policy }, openpgp);
    if (taken instanceof EvidenceFault) throw new Error(`${taken.file}: ${taken.code}`);
    // Whoever holds it, by that grant or because it was told, is offered it in vain: the officer hears so, and nothing is sealed.
    for (const grantee of ['gr-police', 'tr-police']) {
      const again = await giving.door.command('releases/offer', {
        ...{ event: handedOn.events[0]!.event, compartments: ['facts'], grantee },
        until,
      });
      expect([grantee, again.status, again.body]).toMatchObject([
        grantee,
        403,
        { code: 'grant-is-of-something-new' },
      ]);
    }
    const [said, grant] = taken.events;
    expect(taken.entitled.grants).toEqual([
      { leaf: said?.leaf.index, name: 'facts', grantedAt: grant?.leaf.index },
    ]);
    expect(JSON.stringify(said?.compartments[0]?.frame?.event.data)).toContain(text);
    expect(grant?.header.type).toBe('grant');
    for (const { door } of [investigator, liaison, giving]) await door.close();
  }, 120_000);

  it('is proved to have been delivered, by a file that is verified without a network', async () => {
    const { agencies } = await readDemoFile(data);
    const said = agencies.find(({ id }) => id === 'bg-gdbop')!;
    const [security, investigator] = ['NODE_SECURITY_OFFICER', 'INVESTIGATOR'].map((wanted) =>
      said.officers.find(({ role }) => role === wanted)!,
    ) as [(typeof said.officers)[0], (typeof said.officers)[0]];
    const door = await Door.open(said, investigator, fetch);
    const shared = await door.command('contributions', {
      to: 'gr-police',
      marking: { classification: 'UNCLASSIFIED', handling: [] },
      facts: {
        ...{ text: 'it went north', language: 'en', statement: 'FACT', entities: [] },
        evaluation: { source: 'A', info: '1' },
      },
    });
    await door.close();
    const [{ event }] = (shared.body as { readonly events: [{ readonly event: string }] }).events;
    const lines: string[] = [];
    const tripoint = async (by: { readonly password: string }, ...args: readonly string[]) => {
      lines.length = 0;
      const say = (line: string): void => {
        lines.push(line);
      };
      const commands = { agency: agencyCommand, evidence: evidenceCommand };
      return runCommand(dispatch('tripoint', 'for a test', commands), args, {
        out: say,
        err: say,
        environment: {},
        now: () => new Date().toISOString() as Instant,
        fetch,
        ask: () => Promise.resolve(by.password),
      });
    };
    const file = join(parent, 'deliveries.json');
    const taking = (by: typeof security, wanted: string, out = file) =>
      tripoint(
        by,
        ...['agency', 'deliveries', '--door', said.url, '--officer', by.id],
        ...['--event', wanted, '--out', out],
      );
    const federation = join(data, 'federation');
    const anchored = ['--anchor', join(federation, 'anchor.json')];
    const verifying = (path: string) =>
      tripoint(
        security,
        ...['evidence', 'delivered', path, ...anchored],
        ...['--policy', join(federation, 'trust-policy')],
      );
    await eventually('it is under a quorum', async () => {
      await rm(file, { force: true });
      const taken = (await taking(security, event)) === 0;
      return taken && (await verifying(file)) === 0 ? true : undefined;
    });
    expect(lines[0]).toContain(`event ${event} of bg-gdbop`);
    expect(lines.at(-1)).toBe('sound, and under a quorum of witnesses');

    // Nothing is replaced; what is not there, is no id, or is asked for by nobody known, is refused with a code.
    expect(await taking(security, event)).toBe(1);
    const elsewhere = join(parent, 'no-deliveries.json');
    expect(await taking(security, randomUUID(), elsewhere)).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^tripoint: not-found: /)]);
    expect(await taking(security, 'the newest', elsewhere)).toBe(2);
    const nobody = { ...security, password: 'a password that is not theirs' };
    expect(await taking(nobody, event, elsewhere)).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^tripoint: sign-in-refused: /)]);
    await expect(readFile(elsewhere)).rejects.toMatchObject({ code: 'ENOENT' });
    const shown = JSON.parse(await readFile(file, 'utf8')) as { said: { delivery: string } };
    shown.said.delivery = Buffer.from(shown.said.delivery, 'base64').subarray(1).toString('base64');
    await writeFile(elsewhere, JSON.stringify(shown));
    expect(await verifying(elsewhere)).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^WRONG in said/)]);
  }, 120_000);

  it('would have been found out: a plate planted in a log of the hub, in Base64', async () => {
    await appendFile(
      join(data, 'logs', 'hub.log'),
      `${Buffer.from('{"plate":"XKA 4821"}').toString('base64')}\n`,
    );
    const plates = URGENT_PLATE_CHECK.canaries.filter(({ kind }) => kind === 'plate');
    const { findings } = await searchEverything(await readDemoFile(data), data, {
      canaries: plates,
      custodians: [],
      ids: [],
    });
    expect(findings).toEqual([
      { what: 'plate', zone: 'log hub.log', where: 'hub.log, base64', wrong: 'leaked' },
    ]);
  }, 180_000);
});
