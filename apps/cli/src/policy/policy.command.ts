import { writeWhole } from '@tripoint/adapters/keys';
import { RETENTION_CLASSES } from '@tripoint/domain';
import { isRefusal } from '@tripoint/kernel';
import { firstSources, publishBundle, type RetentionTerm } from '@tripoint/policy';
import { type Command, UsageError } from '../command.js';
import { dispatch } from '../dispatch.js';
import { duration, optionsOf, required } from '../federation/arguments.js';

const bundle: Command = {
  summary: 'write the rules that this version brings, as a bundle',
  usage: [
    'tripoint policy bundle --out FILE [--keep CLASS=DAYS …]        or CLASS=60s, CLASS=8h, to see a term end',
    '',
    'With `--keep`, what is said under the rules and is of that class is forgotten everywhere after so long, without',
    'anybody’s order; what is of no class named is kept.',
    `  CLASS              ${RETENTION_CLASSES.join(' ')}, as of which agencies say everything`,
    'They are in force for nobody until the roots have signed: `tripoint federation activate-policy --bundle FILE`.',
  ].join('\n'),
  run: async (args, { out }) => {
    const values = optionsOf(args, {
      out: { type: 'string' },
      keep: { type: 'string', multiple: true, default: [] as string[] },
    });
    const path = required('out', values.out);
    const retention = values.keep.map(termOf);
    const made = publishBundle({ ...firstSources, ...(retention.length > 0 && { retention }) });
    if (isRefusal(made)) throw new UsageError('bad-arguments', made.reasons.join('; '));
    const { bytes, digest } = made;
    await writeWhole(path, bytes, { secret: false, replace: false });
    out(`bundle ${digest}: ${path}`);
    return 0;
  },
};

/** What follows `--keep`. */
const termOf = (text: string): RetentionTerm => {
  const [, retention = '', term] =
    /^([A-Z0-9][A-Z0-9./+-]{0,31})=([1-9]\d{0,4}[smhd]?)$/.exec(text) ?? [];
  // A term of a class as which nobody says anything would look like one, and have nothing forgotten.
  const [misspelt] = /^[^=]+(?==)/.exec(text) ?? [];
  if (misspelt !== undefined && !RETENTION_CLASSES.some((name) => name === misspelt))
    throw new UsageError(
      'bad-arguments',
      `--keep ${text}: nothing is said as of that class; there is ${RETENTION_CLASSES.join(' ')}`,
    );
  if (term === undefined)
    throw new UsageError('bad-arguments', `\`${text}\` is not a class and a number of days`);
  return { retention, seconds: duration('keep', /\d$/.test(term) ? `${term}d` : term) };
};

/** `tripoint policy …`: the rules of who may know. */
export const policy = dispatch('tripoint policy', 'the rules of who may know', { bundle });
