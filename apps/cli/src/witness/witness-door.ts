import { HubError } from '@tripoint/kernel';
import { UsageError } from '../command.js';

const PATIENCE_MS = 20_000;
/** Three notes of the largest kind, which is what evidence can hold at most. */
const MAX_BYTES = 1 << 20;
const NAME = /^[0-9a-f]{64}$/;

/** What a witness shows of evidence over HTTP. Nothing of it is believed: whoever takes it opens it. */
export class WitnessDoor {
  readonly #base: URL;

  /** @throws {UsageError} for an address that is none */
  constructor(
    url: string,
    private readonly fetch: typeof globalThis.fetch,
  ) {
    if (!URL.canParse(url)) throw new UsageError('bad-arguments', '--witness: not an address');
    this.#base = new URL(url.endsWith('/') ? url : `${url}/`);
  }

  async names(): Promise<readonly string[]> {
    const lines = Buffer.from(await this.#asked('evidence'))
      .toString()
      .split('\n')
      .slice(0, -1);
    if (!lines.every((line) => NAME.test(line)))
      throw new HubError('witness-garbled', 'what the witness answers is no list of names', false);
    return lines;
  }

  evidence(name: string): Promise<Uint8Array> {
    return this.#asked(`evidence/${name}`);
  }

  /** Hands it over, and answers the name under which it is kept. */
  async bring(bytes: Uint8Array): Promise<string> {
    const body = new Uint8Array(bytes);
    const name = Buffer.from(await this.#asked('evidence', { method: 'POST', body })).toString();
    if (!NAME.test(name.trim()))
      throw new HubError('witness-garbled', 'what the witness answers is no name', false);
    return name.trim();
  }

  async #asked(path: string, request: RequestInit = {}): Promise<Uint8Array> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      const response = await this.fetch(new URL(path, this.#base), { ...request, signal });
      const bytes = await readAtMost(response);
      if (!response.ok)
        throw new HubError(
          'witness-refused',
          `the witness answers ${response.status}${reasonIn(bytes)}`,
          false,
        );
      return bytes;
    } catch (thrown) {
      if (thrown instanceof HubError) throw thrown;
      throw new HubError('witness-away', 'the witness does not answer', true, { cause: thrown });
    }
  }
}

const readAtMost = async ({ body }: Response): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > MAX_BYTES)
      throw new HubError('witness-garbled', 'the witness answers too much', false);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** A line in which the witness says why; it may be anybody's, and is shown only as what it can say. */
const reasonIn = (bytes: Buffer): string => {
  const [, line] = /^([^\p{C}]{1,300})\n?$/u.exec(bytes.toString()) ?? [];
  return line === undefined ? '' : `: ${line}`;
};
