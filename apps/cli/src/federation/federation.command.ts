import { readGiven, readPassphrase } from '@tripoint/adapters/keys';
import { OpenPgpJs, sha256 } from '@tripoint/envelope';
import {
  AGENCY_KINDS,
  CLEARANCES,
  DIRECTIVE_CLOCKS,
  isInCustody,
  type LocalName,
  ONWARD_TRANSFERS,
  REVOCATION_REASONS,
  type RegistryCode,
  UNFREEZE_REASONS,
} from '@tripoint/federation';
import { type Instant, isRefusal, type Refusal } from '@tripoint/kernel';
import { type Command, type ExitCode, type Surroundings, UsageError } from '../command.js';
import { dispatch } from '../dispatch.js';
import { enrol, makeKeys, openChain } from './agencies.js';
import {
  agencyId,
  CEREMONY_OPTIONS,
  CEREMONY_USAGE,
  chainId,
  code,
  count,
  duration,
  fingerprint,
  optionsOf,
  required,
} from './arguments.js';
import {
  type Ceremony,
  type Proposed,
  propose,
  signPending,
  submitAll,
  withdrawPending,
} from './ceremony.js';
import { KEPT_SECONDS, retireEpoch, revoke, rotate } from './certificates.js';
import { parseClaim } from '../agency/claim.js';
import { initFederation } from './init.js';
import { rotateRoots } from './roots.js';
import { lines, show } from './show.js';

type CeremonyOptions = {
  readonly dir: string;
  readonly 'sign-with': readonly string[];
  readonly hub?: string | undefined;
};

const ceremony = async (
  { dir, 'sign-with': signWith, hub }: CeremonyOptions,
  { environment, now, fetch }: Surroundings,
): Promise<Ceremony> => {
  if (hub !== undefined && !URL.canParse(hub))
    throw new UsageError('bad-arguments', '--hub is a URL');
  return {
    openpgp: new OpenPgpJs(),
    dir,
    at: now(),
    signWith,
    passphrase: await readPassphrase(environment),
    hub,
    fetch,
  };
};

const report = (
  outcome: Proposed | Refusal<RegistryCode>,
  { out, err }: Surroundings,
): ExitCode => {
  if (isRefusal(outcome)) {
    err(`tripoint: ${outcome.refused}: ${outcome.detail}`);
    return 1;
  }
  const { path, seq, kind, signatures, registry, sent } = outcome;
  out(`statement ${seq}, ${kind}, ${signatures} signatures: ${path}`);
  if (registry === undefined)
    err('more roots have to sign: `tripoint federation sign --sign-with …`');
  else if (sent) out('the hub has it');
  return 0;
};

const AGENCY = { agency: { type: 'string' } } as const;

const init: Command = {
  summary: 'make root keys, the log’s key and the trust anchor',
  usage: [
    'tripoint federation init --name NAME [--dir FOLDER] [--roots 3] [--threshold 2] [--log-name NAME]',
    '',
    'Afterwards each root’s folder belongs on a medium of its holder, and primary.pgp off line.',
    'A passphrase for the keys is taken from TRIPOINT_KEY_PASSPHRASE or TRIPOINT_KEY_PASSPHRASE_FILE.',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      dir: CEREMONY_OPTIONS.dir,
      name: { type: 'string' },
      roots: { type: 'string', default: '3' },
      threshold: { type: 'string', default: '2' },
      'log-name': { type: 'string' },
    });
    const federation = required('name', values.name);
    const folder = await initFederation(new OpenPgpJs(), {
      dir: values.dir,
      federation,
      logName: values['log-name'] ?? `${federation}/log`,
      roots: count('roots', values.roots),
      threshold: count('threshold', values.threshold),
      at: surroundings.now(),
      passphrase: await readPassphrase(surroundings.environment),
    });
    surroundings.out(`federation ${federation} is founded in ${folder.path}`);
    surroundings.out(`log ${folder.anchor.log.vkey}`);
    return 0;
  },
};

const keys: Command = {
  summary: 'make an agency’s keys on a machine of its own',
  usage: [
    'tripoint federation keys --agency ID --dir FOLDER',
    '',
    'Only certificate.pgp leaves the machine; enrol and rotate take it with --certificate.',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, { ...AGENCY, dir: { type: 'string' } });
    const path = await makeKeys(
      {
        openpgp: new OpenPgpJs(),
        at: surroundings.now(),
        passphrase: await readPassphrase(surroundings.environment),
      },
      required('dir', values.dir),
      agencyId('agency', values.agency),
    );
    surroundings.out(`certificate: ${path}`);
    return 0;
  },
};

const EXPIRES_USAGE =
  '  --expires 365d     from when on nothing that it signs is accepted; default: never by time alone';

const expiry = (term: string | undefined, { now }: Surroundings): Instant | undefined =>
  term === undefined
    ? undefined
    : (new Date(Date.parse(now()) + duration('expires', term) * 1000).toISOString() as Instant);

const localName = (names: readonly string[]): LocalName =>
  Object.fromEntries(
    names.map((text) => {
      const [, language, name] = /^([a-z]{2})=(.+)$/su.exec(text.normalize('NFC')) ?? [];
      if (language === undefined || name === undefined)
        throw new UsageError('bad-arguments', '--name is a language and a name: en=Customs Agency');
      return [language, name.trim()];
    }),
  );

const enrolCommand: Command = {
  summary: 'enrol an agency',
  usage: [
    'tripoint federation enrol --agency ID --name LANGUAGE=NAME … --kind KIND --state CC [options]',
    '',
    `  --kind             ${AGENCY_KINDS.join(' ')}`,
    `  --clearance        ${CLEARANCES.join(' ')} (default: UNCLASSIFIED)`,
    '  --chain ID         default: <agency>-1; may be given several times',
    '  --certificate FILE made by the agency itself; default: the keys in the folder, made if missing',
    EXPIRES_USAGE,
    CEREMONY_USAGE,
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...CEREMONY_OPTIONS,
      ...AGENCY,
      name: { type: 'string', multiple: true },
      kind: { type: 'string' },
      state: { type: 'string' },
      clearance: { type: 'string', default: 'UNCLASSIFIED' },
      chain: { type: 'string', multiple: true },
      certificate: { type: 'string' },
      expires: { type: 'string' },
    });
    const agency = {
      id: agencyId('agency', values.agency),
      name: localName(values.name ?? []),
      kind: code('kind', required('kind', values.kind), AGENCY_KINDS),
      state: required('state', values.state),
      clearance: code('clearance', values.clearance, CLEARANCES),
    };
    const chains = (values.chain ?? []).map((chain) => chainId('chain', chain));
    const { certificate } = values;
    const expires = expiry(values.expires, surroundings);
    return report(
      await enrol(await ceremony(values, surroundings), { agency, chains, certificate, expires }),
      surroundings,
    );
  },
};

const rotateCommand: Command = {
  summary: 'register an agency’s next certificate',
  usage: [
    'tripoint federation rotate --agency ID [options]',
    '',
    'Adds the encryption subkey of the next epoch. What was sealed to the old one still opens.',
    '  --replace          makes every key anew, as after a compromise',
    '  --certificate FILE made by the agency itself',
    '  --renew            the certificate in force again, with another term and no key anew',
    EXPIRES_USAGE,
    CEREMONY_USAGE,
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...CEREMONY_OPTIONS,
      ...AGENCY,
      replace: { type: 'boolean', default: false },
      renew: { type: 'boolean', default: false },
      certificate: { type: 'string' },
      expires: { type: 'string' },
    });
    const agency = agencyId('agency', values.agency);
    const { certificate, replace, renew } = values;
    if (renew && (replace || certificate !== undefined))
      throw new UsageError(
        'bad-arguments',
        '--renew keeps every key: no --replace or --certificate',
      );
    const expires = expiry(values.expires, surroundings);
    return report(
      await rotate(await ceremony(values, surroundings), {
        agency,
        certificate,
        replace,
        renew,
        expires,
      }),
      surroundings,
    );
  },
};

const revokeCommand: Command = {
  summary: 'end a certificate',
  usage: [
    'tripoint federation revoke (--agency ID | --fingerprint HEX) --reason REASON [options]',
    '',
    '  --reason           superseded: what it signed stays good; compromised: with --since;',
    '                     unknown: nothing that it signed is relied on',
    '  --since INDEX      the log’s index from which the key may have been in other hands',
    CEREMONY_USAGE,
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...CEREMONY_OPTIONS,
      ...AGENCY,
      fingerprint: { type: 'string' },
      reason: { type: 'string' },
      since: { type: 'string' },
    });
    if ((values.agency === undefined) === (values.fingerprint === undefined))
      throw new UsageError('bad-arguments', 'name --agency or --fingerprint, and not both');
    const reason = code('reason', required('reason', values.reason), REVOCATION_REASONS);
    if ((values.since === undefined) === (reason === 'compromised'))
      throw new UsageError('bad-arguments', '--since goes with compromised, and only with it');
    return report(
      await revoke(await ceremony(values, surroundings), {
        key:
          values.fingerprint === undefined
            ? { agency: agencyId('agency', values.agency) }
            : fingerprint('fingerprint', values.fingerprint),
        reason,
        since: values.since === undefined ? undefined : count('since', values.since),
      }),
      surroundings,
    );
  },
};

const retireEpochCommand: Command = {
  summary: 'let nothing be wrapped to an agency’s old encryption subkey any more',
  usage: [
    'tripoint federation retire-epoch --agency ID [options]',
    '',
    'When the next epoch has been in force long enough for everybody to have heard of it. From this statement’s leaf on',
    'the agency’s projector re-makes what is wrapped to the old subkey; `tripoint agency destroy-epoch` ends it.',
    '  --subkey HEX       default: the newest but the one in force',
    '  --keep 14d         how long the secret is kept at the least, in the log’s time',
    CEREMONY_USAGE,
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...CEREMONY_OPTIONS,
      ...AGENCY,
      subkey: { type: 'string' },
      keep: { type: 'string' },
    });
    return report(
      await retireEpoch(await ceremony(values, surroundings), {
        agency: agencyId('agency', values.agency),
        subkey: values.subkey === undefined ? undefined : fingerprint('subkey', values.subkey),
        keepSeconds: values.keep === undefined ? KEPT_SECONDS : duration('keep', values.keep),
      }),
      surroundings,
    );
  },
};

const epochDestroyed: Command = {
  summary: 'state that an agency has destroyed a retired subkey',
  usage: [
    'tripoint federation epoch-destroyed --claim FILE [options]',
    '',
    '  --claim FILE       the agency’s signed word, as `tripoint agency destroy-epoch` wrote it',
    CEREMONY_USAGE,
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, { ...CEREMONY_OPTIONS, claim: { type: 'string' } });
    const claim = parseClaim(await readGiven(required('claim', values.claim)));
    if (claim === undefined) throw new UsageError('bad-arguments', '--claim is not a claim');
    return report(
      await propose(await ceremony(values, surroundings), { kind: 'epoch-destroyed', ...claim }),
      surroundings,
    );
  },
};

const attest: Command = {
  summary: 'attest that what the log has of an agency is its own word',
  usage: [
    'tripoint federation attest --agency ID --from INDEX --through INDEX [options]',
    '',
    'Weekly, once the agency has looked through what it is said to have said: a compromise that is found later cannot be dated',
    'before that. After a compromise, leaf by leaf, what was in doubt and is the agency’s own is taken out of doubt.',
    CEREMONY_USAGE,
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...CEREMONY_OPTIONS,
      ...AGENCY,
      from: { type: 'string' },
      through: { type: 'string' },
    });
    const from = count('from', required('from', values.from));
    const through = count('through', required('through', values.through));
    if (from > through)
      throw new UsageError('bad-arguments', `--from ${from} is behind --through ${through}`);
    return report(
      await propose(await ceremony(values, surroundings), {
        kind: 'history-attested',
        agency: agencyId('agency', values.agency),
        from,
        through,
      }),
      surroundings,
    );
  },
};

const openChainCommand: Command = {
  summary: 'open an agency’s next chain, as after a restore',
  usage: ['tripoint federation open-chain --agency ID [options]', '', CEREMONY_USAGE].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, { ...CEREMONY_OPTIONS, ...AGENCY });
    const agency = agencyId('agency', values.agency);
    return report(await openChain(await ceremony(values, surroundings), agency), surroundings);
  },
};

const unfreeze: Command = {
  summary: 'let a chain that forked go on',
  usage: [
    'tripoint federation unfreeze --chain ID --reason REASON --hub URL [options]',
    '',
    `  --reason           ${UNFREEZE_REASONS.join(' ')}`,
    CEREMONY_USAGE,
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...CEREMONY_OPTIONS,
      chain: { type: 'string' },
      reason: { type: 'string' },
    });
    const chain = chainId('chain', values.chain);
    if (values.hub === undefined)
      throw new UsageError('bad-arguments', '--hub is missing: only a hub knows what is frozen');
    const reason = code('reason', required('reason', values.reason), UNFREEZE_REASONS);
    return report(
      await propose(await ceremony(values, surroundings), {
        kind: 'chain-unfrozen',
        chain,
        reason,
      }),
      surroundings,
    );
  },
};

const suspension = (kind: 'agency-suspended' | 'agency-reinstated'): Command => {
  const word = kind === 'agency-suspended' ? 'suspend' : 'reinstate';
  return {
    summary:
      word === 'suspend' ? 'accept nothing more from an agency' : 'accept an agency’s word again',
    usage: [`tripoint federation ${word} --agency ID [options]`, '', CEREMONY_USAGE].join('\n'),
    run: async (args, surroundings) => {
      const values = optionsOf(args, { ...CEREMONY_OPTIONS, ...AGENCY });
      const agency = agencyId('agency', values.agency);
      return report(
        await propose(await ceremony(values, surroundings), { kind, agency }),
        surroundings,
      );
    },
  };
};

const pair: Command = {
  summary: 'set down what two agencies have agreed',
  usage: [
    'tripoint federation pair --a ID --b ID [options]',
    '',
    '  --urgent-direct 8h, --urgent-indirect 3d, --routine 7d: how long an answer may take',
    '  --grace 1h         how long a receipt may take before the clock starts without it',
    '  --forbid           nothing passes between the two',
    `  --ceiling          ${CLEARANCES.join(' ')} (default: R-UE/EU-R)`,
    `  --onward           ${ONWARD_TRANSFERS.join(' ')} (default: WITH_AUTHORISATION)`,
    CEREMONY_USAGE,
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...CEREMONY_OPTIONS,
      a: { type: 'string' },
      b: { type: 'string' },
      'urgent-direct': { type: 'string' },
      'urgent-indirect': { type: 'string' },
      routine: { type: 'string' },
      grace: { type: 'string' },
      forbid: { type: 'boolean', default: false },
      ceiling: { type: 'string', default: 'R-UE/EU-R' },
      onward: { type: 'string', default: 'WITH_AUTHORISATION' },
    });
    const clock = (name: string, text: string | undefined, otherwise: number): number =>
      text === undefined ? otherwise : duration(name, text);
    const [a, b] = [agencyId('a', values.a), agencyId('b', values.b)].sort();
    if (a === undefined || b === undefined || a === b)
      throw new UsageError('bad-arguments', '--a and --b are two agencies');
    const directive = DIRECTIVE_CLOCKS;
    return report(
      await propose(await ceremony(values, surroundings), {
        kind: 'pair-agreed',
        a,
        b,
        clocks: {
          urgentDirect: clock('urgent-direct', values['urgent-direct'], directive.urgentDirect),
          urgentIndirect: clock(
            'urgent-indirect',
            values['urgent-indirect'],
            directive.urgentIndirect,
          ),
          routine: clock('routine', values.routine, directive.routine),
          grace: clock('grace', values.grace, directive.grace),
        },
        transfer: {
          permitted: !values.forbid,
          ceiling: code('ceiling', values.ceiling, CLEARANCES),
          onward: code('onward', values.onward, ONWARD_TRANSFERS),
        },
      }),
      surroundings,
    );
  },
};

const custody: Command = {
  summary: 'put a share of each session key into the hands of custodians',
  usage: [
    'tripoint federation custody --custodian ID … --threshold K --compartment NAME … [options]',
    '',
    'From the leaf of this statement on, authors entrust each custodian with one share of the keys of these compartments;',
    'K of them together open an event that was ordered to be disclosed. Nothing that was said before is in custody.',
    CEREMONY_USAGE,
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...CEREMONY_OPTIONS,
      custodian: { type: 'string', multiple: true },
      threshold: { type: 'string' },
      compartment: { type: 'string', multiple: true },
    });
    const custodians = (values.custodian ?? []).map((id) => agencyId('custodian', id));
    const threshold = count('threshold', required('threshold', values.threshold));
    if (new Set(custodians).size !== custodians.length || custodians.length < 2)
      throw new UsageError(
        'bad-arguments',
        '--custodian names two agencies at the least, once each',
      );
    if (threshold < 2 || threshold > custodians.length)
      throw new UsageError('bad-arguments', '--threshold is 2 to the number of custodians');
    const compartments = [...new Set(values.compartment ?? [])].sort();
    const never = compartments.find((name) => !isInCustody(name));
    if (compartments.length === 0 || never !== undefined)
      throw new UsageError(
        'bad-arguments',
        never === undefined
          ? '--compartment is missing: once for each'
          : `--compartment ${never}: core, legal and shares themselves are in nobody’s custody, and a name is lower-case letters, digits and hyphens`,
      );
    return report(
      await propose(await ceremony(values, surroundings), {
        kind: 'custody-agreed',
        custodians: custodians.toSorted(),
        threshold,
        compartments,
      }),
      surroundings,
    );
  },
};

const activatePolicy: Command = {
  summary: 'put a policy bundle into force',
  usage: [
    'tripoint federation activate-policy --bundle FILE [options]',
    '',
    'Two different roots sign at the least.',
    CEREMONY_USAGE,
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, { ...CEREMONY_OPTIONS, bundle: { type: 'string' } });
    const bundle = await readGiven(required('bundle', values.bundle));
    return report(
      await propose(
        await ceremony(values, surroundings),
        { kind: 'policy-activated', bundle: sha256(bundle) },
        bundle,
      ),
      surroundings,
    );
  },
};

const rotateRootsCommand: Command = {
  summary: 'put other roots into office',
  usage: [
    'tripoint federation rotate-roots --root NAME … --threshold K [options]',
    '',
    'Names all roots to come, those that stay included. Enough of the old and of the new ones sign.',
    CEREMONY_USAGE,
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...CEREMONY_OPTIONS,
      root: { type: 'string', multiple: true },
      threshold: { type: 'string' },
    });
    const roots = values.root ?? [];
    if (roots.length === 0 || !roots.every((name) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)))
      throw new UsageError('bad-arguments', '--root is a lower-case name, once for each root');
    const threshold = count('threshold', required('threshold', values.threshold));
    if (threshold < 1 || threshold > roots.length)
      throw new UsageError('bad-arguments', '--threshold is 1 to the number of roots');
    return report(
      await rotateRoots(await ceremony(values, surroundings), { roots, threshold }),
      surroundings,
    );
  },
};

const sign: Command = {
  summary: 'add signatures to the statement that lacks them',
  usage: ['tripoint federation sign --sign-with ROOT … [options]', '', CEREMONY_USAGE].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, CEREMONY_OPTIONS);
    if (values['sign-with'].length === 0)
      throw new UsageError('bad-arguments', '--sign-with is missing');
    const outcome = await signPending(await ceremony(values, surroundings));
    if (outcome !== undefined) return report(outcome, surroundings);
    surroundings.err('no statement lacks signatures');
    return 0;
  },
};

const withdraw: Command = {
  summary: 'take back the statement that lacks signatures',
  usage: [
    'tripoint federation withdraw [--hub URL] [--dir FOLDER]',
    '',
    'No log has it yet: whoever keeps the folder drops it, without any root. Roots that hold a copy, signed or not, drop theirs as well;',
    'a copy that is completed and sent takes its place in the log, and --hub asks whether one has.',
    'Keys that were made for it stay in the folder, and are registered by the next `rotate` or `enrol`.',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, { dir: CEREMONY_OPTIONS.dir, hub: CEREMONY_OPTIONS.hub });
    const { out, err } = surroundings;
    const withdrawn = await withdrawPending(
      await ceremony({ ...values, 'sign-with': [] }, surroundings),
    );
    if (isRefusal(withdrawn)) {
      err(`tripoint: ${withdrawn.refused}: ${withdrawn.detail}`);
      return 1;
    }
    out(`statement ${withdrawn.seq}, ${withdrawn.kind}, is taken back`);
    return 0;
  },
};

const submit: Command = {
  summary: 'send the statements to a hub',
  usage: [
    'tripoint federation submit --hub URL [--from 0] [--dir FOLDER]',
    '',
    'A hub that has a statement already takes no harm from it. Ends with 1 where a statement lacks signatures, and is not sent.',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...CEREMONY_OPTIONS,
      from: { type: 'string', default: '0' },
    });
    required('hub', values.hub);
    const from = count('from', values.from);
    const { taken, held, unsigned } = await submitAll(await ceremony(values, surroundings), from);
    surroundings.out(`the hub took ${taken} statements, and had ${held} already`);
    if (unsigned)
      surroundings.err(
        'one more statement lacks signatures and was not sent: `tripoint federation sign` completes it',
      );
    return unsigned ? 1 : 0;
  },
};

const showCommand: Command = {
  summary: 'say what the statements add up to',
  usage: 'tripoint federation show [--dir FOLDER] [--json]',
  run: async (args, { out }) => {
    const values = optionsOf(args, {
      dir: CEREMONY_OPTIONS.dir,
      json: { type: 'boolean', default: false },
    });
    const shown = await show({ openpgp: new OpenPgpJs(), dir: values.dir });
    out(values.json ? JSON.stringify(shown, null, 2) : lines(shown).join('\n'));
    return 0;
  },
};

/** `tripoint federation …`: founding a federation, and every statement of its registry. */
export const federation = dispatch('tripoint federation', 'found and govern a federation', {
  init,
  keys,
  enrol: enrolCommand,
  rotate: rotateCommand,
  'retire-epoch': retireEpochCommand,
  'epoch-destroyed': epochDestroyed,
  revoke: revokeCommand,
  attest,
  'open-chain': openChainCommand,
  unfreeze,
  suspend: suspension('agency-suspended'),
  reinstate: suspension('agency-reinstated'),
  pair,
  custody,
  'activate-policy': activatePolicy,
  'rotate-roots': rotateRootsCommand,
  sign,
  withdraw,
  submit,
  show: showCommand,
});
