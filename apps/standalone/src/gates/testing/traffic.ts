import { createHash, randomUUID } from 'node:crypto';
import { type Command, type Statement } from '@tripoint/domain';
import {
  type AgencyId,
  type Digest,
  type ExchangeId,
  HubError,
  type Instant,
  isRefusal,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { SubmitCommand, type Submitted } from '../../../../agency/src/commands/index.js';
import { type Member } from './composition.js';

export const OFFICER = 'an.officer' as OfficerId;

/** A command with the key under which it may be repeated; plain data. */
export type Order = { readonly key: string; readonly decision: Command };

const now = (): Instant => new Date().toISOString() as Instant;

const heading = (from: AgencyId) => ({
  item: randomUUID() as ItemId,
  exchange: randomUUID() as ExchangeId,
  by: { agency: from, officer: OFFICER },
  at: now(),
});

/** A question to another agency, in an exchange of its own. */
export const request = (from: AgencyId, to: AgencyId, text: string): Order => ({
  key: randomUUID(),
  decision: {
    ...heading(from),
    type: 'IssueRequest',
    data: {
      to,
      urgency: 'ROUTINE',
      access: 'DIRECT',
      marking: { classification: 'BPL', handling: ['H2'] },
      facts: {
        sought: text,
        purpose: 'PREVENTION',
        offence: 'trafficking in human beings',
        availability: 'it was seen on the road to the crossing',
        necessity: 'nobody else could have seen it',
        language: 'en',
        entities: [],
      },
    },
  },
});

/** What an agency shares of its own accord, in an exchange of its own; `source` stays with the agency. */
export const contribution = (
  from: AgencyId,
  to: AgencyId,
  text: string,
  more: { readonly source?: string; readonly entities?: Statement['entities'] } = {},
): Order => ({
  key: randomUUID(),
  decision: {
    ...heading(from),
    type: 'ShareContribution',
    data: {
      to,
      marking: { classification: 'BPL', handling: [] },
      facts: { text, language: 'en', statement: 'FACT', entities: more.entities ?? [] },
      ...(more.source === undefined ? {} : { source: { text: more.source } }),
    },
  },
});

/** Gives the order, again and again while it may be repeated. A refusal is for the caller to see. */
export const give = async (member: Member, { key, decision }: Order): Promise<Submitted> => {
  const digest = createHash('sha256').update(JSON.stringify(decision)).digest('hex') as Digest;
  const command = new SubmitCommand(decision, {
    identity: { officer: OFFICER, key, request: digest },
  });
  for (;;) {
    try {
      const outcome = await member.commands.execute(command);
      if (isRefusal(outcome)) throw new Error(`${outcome.refused}: ${outcome.detail}`);
      return outcome;
    } catch (thrown) {
      if (!(thrown instanceof HubError) || !thrown.retriable) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
};
