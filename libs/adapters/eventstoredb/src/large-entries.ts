import { damaged, meaningOf } from './faults.js';
import { type Server } from './server.js';
import { eventOf, partsStream, type Reference, sha256, TYPE } from './stored-entry.js';

/** Of one part, in bytes; each is an append of its own. */
const PART = 1_000_000;

/** What `event` holds, if it is an event of bytes of this `type`. */
export const bytesOf = (
  event: { readonly type: string; readonly data: unknown },
  type: string,
): Uint8Array | undefined => {
  const { data } = event;
  return event.type === type && ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : undefined;
};

/**
 * Entries that do not fit into an append. Their bytes are written first, in parts, to a stream that is named after
 * their digest; what stands in the ledger's own stream is a reference. So an append of any size is still all or none:
 * parts to which nothing refers are no part of the ledger.
 */
export class LargeEntries {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /** May be repeated, and by several processes at once. */
  async put(reference: Reference, bytes: Uint8Array): Promise<void> {
    const stream = partsStream(reference);
    for (let start = 0, revision = -1n; start < bytes.length; start += PART, revision += 1n) {
      const part = eventOf(TYPE.part, bytes.subarray(start, start + PART));
      await this.#server.patiently(stream, async (driver) => {
        try {
          await this.#server.append(driver, stream, revision, [part]);
        } catch (error) {
          // Somebody wrote this content before. Whether it is whole is seen below.
          if (meaningOf(error) !== 'overtaken') throw error;
        }
      });
    }
    await this.get(reference);
  }

  /** @throws {HubError} `ledger-damaged` when the parts are not what the reference says */
  async get(reference: Reference): Promise<Uint8Array> {
    const stream = partsStream(reference);
    const count = Math.ceil(reference.length / PART);
    const events = await this.#server.patiently(stream, (driver) =>
      this.#server.read(driver, stream, 0n, count),
    );
    const bytes = new Uint8Array(reference.length);
    let end = 0;
    for (const event of events) {
      const part = bytesOf(event, TYPE.part);
      if (part === undefined || end + part.length > bytes.length) break;
      bytes.set(part, end);
      end += part.length;
    }
    if (end !== bytes.length || Buffer.compare(sha256(bytes), reference.digest) !== 0)
      throw damaged(`${stream} does not hold what its name promises`);
    return bytes;
  }
}
