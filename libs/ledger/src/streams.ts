import { type AgencyId, type ChainId } from '@tripoint/kernel';

/** Every leaf, in order. Revision = leaf index. */
export const LOG_STREAM = 'log';
export const CHAIN_PREFIX = 'chain-';
export const MAILBOX_PREFIX = 'mailbox-';
/** Statements about agencies, keys, pairs and rules, signed by a threshold of root keys. */
export const REGISTRY_CHAIN = 'registry' as ChainId;
/** The hub's own statements: forks it has seen. */
export const HUB_CHAIN = 'hub' as ChainId;

export const chainStream = (chain: ChainId): string => CHAIN_PREFIX + chain;
export const mailboxStream = (agency: AgencyId): string => MAILBOX_PREFIX + agency;
/** Bus topics; one writer and one reader each. */
export const submissionsTopic = (agency: AgencyId): string => `submissions.${agency}`;
export const mailboxTopic = (agency: AgencyId): string => `mailbox.${agency}`;
