import { writeWhole } from '@tripoint/adapters/keys';
import { atDoor, DOOR_OPTIONS } from '../at-door.js';
import { type Command, UsageError } from '../command.js';
import { optionsOf, required } from '../federation/arguments.js';

const LARGEST_PROOF = 256 * 1024 * 1024;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Has an agency's door write what shows somebody else to whom one of its events was delivered. */
export const deliveries: Command = {
  summary: 'take out what proves to others to whom an event was delivered',
  usage: [
    'tripoint agency deliveries --door URL --officer ID --event EVENT --out FILE',
    '',
    '  --door URL     the agency’s front door; the password is asked for, or taken from TRIPOINT_OFFICER_PASSWORD',
    '  --event EVENT  the event’s id, as the console and `GET /submissions` show it',
    '  --out FILE     where it goes, as JSON: never what was said; nothing there is replaced',
    '',
    '`tripoint evidence delivered FILE` verifies it without a network.',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...DOOR_OPTIONS,
      event: { type: 'string' },
      out: { type: 'string' },
    });
    const event = required('event', values.event);
    if (!UUID.test(event)) throw new UsageError('bad-arguments', '--event is the id of an event');
    const out = required('out', values.out);
    const answer = await atDoor(values, surroundings, LARGEST_PROOF, (door) =>
      door.get(`events/${event}/deliveries`),
    );
    await writeWhole(out, answer, { secret: true, replace: false });
    const { proofs } = JSON.parse(answer.toString()) as { readonly proofs: readonly unknown[] };
    surroundings.out(`${proofs.length} countersignatures: ${out}`);
    return 0;
  },
};
