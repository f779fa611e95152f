import { bytesOf } from './large-entries.js';
import { type Server } from './server.js';
import { DIRECTORY, eventOf, TYPE } from './stored-entry.js';

const PAGE = 1000;

/**
 * The names of the ledger's streams. The server has no list of them that is there without projections, and to look
 * through everything it holds would take longer with every entry. So a name is entered before its stream
 * begins: a name without a stream is possible, and is not shown; a stream without its name is not.
 */
export class Directory {
  readonly #server: Server;
  readonly #names = new Set<string>();
  /** Those of them that hold an entry, and so always will. */
  readonly #begun = new Set<string>();
  #next = 0n;

  constructor(server: Server) {
    this.#server = server;
  }

  knows(stream: string): boolean {
    return this.#names.has(stream);
  }

  /** Nobody is in the way of anybody: the same name twice is one name. */
  async enter(stream: string): Promise<void> {
    const name = eventOf(TYPE.stream, new TextEncoder().encode(stream));
    await this.#server.patiently(DIRECTORY, (driver) =>
      this.#server.append(driver, DIRECTORY, 'any', [name]),
    );
    this.#names.add(stream);
  }

  async names(prefix: string): Promise<readonly string[]> {
    await this.#refresh();
    const found = await Promise.all(
      [...this.#names]
        .filter((name) => name.startsWith(prefix))
        .map(async (name) => ((await this.#hasBegun(name)) ? [name] : [])),
    );
    return found.flat().sort();
  }

  async #refresh(): Promise<void> {
    for (;;) {
      const from = this.#next;
      const events = await this.#server.patiently(DIRECTORY, (driver) =>
        this.#server.read(driver, DIRECTORY, from, PAGE),
      );
      for (const event of events) {
        const bytes = bytesOf(event, TYPE.stream);
        if (bytes !== undefined) this.#names.add(new TextDecoder().decode(bytes));
        this.#next = event.revision + 1n;
      }
      if (events.length < PAGE) return;
    }
  }

  async #hasBegun(name: string): Promise<boolean> {
    if (this.#begun.has(name)) return true;
    const newest = await this.#server.patiently(name, (driver) => this.#server.last(driver, name));
    if (newest === undefined) return false;
    this.#begun.add(name);
    return true;
  }
}
