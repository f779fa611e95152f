import kafkajs, { type PartitionAssigner } from 'kafkajs';

const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol;
const NAME = 'tripoint-first-come';
const VERSION = 1;

const joinedAt = (metadata: Buffer): bigint => {
  const since = MemberMetadata.decode(metadata)?.userData;
  // Clocks of several machines meet here: the answer is a preference and nothing depends on it.
  return since?.length === 8 ? since.readBigUInt64BE() : 0xffff_ffff_ffff_ffffn;
};

/**
 * Gives everything to the member that came first, so that one which comes later waits its turn and disturbs nobody.
 * The driver's own would deal anew, by chance, whenever somebody comes.
 */
export const firstCome = (since: number): PartitionAssigner => {
  const userData = Buffer.alloc(8);
  userData.writeBigUInt64BE(BigInt(since));
  return ({ cluster }) => ({
    name: NAME,
    version: VERSION,
    assign: ({ members, topics }) => {
      const [first] = members
        .map(({ memberId, memberMetadata }) => ({ memberId, since: joinedAt(memberMetadata) }))
        .sort((a, b) =>
          a.since === b.since ? (a.memberId < b.memberId ? -1 : 1) : a.since < b.since ? -1 : 1,
        );
      const all = Object.fromEntries(
        topics.map((topic) => [
          topic,
          cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId),
        ]),
      );
      return Promise.resolve(
        members.map(({ memberId }) => ({
          memberId,
          memberAssignment: MemberAssignment.encode({
            version: VERSION,
            assignment: memberId === first?.memberId ? all : {},
            userData: Buffer.alloc(0),
          }),
        })),
      );
    },
    protocol: ({ topics }) => ({
      name: NAME,
      metadata: MemberMetadata.encode({ version: VERSION, topics, userData }),
    }),
  });
};
