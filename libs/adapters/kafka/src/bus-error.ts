import { HubError } from '@tripoint/kernel';

/** What a driver's error can say about itself; it may wrap another of its kind. */
type Told = {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly originalError?: unknown;
  readonly errors?: unknown;
};

const DENIED = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'SASL_AUTHENTICATION_FAILED',
]);
const UNGUARDED = 'SECURITY_DISABLED';
/** The driver asks every broker for the group's own, and keeps to itself what each of them answered. */
const UNSERVED = 'NO_COORDINATOR';
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;
const TOO_LARGE = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);
const WORD = /^[A-Z][A-Z0-9_]{0,63}$/;

/** The words, outermost first, by which the broker or the socket named what went wrong. */
const wordsOf = (error: unknown): readonly string[] => {
  const words: string[] = [];
  let current = error;
  for (let depth = 0; depth < 8 && typeof current === 'object' && current !== null; depth += 1) {
    const { name, type, code, cause, originalError, errors } = current as Told;
    for (const word of [type, code])
      if (typeof word === 'string' && WORD.test(word)) words.push(word);
    if (name === 'KafkaJSSASLAuthenticationError') words.push('SASL_AUTHENTICATION_FAILED');
    if (name === 'KafkaJSRequestTimeoutError') words.push('NO_ANSWER_IN_TIME');
    if (name === 'KafkaJSConnectionClosedError') words.push('CONNECTION_CLOSED');
    if (name === 'KafkaJSGroupCoordinatorNotFound') words.push(UNSERVED);
    current = cause ?? originalError ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return words;
};

const isBug = (error: unknown): error is Error =>
  error instanceof HubError ||
  (error instanceof Error && (error.name === 'TypeError' || error.name === 'RangeError'));

/**
 * Turns what the driver throws into what the port says, in the broker's own words for it. The driver's error ends here:
 * it is neither shown nor kept as a cause, for nobody promises what it carries.
 */
export const translated = (error: unknown): Error => {
  if (isBug(error)) return error;
  const words = wordsOf(error);
  const denied = words.find((word) => DENIED.has(word));
  if (denied !== undefined)
    return new HubError('bus-denied', `the broker does not let this principal: ${denied}`, false);
  if (words.includes(UNGUARDED))
    return new HubError(
      'bus-unguarded',
      'the brokers have no rules: everybody may do everything',
      false,
    );
  const untrusted = words.find((word) => UNTRUSTED.test(word));
  if (untrusted !== undefined)
    return new HubError(
      'bus-untrusted',
      `no authority vouches for the broker: ${untrusted}`,
      false,
    );
  const tooLarge = words.find((word) => TOO_LARGE.has(word));
  if (tooLarge !== undefined)
    return new HubError('bus-message-too-large', `the broker takes no message of this size`, false);
  if (words.includes(UNSERVED))
    return new HubError(
      'bus-group-unserved',
      'no broker serves the group: either none can now, or it is not for this principal',
      true,
    );
  const why = words[0] === undefined ? '' : `: ${words[0]}`;
  return new HubError('bus-away', `the broker behind the bus cannot be used now${why}`, true);
};

/** Whether trying again is all there is to do, after so many `failures` in a row. */
export const isPassing = (error: unknown, failures: number): boolean =>
  error instanceof HubError &&
  error.retriable &&
  // It passes soon, where a group's broker has just gone. Where the group is not ours it never does, and must be heard of.
  (error.code !== 'bus-group-unserved' || failures < 3);
