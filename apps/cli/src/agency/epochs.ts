import {
  destroyEpochSecret,
  FileSigningKeyring,
  readTrustAnchor,
  writePublic,
} from '@tripoint/adapters/keys';
import { type AgencyDatabase } from '@tripoint/adapters/postgres';
import { type OpenPgp } from '@tripoint/envelope';
import { destructionClaim, type Epoch, type Registry, RegistryCopy } from '@tripoint/federation';
import {
  type AgencyId,
  type Fingerprint,
  HubError,
  type Instant,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { formatClaim } from './claim.js';

/** An agency's own database and copy of the registry. */
export type OwnCopy = {
  readonly openpgp: OpenPgp;
  readonly agency: AgencyId;
  readonly database: AgencyDatabase;
  /** Path of the trust anchor. */
  readonly anchor: string;
  /** Of this machine: a hub that sets the log's time ahead has no secret destroyed early. */
  readonly now: () => Instant;
};

/** Where an epoch stands, as far as this agency knows. */
export type EpochStanding = Epoch & {
  readonly state: 'in-force' | 'before' | 'live' | 'kept' | 'destructible' | 'destroyed';
  /** What is still wrapped to it, was never opened, or was made again and is not confirmed by the hub. */
  readonly left: number;
  /** Until when its secret is kept, of an epoch that was retired. */
  readonly keptUntil?: string;
};

/** Every epoch of the agency, oldest first. */
export const epochsOf = async (own: OwnCopy): Promise<readonly EpochStanding[]> => {
  const { agency, database, openpgp } = own;
  const copy = await RegistryCopy.begin(openpgp, await readTrustAnchor(own.anchor));
  await copy.catchUp((after, limit) => database.views.registry(after, limit));
  const { latest } = copy;
  await ownOrElse(own, latest);
  const current = latest.encryptionCertificate(agency)?.certificate.encryption[0];
  return Promise.all(
    latest.epochs(agency).map(async (epoch): Promise<EpochStanding> => {
      const { subkey, retired, keepSeconds = 0, destroyed } = epoch;
      if (retired === undefined)
        return { ...epoch, state: subkey === current ? 'in-force' : 'before', left: 0 };
      const { kept, unopened, unconfirmed } = await database.remaking.left(subkey);
      const left = kept + unopened + unconfirmed;
      const time = await database.remaking.timeOf(retired);
      const until = time && Date.parse(time.at) + keepSeconds * 1000;
      const both = time && Math.min(Date.parse(time.now), Date.parse(own.now()));
      const over = both !== undefined && until !== undefined && both >= until;
      const state =
        destroyed !== undefined ? 'destroyed' : left > 0 ? 'live' : over ? 'destructible' : 'kept';
      return {
        ...epoch,
        state,
        left,
        ...(until === undefined ? {} : { keptUntil: new Date(until).toISOString() }),
      };
    }),
  );
};

/**
 * What an agency keeps is wrapped to its own epochs.
 * @throws {HubError} `wrong-agency` where something is wrapped to another's
 */
const ownOrElse = async ({ agency, database }: OwnCopy, registry: Registry): Promise<void> => {
  for (const { id } of registry.agencies())
    for (const { subkey } of id === agency ? [] : registry.epochs(id))
      if ((await database.remaking.wrappedTo(subkey, 1)).length > 0)
        throw new HubError(
          'wrong-agency',
          `this is the database of ${id}: nothing of ${agency} can be told by it`,
          false,
        );
};

/** What `destroy-epoch` is told besides. */
export type DestroyArguments = {
  /** The oldest that is retired and not destroyed, unless named. */
  readonly subkey?: Fingerprint | undefined;
  /** The projector's folder, with the decryption key. */
  readonly keys: string;
  /** The front door's folder, with the signing key. */
  readonly signing: string;
  /** Where the claim is written. */
  readonly out: string;
  readonly passphrase?: string | undefined;
};

/**
 * Destroys the secret of a retired epoch and writes the agency's signed word that it is gone. Refused while anything live is
 * wrapped to it, and before its time is over in the log's time and by our own clock. May be repeated: the claim is written again.
 */
export const destroyEpoch = async (
  own: OwnCopy,
  { subkey, keys, signing, out, passphrase }: DestroyArguments,
): Promise<
  Fingerprint | Refusal<'epoch-unknown' | 'epoch-in-force' | 'epoch-live' | 'epoch-kept'>
> => {
  const { agency, openpgp } = own;
  const epochs = await epochsOf(own);
  const epoch = epochs.find((one) =>
    subkey === undefined
      ? one.retired !== undefined && one.destroyed === undefined
      : one.subkey === subkey,
  );
  if (epoch === undefined)
    return refuse('epoch-unknown', 'the registry has no such epoch, or none that was retired');
  if (epoch.state === 'in-force' || epoch.state === 'before')
    return refuse('epoch-in-force', 'it has not been retired: something may be wrapped to it yet');
  if (epoch.state === 'live')
    return refuse('epoch-live', `${epoch.left} wraps are not carried on to the next epoch yet`);
  if (epoch.state === 'kept')
    return refuse(
      'epoch-kept',
      `its secret is kept until ${epoch.keptUntil ?? 'its time is over'}`,
    );
  const { federation } = await readTrustAnchor(own.anchor);
  // Before anything is destroyed: whoever cannot say so afterwards has destroyed it for nothing.
  const ring = await FileSigningKeyring.load(openpgp, signing, passphrase);
  await destroyEpochSecret(openpgp, keys, epoch.subkey, passphrase);
  const claim = await destructionClaim(
    openpgp,
    { federation, agency, subkey: epoch.subkey },
    ring.key,
  );
  await writePublic(out, formatClaim({ agency, subkey: epoch.subkey, claim }));
  return epoch.subkey;
};
