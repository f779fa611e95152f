#!/usr/bin/env node
import { type Instant } from '@tripoint/kernel';
import { askHidden } from './ask.js';
import { agency } from './agency/agency.command.js';
import { bus } from './bus/bus.command.js';
import { database } from './database/database.command.js';
import { demo } from './demo/demo.command.js';
import { dispatch, runCommand } from './dispatch.js';
import { evidence } from './evidence/evidence.command.js';
import { federation } from './federation/federation.command.js';
import { ledger } from './ledger/ledger.command.js';
import { officer } from './officer/officer.command.js';
import { oversight } from './oversight/oversight.command.js';
import { policy } from './policy/policy.command.js';
import { replay } from './verify/replay.command.js';
import { verify } from './verify/verify.command.js';
import { witness } from './witness/witness.command.js';

const tripoint = dispatch('tripoint', 'exchange of case information, from the command line', {
  agency,
  bus,
  database,
  demo,
  evidence,
  federation,
  ledger,
  officer,
  oversight,
  policy,
  replay,
  verify,
  witness,
});

process.exitCode = await runCommand(tripoint, process.argv.slice(2), {
  out: (line) => {
    console.log(line);
  },
  err: (line) => {
    console.error(line);
  },
  environment: process.env,
  now: () => new Date().toISOString() as Instant,
  fetch,
  ask: askHidden,
});
