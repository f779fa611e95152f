import { type AgencyId } from '@tripoint/kernel';

/**
 * Agencies that the bench speaks for, each with one that may be told what it says: of the same state or union, or by an agreement.
 * They have no front door and no projector of their own meanwhile.
 */
export const CORRESPONDENTS = new Map(
  Object.entries({
    'bg-gdbop': 'tr-police',
    'tr-police': 'bg-gdbop',
    'bg-customs': 'bg-sans',
    'bg-sans': 'gr-customs',
    'gr-customs': 'tr-customs',
    'tr-customs': 'bg-customs',
    animus: 'bg-ncthb',
    'bg-ncthb': 'bg-gdbop',
  }),
) as unknown as ReadonlyMap<AgencyId, AgencyId>;
