import {
  type ChannelCredentialOptions,
  EventStoreDBClient,
  type GossipClusterOptions,
} from '@eventstore/db-client';

import { type ConnectionSettings } from './connection-settings.js';

/** The driver, without the parts of it that a ledger cannot use. */
export class Driver extends EventStoreDBClient {
  #opened = false;

  constructor({
    endpoints,
    discover,
    tls,
    timing,
    connectionName,
    credentials,
  }: ConnectionSettings) {
    const [first = { address: '', port: 0 }] = endpoints;
    const options = {
      ...timing,
      ...(connectionName === undefined ? {} : { connectionName }),
      nodePreference: 'leader' as const,
      // Otherwise the driver answers a refused append with a revision that nobody has.
      throwOnAppendFailure: true,
    };
    // The driver tells its three kinds of settings apart by the key that is there.
    const where = discover
      ? { discover: { ...first } }
      : endpoints.length > 1
        ? { endpoints: endpoints.map((endpoint) => ({ ...endpoint })) }
        : { endpoint: { ...first } };
    const channel: ChannelCredentialOptions =
      tls === undefined
        ? { insecure: true }
        : tls.authority === undefined
          ? {}
          : { rootCertificate: tls.authority };
    super({ ...options, ...where } as GossipClusterOptions, channel, credentials());
    const { getChannel, handleError } = this;
    this.getChannel = () => {
      this.#opened = true;
      return getChannel();
    };
    // It is never waited for. While it waits itself for a cluster that cannot be found, its failure would end the process.
    this.handleError = (client, error) => handleError(client, error).catch(() => undefined);
  }

  /**
   * No optional feature of a server is used. The one that matters is the batched append: it carries all appends of
   * the process on one call, whose failure fails every one of them.
   */
  protected override supports = (): Promise<boolean> => Promise.resolve(false);

  /** Ends every call, and lets the connection go. */
  async close(): Promise<void> {
    await this.dispose();
    await this.retire();
  }

  /** Takes no more calls and lets the connection go when those under way have ended. */
  async retire(): Promise<void> {
    if (!this.#opened) return;
    try {
      const channel = await this.getChannel();
      channel.close();
    } catch {
      // There is none: no server of the cluster was found.
    }
  }
}

/** The driver that is in use, and another in its place when it has got stuck. */
export class Connection {
  readonly #settings: ConnectionSettings;
  #driver: Driver;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
    this.#driver = new Driver(settings);
  }

  get driver(): Driver {
    return this.#driver;
  }

  /**
   * Looks for the leader anew. The driver does so by itself when a server refuses or ends a call, and not
   * when it does not answer, or when the one it is connected to is not in the cluster any more.
   */
  renew(stuck: Driver): void {
    if (this.#driver !== stuck) return;
    this.#driver = new Driver(this.#settings);
    void stuck.retire();
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
}
