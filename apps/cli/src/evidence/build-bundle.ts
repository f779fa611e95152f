import { COMPARTMENTS, PURPOSES } from '@tripoint/domain';
import { LARGEST_BUNDLE } from '@tripoint/evidence';
import { isItemId } from '@tripoint/kernel';
import { atDoor, DOOR_OPTIONS } from '../at-door.js';
import { type Command, UsageError } from '../command.js';

import { code, optionsOf, required } from '../federation/arguments.js';
import { intoNewFile } from '../into-new-file.js';

/** Has an agency's door build a bundle. */
export const buildBundle: Command = {
  summary: 'take an item out of an agency, for a court',
  usage: [
    'tripoint evidence build --door URL --officer ID --item ID --compartment WORD … --purpose CODE --out FILE',
    '                        [--keys] [--legal-basis TEXT] [--text TEXT]',
    '',
    '  --door URL          the agency’s front door; the officer’s password is asked for, or taken from TRIPOINT_OFFICER_PASSWORD',
    '  --compartment WORD  a part that goes into the bundle; once for each. Nothing is said of the others',
    '  --keys              the session keys of these parts go along: whoever has the bundle reads them, for good',
    '  --out FILE          where the bundle goes; nothing there is replaced',
    '',
    'The agency records who took what and why before it answers.',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...DOOR_OPTIONS,
      item: { type: 'string' },
      compartment: { type: 'string', multiple: true, default: [] as string[] },
      purpose: { type: 'string' },
      'legal-basis': { type: 'string' },
      text: { type: 'string' },
      keys: { type: 'boolean', default: false },
      out: { type: 'string' },
    });
    const item = required('item', values.item);
    if (!isItemId(item)) throw new UsageError('bad-arguments', '--item is the id of an item');
    const compartments = values.compartment.map((one) => code('compartment', one, COMPARTMENTS));
    if (compartments.length === 0)
      throw new UsageError('bad-arguments', '--compartment is missing');
    const purpose = code('purpose', required('purpose', values.purpose), PURPOSES);
    const out = required('out', values.out);
    await intoNewFile(out, () =>
      atDoor(values, surroundings, LARGEST_BUNDLE, async (door) => ({
        bytes: await door.post(
          'evidence',
          { item, compartments, keys: values.keys },
          {
            'tripoint-purpose': purpose,
            ...(values.text === undefined
              ? {}
              : { 'tripoint-purpose-text': encodeURIComponent(values.text) }),
            ...(values['legal-basis'] === undefined
              ? {}
              : { 'tripoint-legal-basis': values['legal-basis'] }),
          },
        ),
        answer: undefined,
      })),
    );
    surroundings.out(`${out} verifies with: tripoint evidence verify ${out} --anchor … --policy …`);
    return 0;
  },
};
