import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type DrillResponse,
  OrderedDisclosuresResponse,
  type OrderedDisclosureResponse,
} from '@tripoint/contracts';
import { type Instant } from '@tripoint/kernel';
import { Roles } from '@tripoint/platform';
import {
  disclosureStanding,
  type DisclosureStanding,
  type DrillStanding,
  drillStanding,
} from '@tripoint/replay';
import { VerifiedLog } from '../watch/verified-log.js';
import { AUDITOR } from './auditor.js';

const NEWEST = 1000;

/** What custodians were ordered to disclose, and which emergencies wait for their review. */
@ApiTags('disclosures')
@Roles(AUDITOR)
@Controller('disclosures')
export class DisclosuresController {
  constructor(private readonly verified: VerifiedLog) {}

  @Get()
  @ApiOperation({ summary: 'Every order to disclose, the newest first, and its review' })
  @ApiOkResponse({ type: OrderedDisclosuresResponse })
  list(): OrderedDisclosuresResponse {
    const { state } = this.verified.audit;
    const all = state.disclosures.map((one) => disclosureStanding(one, state.time));
    const drill = drillStanding(state.drill, state.time);
    return {
      replayed: `${this.verified.size}`,
      found: `${all.length}`,
      overdue: `${all.filter(({ overdue }) => overdue).length}`,
      ...(drill === null ? {} : { drill: shownDrill(drill) }),
      rows: all.slice(-NEWEST).reverse().map(shown),
    };
  }
}

const instant = (at: number): Instant => new Date(at).toISOString() as Instant;

const shownDrill = ({ due, proven, overdue }: DrillStanding): DrillResponse => ({
  due: instant(due),
  ...(proven === null ? {} : { provenLeaf: `${proven.leaf}`, provenAt: instant(proven.at) }),
  overdue,
});

const shown = ({
  ground,
  leaf,
  at,
  until,
  released,
  declined,
  reviewDue,
  review,
  ...row
}: DisclosureStanding): OrderedDisclosureResponse => ({
  ...row,
  leaf: `${leaf}`,
  at: instant(at),
  until: instant(until),
  released: [...released],
  declined: [...declined],
  ...(ground === null ? {} : { ground }),
  ...(reviewDue === null ? {} : { reviewDue: instant(reviewDue) }),
  ...(review === null
    ? {}
    : { review: { ...review, leaf: `${review.leaf}`, at: instant(review.at) } }),
});
