import { X509Certificate } from 'node:crypto';

import { HubError } from '@tripoint/kernel';

/** How one principal reaches the brokers: TLS and SCRAM-SHA-512, and nothing less. */
export type KafkaSettings = {
  /** Where to ask first: `host:port`. */
  readonly brokers: readonly string[];
  /** The authorities that may vouch for a broker, in PEM. No others are believed, not even the system's. */
  readonly ca: string;
  readonly username: string;
  readonly password: string;
};

const BROKER = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]):(\d{1,5})$/i;
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** A principal's name, as the broker, its rules and this adapter all understand it. */
export const isPrincipalName = (name: string): boolean =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name);

const isBroker = (text: string): boolean => {
  const port = Number(BROKER.exec(text)?.[1]);
  return port >= 1 && port <= 65_535;
};

const isCertificate = (pem: string): boolean => {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
};

/** Everything that is wrong with `settings`, without their secrets. */
export const faultsOf = ({ brokers, ca, username, password }: KafkaSettings): readonly string[] => {
  const certificates = ca.match(PEM) ?? [];
  return [
    ...(brokers.length === 0 ? ['no broker is named'] : []),
    ...brokers
      .filter((broker) => !isBroker(broker))
      .map((broker) => `\`${broker}\` is not host:port`),
    ...(certificates.length === 0 || !certificates.every(isCertificate)
      ? ['the authorities are not certificates in PEM']
      : []),
    ...(isPrincipalName(username) ? [] : ['the user name is not one']),
    // SCRAM would normalise anything else, and the two ends need not agree how.
    ...(/^[\x21-\x7e]{16,}$/.test(password)
      ? []
      : ['the password is not 16 or more printable ASCII characters']),
  ];
};

/** @throws {HubError} `bus-misconfigured`, with all that is wrong at once */
export const validated = (settings: KafkaSettings): KafkaSettings => {
  const faults = faultsOf(settings);
  if (faults.length > 0)
    throw new HubError(
      'bus-misconfigured',
      `the bus cannot be reached so: ${faults.join('; ')}`,
      false,
    );
  const { brokers, ca, username, password } = settings;
  return { brokers: [...brokers], ca, username, password };
};
