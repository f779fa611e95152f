/** What the specs of libs/adapters/kafka use of `kafka.mjs`. */
export type StackKafka = {
  readonly version: string;
  readonly connection: {
    readonly brokers: readonly string[];
    readonly ca: string;
    readonly username: string;
    readonly password: string;
  };
  /** The port behind which the second door really is, where one was asked for. */
  readonly detour: number | undefined;
  /** Resolves when it has ended, by itself or not. */
  readonly ended: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
};
export const KAFKA_VERSIONS: { readonly current: string; readonly previous: string };
export const startKafka: (options: {
  readonly folder: string;
  readonly cache: string;
  readonly version?: string;
  readonly detour?: number;
}) => Promise<StackKafka>;
