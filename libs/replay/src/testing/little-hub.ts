import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { isRefusal } from '@tripoint/kernel';
import { parseTilePath } from '@tripoint/transparency';
import { formatLogExport } from '../log-export.js';
import { type ServedLog } from './served-log.js';

/** Serves a log on the loopback interface, on the paths of a hub. */
export class LittleHub {
  served: ServedLog;
  /** Answers so many requests as if something were broken. */
  breakdowns = 0;
  readonly #server: Server;

  private constructor(
    served: ServedLog,
    private readonly token: string,
  ) {
    this.served = served;
    this.#server = createServer((request, response) => {
      void this.#answer(request, response);
    });
  }

  static async start(served: ServedLog, token: string): Promise<LittleHub> {
    const hub = new LittleHub(served, token);
    await new Promise<void>((resolve) => hub.#server.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.breakdowns > 0) {
      this.breakdowns -= 1;
      response.writeHead(503).end();
      return;
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const count = (name: string): number => Number(searchParams.get(name));
    const body = async (): Promise<Uint8Array | undefined> => {
      if (pathname === '/log/checkpoint') return this.served.checkpoint();
      if (pathname === '/checkpoint') return this.served.cosigned();
      if (pathname === '/log/proofs/consistency') {
        const [from, to] = [count('from'), count('to')];
        const proof = await this.served.consistencyProof(from, to);
        const hashes = proof?.map((hash) => Buffer.from(hash).toString('base64'));
        return hashes && Buffer.from(JSON.stringify({ from, to, hashes }));
      }
      if (pathname === '/log/entries')
        return formatLogExport(await this.served.entries(count('from'), count('count')));
      const tile = parseTilePath(pathname.slice(1));
      return isRefusal(tile) ? undefined : this.served.tile(tile);
    };
    if (pathname === '/log/entries' && request.headers.authorization !== `Bearer ${this.token}`) {
      response.writeHead(401).end();
      return;
    }
    const found = await body();
    if (found === undefined) response.writeHead(404).end();
    else response.writeHead(200).end(found);
  }
}
