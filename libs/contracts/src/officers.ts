import { type AgencyId, type Instant, type OfficerId } from '@tripoint/kernel';
import { Agency, Code, Codes, Form, Moment, NestedList, Password, Words, YesNo } from './fields.js';
import { OFFICER_ROLES, type OfficerRole } from './roles.js';

const OFFICER = {
  pattern: /^[a-z0-9][a-z0-9._-]{0,63}$/,
  most: 64,
  form: 'the name of an officer',
} as const;

/** Signs an officer in. */
export class OpenSessionBody {
  @Form({ ...OFFICER, about: 'The officer.', example: 'eleni.papadaki' })
  readonly officer!: OfficerId;

  @Password({ about: 'The password.', least: 1, most: 256 })
  readonly password!: string;
}

/** A session. */
export class SessionResponse {
  @Words({ about: 'The bearer token: keep it secret.', most: 512, example: 'b3BhcXVl' })
  readonly token!: string;

  @Form({ ...OFFICER, about: 'The officer.', example: 'eleni.papadaki' })
  readonly officer!: OfficerId;

  @Words({ about: 'The officer’s name.', most: 120 })
  readonly name!: string;

  @Agency({ about: 'The officer’s agency.' })
  readonly agency!: AgencyId;

  @Codes(OFFICER_ROLES, 'OfficerRole', { about: 'What the officer may do.' })
  readonly roles!: OfficerRole[];

  @Moment({ about: 'When the session ends by itself.' })
  readonly expiresAt!: Instant;
}

/** What kind of front door somebody stands at: where cases are worked on and orders given, or where the record is looked at. */
export const FRONT_DOORS = ['AGENCY', 'OVERSIGHT'] as const;
export type FrontDoor = (typeof FRONT_DOORS)[number];

/** The officer of the present session. */
export class CurrentOfficerResponse {
  @Code(FRONT_DOORS, 'FrontDoor', { about: 'What kind of front door this is.' })
  readonly door!: FrontDoor;

  @Form({ ...OFFICER, about: 'The officer.', example: 'eleni.papadaki' })
  readonly officer!: OfficerId;

  @Words({ about: 'The officer’s name.', most: 120 })
  readonly name!: string;

  @Agency({ about: 'The officer’s agency.' })
  readonly agency!: AgencyId;

  @Codes(OFFICER_ROLES, 'OfficerRole', { about: 'What the officer may do.' })
  readonly roles!: OfficerRole[];
}

/** A new account. */
export class CreateOfficerBody {
  @Form({ ...OFFICER, about: 'The name to sign in with.', example: 'eleni.papadaki' })
  readonly officer!: OfficerId;

  @Words({ about: 'The officer’s name.', most: 120, example: 'Eleni Papadaki' })
  readonly name!: string;

  @Password({ about: 'A first password.', least: 12, most: 256 })
  readonly password!: string;

  @Codes(OFFICER_ROLES, 'OfficerRole', { about: 'What the officer may do.', least: 1 })
  readonly roles!: OfficerRole[];
}

/** Other roles for an account. Ends its sessions. */
export class ChangeRolesBody {
  @Codes(OFFICER_ROLES, 'OfficerRole', { about: 'What the officer may do from now on.' })
  readonly roles!: OfficerRole[];
}

/** Another password for one’s own account. */
export class ChangePasswordBody {
  @Password({ about: 'The present password.', least: 1, most: 256 })
  readonly present!: string;

  @Password({ about: 'The new password.', least: 12, most: 256 })
  readonly next!: string;
}

/** An account. */
export class OfficerResponse {
  @Form({ ...OFFICER, about: 'The officer.', example: 'eleni.papadaki' })
  readonly officer!: OfficerId;

  @Words({ about: 'The officer’s name.', most: 120 })
  readonly name!: string;

  @Codes(OFFICER_ROLES, 'OfficerRole', { about: 'What the officer may do.' })
  readonly roles!: OfficerRole[];

  @YesNo({ about: 'Whether the account can be used.' })
  readonly active!: boolean;

  @Moment({ about: 'Until when it is locked after wrong passwords.', optional: true })
  readonly lockedUntil?: Instant;
}

/** Every account of the agency. */
export class OfficersResponse {
  @NestedList(() => OfficerResponse, { about: 'Ordered by name of officer.', most: 10_000 })
  readonly rows!: OfficerResponse[];
}
