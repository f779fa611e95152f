/** Where jars are kept. */
export const stackFolder: string;
