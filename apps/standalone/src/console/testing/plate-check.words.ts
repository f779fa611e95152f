// What is said in the plate check, each so that it is in nothing else.
export const PLATE = 'XKA 4821';
export const SOUGHT = `When and where did ${PLATE} cross?`;
export const SOUGHT_TR = `Is the van ${PLATE} known on your side?`;
export const AGAIN = 'Has it been insured or fined on your side?';
export const FOUND = 'Crossed at Kapitan Andreevo at 04:12, lane 4, two occupants';
export const SOURCE = 'Camera operator Zlatev, mast 7';
export const RIGHTLY = 'The plate was misread: it was XKA 4827 that came through lane 4';
/** What Bulgaria was asked and said, in whole and by what is told apart most easily. */
export const OURS_OF_BG = [SOUGHT, FOUND, 'Kapitan Andreevo', SOURCE, 'Zlatev'] as const;
