import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to the broker on which a test can do what networks do. */
export class Detour {
  readonly #server: Server;
  readonly #pairs = new Set<readonly [client: Socket, broker: Socket]>();
  #to: number | undefined;
  #answers: 'pass' | 'are lost' = 'pass';
  #lost: () => void = () => undefined;
  #closed = false;
  /** Bytes that came from the broker, and from its clients. */
  readonly passed = { answers: 0, requests: 0 };

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (client) => {
      this.#pair(client);
    });
  }

  static open(): Promise<Detour> {
    const server = createServer();
    const detour = new Detour(server);
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        resolve(detour);
      });
    });
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the detour is closed');
    return address.port;
  }

  /** Where it leads. */
  leadsTo(port: number): void {
    this.#to = port;
  }

  /** From now on the broker hears everything and nobody hears it. Resolves when it has said something. */
  loseAnswers(): Promise<void> {
    this.#answers = 'are lost';
    return new Promise((resolve) => {
      this.#lost = resolve;
    });
  }

  /** Cuts every connection and takes no other. */
  cut(): void {
    this.#closed = true;
    this.#drop();
  }

  /** Cuts every connection, and is a good way again for whoever comes next. */
  mend(): void {
    this.#closed = false;
    this.#answers = 'pass';
    this.#drop();
  }

  /** Nothing passes, in either direction, and nothing is cut: until {@link thaw}. */
  freeze(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  thaw(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  close(): Promise<void> {
    this.#drop();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  #drop(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    this.#pairs.clear();
  }

  #pair(client: Socket): void {
    if (this.#closed || this.#to === undefined) {
      client.destroy();
      return;
    }
    const broker = connect(this.#to, '127.0.0.1');
    const pair = [client, broker] as const;
    this.#pairs.add(pair);
    client.on('data', (bytes) => {
      this.passed.requests += bytes.length;
      broker.write(bytes);
    });
    broker.on('data', (bytes) => {
      this.passed.answers += bytes.length;
      if (this.#answers === 'pass') client.write(bytes);
      else this.#lost();
    });
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#pairs.delete(pair);
        for (const one of pair) one.destroy();
      });
    }
  }
}
