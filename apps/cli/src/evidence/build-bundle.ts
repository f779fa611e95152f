import { COMPARTMENTS, PURPOSES } from '@tripoint/domain';
import { LARGEST_BUNDLE } from '@tripoint/evidence';
import { HubError, isItemId } from '@tripoint/kernel';
import { writeFile } from 'node:fs/promises';
import { type Command, type Surroundings, UsageError } from '../command.js';
import { code, optionsOf, required } from '../federation/arguments.js';

const PATIENCE = 60_000;

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
      door: { type: 'string' },
      officer: { type: 'string' },
      item: { type: 'string' },
      compartment: { type: 'string', multiple: true, default: [] as string[] },
      purpose: { type: 'string' },
      'legal-basis': { type: 'string' },
      text: { type: 'string' },
      keys: { type: 'boolean', default: false },
      out: { type: 'string' },
    });
    const url = required('door', values.door);
    if (!URL.canParse(url)) throw new UsageError('bad-arguments', '--door is a URL');
    const item = required('item', values.item);
    if (!isItemId(item)) throw new UsageError('bad-arguments', '--item is the id of an item');
    const compartments = values.compartment.map((one) => code('compartment', one, COMPARTMENTS));
    if (compartments.length === 0)
      throw new UsageError('bad-arguments', '--compartment is missing');
    const purpose = code('purpose', required('purpose', values.purpose), PURPOSES);
    const out = required('out', values.out);
    const door = doorAt(url, surroundings);
    const officer = required('officer', values.officer);
    const { token } = await door.json('sessions', {
      officer,
      password: await passwordOf(officer, surroundings),
    });
    const session = { authorization: `Bearer ${String(token)}` };
    try {
      const answer = await door.post(
        'evidence',
        { item, compartments, keys: values.keys },
        {
          ...session,
          'tripoint-purpose': purpose,
          ...(values.text === undefined
            ? {}
            : { 'tripoint-purpose-text': encodeURIComponent(values.text) }),
          ...(values['legal-basis'] === undefined
            ? {}
            : { 'tripoint-legal-basis': values['legal-basis'] }),
        },
      );
      await writeFile(out, answer, { flag: 'wx', mode: 0o600 });
    } finally {
      await door.end(session);
    }
    surroundings.out(`${out} verifies with: tripoint evidence verify ${out} --anchor … --policy …`);
    return 0;
  },
};

const passwordOf = async (officer: string, { ask, environment }: Surroundings): Promise<string> => {
  const password =
    environment['TRIPOINT_OFFICER_PASSWORD'] ?? (await ask?.(`password of ${officer}: `));
  if (password === undefined || password === '')
    throw new UsageError('bad-arguments', 'nobody is there to be asked for the password');
  return password;
};

const doorAt = (url: string, { fetch }: Surroundings) => {
  const base = url.endsWith('/') ? url : `${url}/`;
  const send = async (path: string, init: RequestInit): Promise<Response> =>
    fetch(new URL(path, base), {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    }).catch((cause: unknown) => {
      throw new HubError('door-away', `${base} does not answer`, true, { cause });
    });
  const post = async (
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Buffer> => {
    const response = await send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw await refusalIn(response);
    if (Number(response.headers.get('content-length') ?? 0) > LARGEST_BUNDLE)
      throw new HubError('answer-too-large', 'the door sends more than any bundle is', false);
    return Buffer.from(await response.arrayBuffer());
  };
  return {
    post,
    json: async (path: string, body: unknown): Promise<Readonly<Record<string, unknown>>> =>
      JSON.parse((await post(path, body)).toString()) as Readonly<Record<string, unknown>>,
    // It ends by itself, too.
    end: async (headers: Readonly<Record<string, string>>): Promise<void> => {
      await send('sessions/current', { method: 'DELETE', headers }).catch(() => undefined);
    },
  };
};

/** What the door says no with, as it says it. */
const refusalIn = async (response: Response): Promise<HubError> => {
  const problem = (await response.json().catch(() => ({}))) as {
    readonly code?: unknown;
    readonly detail?: unknown;
  };
  const word = typeof problem.code === 'string' ? problem.code : 'door-not-understood';
  const detail =
    typeof problem.detail === 'string' ? problem.detail : `the door answers ${response.status}`;
  return new HubError(word, detail, response.status === 503);
};
