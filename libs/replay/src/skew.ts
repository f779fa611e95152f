/** How far clocks may stand off from the log's: five minutes. */
export const TOLERATED_SKEW = 5 * 60 * 1000;
