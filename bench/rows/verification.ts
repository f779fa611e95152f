import { OpenPgpJs, pae, mediaType, parseChainEntry } from '@tripoint/envelope';
import { accepted } from '@tripoint/envelope/testing';
import { verifyLog } from '@tripoint/replay';
import { LittleFederation, LittleLog } from '@tripoint/replay/testing';
import { bareKeys, bareVerify } from '../bare.js';
import { race, type Scale, scaled } from '../measure.js';
import { Seeded } from '../seeded.js';
import { type Row } from '../table.js';

/**
 * A log of requests, verified whole from outside, against its signatures alone: as openpgp.js verifies them, and as the product does.
 * The floors are one worker each, which takes one signature after another; the product folds in one thread while others of the
 * pool verify what comes next.
 */
export const verificationRows = async (scale: Scale): Promise<readonly Row[]> => {
  const random = new Seeded('log');
  const federation = await LittleFederation.found();
  const log = await LittleLog.begin(federation);
  const begun = log.handed.length;
  const by = 'bg-gdbop';
  const to = 'gr-police';
  const events = scaled(scale, 2000);
  for (let at = 0; at < events; at += 1) {
    const facts = {
      opens: true,
      item: random.uuid<string>(),
      admits: [{ agency: federation.member(to).id, compartments: ['core', 'facts'] }],
      clock: 'issued',
      urgency: 'ROUTINE',
      access: 'DIRECT',
    };
    await log.event({
      by,
      exchange: random.uuid(),
      parts: [
        { compartment: 'core', to: [by, to], facts },
        { compartment: 'facts', to: [by, to] },
      ],
    });
  }
  const served = await log.served();
  const keys = await bareKeys(federation.member(by));
  const signatures = log.handed.slice(begun).map(({ source }) => {
    const entry = accepted(parseChainEntry(source!));
    if (entry.kind !== 'event') throw new Error('every source of this log is an event');
    return { statement: pae(mediaType('header'), entry.header), signature: entry.signature };
  });
  const openpgp = new OpenPgpJs();
  const certificate = accepted(await openpgp.certificate(federation.member(by).files.certificate));
  const took = await race(scale.rounds, {
    log: async () => {
      const { fault } = await verifyLog(served, federation.anchor, new OpenPgpJs());
      if (fault !== null) throw new Error(`${fault.code} at leaf ${fault.index}`);
      return served.handed.length;
    },
    signatures: async () => {
      for (const { statement, signature } of signatures)
        await bareVerify(statement, signature, keys);
      return signatures.length;
    },
    ownSignatures: async () => {
      for (const { statement, signature } of signatures)
        accepted(await openpgp.verify(statement, signature, certificate));
      return signatures.length;
    },
  });
  const row = {
    area: 'log',
    what: `verify a log of ${served.handed.length} leaves, leaves`,
    product: 1000 / took.log,
    unit: '/s',
  } as const;
  return [
    {
      ...row,
      floor: { what: 'openpgp.js on the signatures', value: 1000 / took.signatures },
      aim: { atLeast: 0.7 },
    },
    { ...row, floor: { what: 'OpenPgpJs on the signatures', value: 1000 / took.ownSignatures } },
  ];
};
