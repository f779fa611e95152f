import { type ChainEntry } from '@tripoint/envelope';
import { type Digest, isRefusal, type ItemId } from '@tripoint/kernel';
import { type Facts, parseFacts } from '@tripoint/policy';
import { readOnce } from './read-once.js';

/** What an event hands to one more agency of what was said before. */
export type HandedOn = {
  /** It is a custodian's share, which comes with what it is the key of. */
  readonly isShare: boolean;
  readonly item: ItemId | undefined;
  readonly descriptors: readonly Digest[];
  /** The keys came with it; where they did not, it was only decided. */
  readonly carriedOut: boolean;
};

/** What a recorded event hands on, as the facts of its core say; undefined for most. */
export const handedOn = (entry: ChainEntry): HandedOn | undefined => {
  const event = entry.kind === 'event' ? readOnce(entry) : undefined;
  if (event === undefined || isRefusal(event)) return undefined;
  const core = event.compartments.find(({ descriptor }) => descriptor.name === 'core');
  const facts = core && parseFacts(event.header.type, core.descriptor.facts);
  if (facts === undefined || isRefusal(facts)) return undefined;
  return named(facts, event.header.type === 'disclosure');
};

const named = ({ item, release, grant }: Facts, isShare: boolean): HandedOn | undefined => {
  if (grant !== undefined)
    return {
      item,
      descriptors: grant.wraps.map(({ descriptor }) => descriptor),
      carriedOut: true,
      isShare,
    };
  return release && { isShare, item, descriptors: release.descriptors, carriedOut: false };
};

/**
 * The descriptor of the core of what the log itself tells to whom it concerns, by its facts: an order to forget or to disclose
 * something, a review of that. Undefined for everything else.
 */
export const announced = (entry: ChainEntry): Digest | undefined => {
  const event = entry.kind === 'event' ? readOnce(entry) : undefined;
  if (event === undefined || isRefusal(event)) return undefined;
  const core = event.compartments.find(({ descriptor }) => descriptor.name === 'core');
  const facts = core && parseFacts(event.header.type, core.descriptor.facts);
  if (core === undefined || facts === undefined || isRefusal(facts)) return undefined;
  const { erases, order, reviews } = facts;
  return (erases ?? order ?? reviews) === undefined ? undefined : core.digest;
};
