/** Why no broker can be run with Java here; undefined when nothing is in the way. */
export const whyNoJava: () => Promise<string | undefined>;
/** The class path of that version's broker. Fetches it when it is not in `cache` yet. */
export const kafkaJars: (version: string, cache: string) => Promise<string>;
