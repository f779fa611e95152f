import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type SecretKey, signStatement } from '@tripoint/envelope';
import { type Digest, isDigest } from '@tripoint/kernel';
import {
  COUNTERSIGNATURE,
  formatMailboxEnd,
  formatSubmission,
  mailboxEndDigest,
  submissionsTopic,
} from '@tripoint/ledger';
import { AgencyOptions } from '../agency.options.js';

/** Signs what this agency's mailbox held before a leaf of heads. One that is lost is made up for by the next. */
@Injectable()
export class Countersigner {
  constructor(private readonly agency: AgencyOptions) {}

  /** `body` is what the projector has written; nothing is signed that is not of its form. */
  async sign(body: Readonly<Record<string, unknown>>, key: SecretKey): Promise<void> {
    const { agency, bus, now, openpgp } = this.agency;
    const { leaf, leafHash, number, head } = body;
    const wellFormed = isCount(leaf) && isDigest(leafHash) && isCount(number) && isDigest(head);
    if (!wellFormed) return;
    const salt = randomBytes(32).toString('hex') as Digest;
    const mailbox = formatMailboxEnd({ v: 1, salt, number, head });
    const { bytes, signature } = await signStatement(
      openpgp,
      COUNTERSIGNATURE,
      {
        v: 1,
        agency,
        leaf,
        leafHash,
        mailbox: mailboxEndDigest(mailbox),
        at: new Date(now()).toISOString(),
      },
      key,
    );
    const value = formatSubmission({ kind: 'countersign', body: bytes, signature, mailbox });
    await bus.publish(submissionsTopic(agency), [{ value }]);
  }
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;
