import {
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
  refuse,
} from '@tripoint/kernel';
import {
  type Proposal,
  type ProposalDecision,
  type ProposalRefusal,
  Proposals,
} from '@tripoint/read-model';
import { type Database } from '../database.js';

type ProposalRecord = {
  readonly id: string;
  readonly command: string;
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly data: unknown;
  readonly seen: string | null;
  readonly proposed_by: OfficerId;
  readonly proposed_at: Instant;
  readonly until: Instant;
  readonly outcome: ProposalDecision['outcome'] | null;
  readonly decided_by: OfficerId | null;
  readonly decided_at: Instant | null;
};

const COLUMNS =
  'id, command, item, exchange, data, seen, proposed_by, proposed_at, until, outcome, decided_by, decided_at';

const proposalOf = ({
  seen,
  proposed_by,
  proposed_at,
  outcome,
  decided_by,
  decided_at,
  ...rest
}: ProposalRecord): Proposal => ({
  ...rest,
  ...(seen === null ? {} : { seen }),
  proposedBy: proposed_by,
  proposedAt: proposed_at,
  ...(outcome === null || decided_by === null || decided_at === null
    ? {}
    : { decision: { outcome, by: decided_by, at: decided_at } }),
});

export class PostgresProposals extends Proposals {
  constructor(private readonly database: Database) {
    super();
  }

  override async add(proposal: Omit<Proposal, 'decision'>): Promise<void> {
    const { id, command, item, exchange, data, seen, proposedBy, proposedAt, until } = proposal;
    await this.database.prepared(
      `insert into proposals (id, command, item, exchange, data, seen, proposed_by, proposed_at, until)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing`,
      [
        id,
        command,
        item,
        exchange,
        JSON.stringify(data),
        seen ?? null,
        proposedBy,
        proposedAt,
        until,
      ],
    );
  }

  override async one(id: string): Promise<Proposal | undefined> {
    const [record] = await this.database.prepared<ProposalRecord>(
      `select ${COLUMNS} from proposals where id = $1`,
      [id],
    );
    return record && proposalOf(record);
  }

  override async newest(limit: number): Promise<readonly Proposal[]> {
    const records = await this.database.prepared<ProposalRecord>(
      `select ${COLUMNS} from proposals order by proposed_at desc, id limit $1`,
      [limit],
    );
    return records.map(proposalOf);
  }

  override decide(
    id: string,
    decision: ProposalDecision,
    duty: readonly string[],
    before?: (proposal: Proposal) => Promise<void>,
  ): Promise<Proposal | ProposalRefusal> {
    const { outcome, by, at } = decision;
    return this.database.transaction(async (queries) => {
      const [record] = await queries.prepared<ProposalRecord>(
        `select ${COLUMNS} from proposals where id = $1 for update`,
        [id],
      );
      if (record === undefined) return refuse('proposal-unknown', 'nobody has proposed this');
      const proposal = proposalOf(record);
      const decided = proposal.decision;
      if (decided !== undefined)
        return decided.by === by && decided.outcome === outcome
          ? proposal
          : refuse('proposal-decided', 'it was decided on before');
      if (outcome === 'CONFIRMED' && proposal.proposedBy === by)
        return refuse('proposal-own', 'whoever proposed it does not confirm it');
      if (proposal.until <= at) return refuse('proposal-expired', 'the time to decide is over');
      if (outcome === 'CONFIRMED') {
        // Whoever suspends the account at the same time comes before this, or after it.
        const [behind] = await queries.prepared(
          'select 1 from officers where id = $1 and active and roles && $2 for share',
          [proposal.proposedBy, duty],
        );
        if (behind === undefined)
          return refuse('proposer-without-duty', 'whoever proposed it could not do so any more');
        await before?.(proposal);
      }
      await queries.prepared(
        'update proposals set outcome = $2, decided_by = $3, decided_at = $4 where id = $1',
        [id, outcome, by, at],
      );
      return { ...proposal, decision };
    });
  }
}
