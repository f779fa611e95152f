import { writeWhole } from '@tripoint/adapters/keys';
import { firstBundle } from '@tripoint/policy';
import { type Command } from '../command.js';
import { dispatch } from '../dispatch.js';
import { optionsOf, required } from '../federation/arguments.js';

const bundle: Command = {
  summary: 'write the rules that this version brings, as a bundle',
  usage: [
    'tripoint policy bundle --out FILE',
    '',
    'They are in force for nobody until the roots have signed: `tripoint federation activate-policy --bundle FILE`.',
  ].join('\n'),
  run: async (args, { out }) => {
    const values = optionsOf(args, { out: { type: 'string' } });
    const path = required('out', values.out);
    const { bytes, digest } = firstBundle();
    await writeWhole(path, bytes, { secret: false, replace: false });
    out(`bundle ${digest}: ${path}`);
    return 0;
  },
};

/** `tripoint policy …`: the rules of who may know. */
export const policy = dispatch('tripoint policy', 'the rules of who may know', { bundle });
