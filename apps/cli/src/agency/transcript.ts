import { atDoor, DOOR_OPTIONS } from '../at-door.js';
import { type Command } from '../command.js';
import { optionsOf, required } from '../federation/arguments.js';
import { intoNewFile } from '../into-new-file.js';
import { ABOUT_OPTIONS, ABOUT_USAGE, subjectsIn } from './subjects.js';

const LARGEST_TRANSCRIPT = 64 * 1024 * 1024;

/** Has an agency's door write what it can tell somebody who asks about themselves. */
export const transcript: Command = {
  summary: 'tell a data subject who heard of them, and who read it here and why',
  usage: [
    'tripoint agency transcript --door URL --officer ID --about EXCHANGE[/ITEM] … --out FILE [--legal-basis TEXT] [--text TEXT]',
    '',
    '  --door URL               the agency’s front door, where the officer has the role DATA_PROTECTION_OFFICER;',
    '                           the password is asked for, or taken from TRIPOINT_OFFICER_PASSWORD',
    ABOUT_USAGE,
    '  --out FILE               where it goes, as JSON: never what was said; nothing there is replaced',
    '',
    'Where somebody is named, a search at the door says (`POST /search`, purpose DATA_SUBJECT_REQUEST). That a transcript was made',
    'is on record as a read, before it is given.',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...DOOR_OPTIONS,
      ...ABOUT_OPTIONS,
      'legal-basis': { type: 'string' },
      text: { type: 'string' },
      out: { type: 'string' },
    });
    const about = subjectsIn(values.about);
    const out = required('out', values.out);
    const { text, 'legal-basis': basis } = values;
    const answer = await intoNewFile(out, () =>
      atDoor(values, surroundings, LARGEST_TRANSCRIPT, async (door) => {
        const bytes = await door.post(
          'transcripts',
          { about },
          {
            'tripoint-purpose': 'DATA_SUBJECT_REQUEST',
            ...(text === undefined ? {} : { 'tripoint-purpose-text': encodeURIComponent(text) }),
            ...(basis === undefined ? {} : { 'tripoint-legal-basis': basis }),
          },
        );
        return { bytes, answer: bytes };
      }),
    );
    const { said, reads } = JSON.parse(answer.toString()) as {
      readonly said: readonly unknown[];
      readonly reads: readonly { readonly path?: string }[];
    };
    const proven = reads.filter(({ path }) => path !== undefined).length;
    surroundings.out(
      `${said.length} events, ${reads.length} reads, ${proven} of them under the published root: ${out}`,
    );
    return 0;
  },
};
