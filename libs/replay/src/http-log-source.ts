import { HubError, type Refusal } from '@tripoint/kernel';
import { formatTilePath, type Tile } from '@tripoint/transparency';
import { LARGEST_EXPORT, type LogExport, parseLogExport } from './log-export.js';
import { LogSource } from './log-source.js';

/** How a hub is reached. */
export type HubAddress = {
  /** Where the hub answers, with whatever path it stands under. */
  readonly url: string;
  /** The auditor's token; without it only hashes are to be had. */
  readonly token?: string;
  readonly fetch?: typeof fetch;
};

const ATTEMPTS = 4;
const FIRST_PAUSE = 250;
const PATIENCE = 30_000;
const LARGEST_TEXT = 512 * 1024;
const LARGEST_EXPORT_BYTES = 256 * 1024 * 1024;
const MOST_HASHES = 128;

/** A log as a hub serves it over HTTP. What fails on the way is tried again; what the hub says no to is not. */
export class HttpLogSource extends LogSource {
  readonly #base: string;
  readonly #token: string | undefined;
  readonly #fetch: typeof fetch;

  constructor({ url, token, fetch: own }: HubAddress) {
    super();
    this.#base = url.endsWith('/') ? url : `${url}/`;
    this.#token = token;
    this.#fetch = own ?? fetch;
  }

  override checkpoint(): Promise<Uint8Array | undefined> {
    return this.#get('log/checkpoint', LARGEST_TEXT);
  }

  override cosigned(): Promise<Uint8Array | undefined> {
    return this.#get('checkpoint', LARGEST_TEXT);
  }

  override tile(tile: Tile): Promise<Uint8Array | undefined> {
    return this.#get(formatTilePath(tile), LARGEST_TEXT);
  }

  override async consistencyProof(
    from: number,
    to: number,
  ): Promise<readonly Uint8Array[] | undefined> {
    return hashesFrom(
      await this.#get(`log/proofs/consistency?from=${from}&to=${to}`, LARGEST_TEXT),
    );
  }

  override async entries(
    first: number,
    count: number,
  ): Promise<LogExport | Refusal<'malformed-export'> | undefined> {
    const bytes = await this.#get(
      `log/entries?from=${first}&count=${Math.min(count, LARGEST_EXPORT)}`,
      LARGEST_EXPORT_BYTES,
    );
    return bytes && parseLogExport(bytes);
  }

  async #get(path: string, most: number): Promise<Uint8Array | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(path, most);
      } catch (thrown) {
        if (!(thrown instanceof HubError) || !thrown.retriable || attempt === ATTEMPTS)
          throw thrown;
      }
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE * 2 ** (attempt - 1)));
    }
  }

  async #once(path: string, most: number): Promise<Uint8Array | undefined> {
    const away = (why: string, cause?: unknown): HubError =>
      new HubError('hub-away', `the hub at ${this.#base} ${why}`, true, { cause });
    const response = await this.#fetch(new URL(path, this.#base), {
      headers: this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    }).catch((thrown: unknown) => {
      throw away('does not answer', thrown);
    });
    const { status } = response;
    if (status === 200)
      return readAtMost(response, most).catch((thrown: unknown) => {
        throw thrown instanceof HubError ? thrown : away('broke off its answer', thrown);
      });
    await response.body?.cancel().catch(() => undefined);
    if (status === 404) return undefined;
    if (status === 401 || status === 403)
      throw new HubError(
        'token-refused',
        this.#token === undefined
          ? 'the hub shows its leaves to an auditor only: a token is needed'
          : 'the hub does not know this auditor’s token',
        false,
      );
    if (status >= 500 || status === 429) throw away(`is not able to answer (status ${status})`);
    throw new HubError('hub-not-understood', `the hub answers with status ${status}`, false);
  }
}

/** The body, unless it is larger than anything an honest hub sends. */
const readAtMost = async (response: Response, most: number): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > most)
      throw new HubError('answer-too-large', 'the hub sends more than was asked for', false);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
};

/** The hashes of a proof; a proof that is not of its form proves nothing, and so is none. */
const hashesFrom = (bytes: Uint8Array | undefined): readonly Uint8Array[] | undefined => {
  if (bytes === undefined) return undefined;
  try {
    const value = JSON.parse(Buffer.from(bytes).toString()) as { readonly hashes?: unknown } | null;
    const hashes = value?.hashes;
    if (!Array.isArray(hashes) || hashes.length > MOST_HASHES) return undefined;
    return hashes.map((hash) => new Uint8Array(Buffer.from(String(hash), 'base64')));
  } catch {
    return undefined;
  }
};
