/** Where a program of a release of Debian's is, when it is there. */
export const openPgpTool: (release: string, name: string) => string;
/** Why a program cannot be used here, or null. */
export const missingOpenPgpTool: (release: string, name: string) => string | null;
