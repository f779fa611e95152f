import { randomBytes } from 'node:crypto';
import { type AgencyId } from '@tripoint/kernel';
import { hashPassword } from '@tripoint/platform';
import { type Officers } from '@tripoint/read-model';
import { DEMO_FEDERATION, type DemoAgency } from './federation.js';

/** Passwords of the demo's officers by `<agency>/<officer>`; made for one data folder, good nowhere else. */
export type DemoPasswords = Readonly<Record<string, string>>;

/** Without the letters and digits that people take for one another. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

const password = (): string =>
  Array.from(randomBytes(16), (byte, at) => {
    const letter = LETTERS[byte % LETTERS.length] ?? 'x';
    return at > 0 && at % 4 === 0 ? `-${letter}` : letter;
  }).join('');

export const passwordKey = (agency: AgencyId, officer: string): string => `${agency}/${officer}`;

/** A random password for every officer of the demo. */
export const makePasswords = (): DemoPasswords =>
  Object.fromEntries(
    DEMO_FEDERATION.agencies.flatMap(({ id, officers }) =>
      officers.map((officer) => [passwordKey(id, officer.id), password()]),
    ),
  );

/** What is known, with a password for every officer whom a folder that is older than the demo does not know yet. */
export const withNewOfficers = (known: DemoPasswords): DemoPasswords => ({
  ...makePasswords(),
  ...known,
});

/** Adds those officers of `agency` who have no account yet. */
export const addOfficers = async (
  { id: agency, officers }: DemoAgency,
  accounts: Officers,
  passwords: DemoPasswords,
): Promise<void> => {
  const known = new Set((await accounts.all()).map(({ id }) => id));
  for (const { id, name, role } of officers) {
    const secret = passwords[passwordKey(agency, id)];
    if (known.has(id) || secret === undefined) continue;
    await accounts.add({ id, name, roles: [role], passwordHash: await hashPassword(secret) });
  }
};
