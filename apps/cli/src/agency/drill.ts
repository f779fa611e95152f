import { randomUUID } from 'node:crypto';
import { isEventId } from '@tripoint/kernel';
import { atDoor, DOOR_OPTIONS } from '../at-door.js';
import { type Command, UsageError } from '../command.js';
import { agencyId, optionsOf, required } from '../federation/arguments.js';

const LARGEST_ANSWER = 1024 * 1024;
const DAY = 24 * 60 * 60 * 1000;

type Submitted = {
  readonly item: string;
  readonly events: readonly { readonly event: string }[];
  readonly proposal?: string;
};

/** Has custodians tried: one agency says noise, another has it disclosed. */
export const drill: Command = {
  summary: 'try whether custodians could disclose something, on noise',
  usage: [
    'tripoint agency drill --door URL --officer ID',
    'tripoint agency drill --door URL --officer ID --event EVENT --beneficiary AGENCY --compartment NAME …',
    '',
    'Without --event the agency says noise, to nobody, with shares of its keys in custody, and prints the event’s id.',
    'With it another agency, whose door this is, orders that noise to be disclosed to itself, for a day. Custodians answer as they',
    'do to any order. Its node shows in the log the key that the shares gave, which is the key of noise: that proves it.',
    '',
    '  --event EVENT       what the first form printed, at another agency',
    '  --beneficiary ID    the agency whose door this is',
    '  --compartment NAME  each that is in custody',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...DOOR_OPTIONS,
      event: { type: 'string' },
      beneficiary: { type: 'string' },
      compartment: { type: 'string', multiple: true, default: [] as string[] },
    });
    const key = { 'idempotency-key': randomUUID() };
    const { event } = values;
    if (event === undefined) {
      const said = await atDoor(values, surroundings, LARGEST_ANSWER, async (door) =>
        submitted(await door.post('disclosures/drills', {}, key)),
      );
      surroundings.out(`event ${said.events[0]?.event ?? ''}: noise, sealed and on its way`);
      return 0;
    }
    if (!isEventId(event)) throw new UsageError('bad-arguments', '--event is the id of an event');
    const { compartment: compartments } = values;
    if (compartments.length === 0)
      throw new UsageError('bad-arguments', '--compartment is missing');
    const order = {
      event,
      compartments,
      beneficiary: agencyId('beneficiary', required('beneficiary', values.beneficiary)),
      ground: 'DRILL',
      until: new Date(Date.parse(surroundings.now()) + DAY - 60_000).toISOString(),
      emergency: true,
    };
    const ordered = await atDoor(values, surroundings, LARGEST_ANSWER, async (door) =>
      submitted(await door.post('disclosures', order, key)),
    );
    surroundings.out(
      ordered.proposal === undefined
        ? `drill ${ordered.item} is ordered: custodians answer it as any order`
        : `drill ${ordered.item} is proposed: another officer confirms proposal ${ordered.proposal}`,
    );
    return 0;
  },
};

const submitted = (answer: Buffer): Submitted => JSON.parse(answer.toString()) as Submitted;
