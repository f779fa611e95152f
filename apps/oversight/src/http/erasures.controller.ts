import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ItemParams,
  type OverseenHolderResponse,
  OverseenErasureResponse,
  OverseenErasuresResponse,
} from '@tripoint/contracts';
import { type Instant } from '@tripoint/kernel';
import { Problem, Roles } from '@tripoint/platform';
import { type Erasure, standingOf } from '@tripoint/replay';
import { VerifiedLog } from '../watch/verified-log.js';
import { AUDITOR } from './auditor.js';

const NEWEST = 1000;

/** What is to be forgotten everywhere: who ordered it, who says that it is done, and who is late. */
@ApiTags('erasures')
@Roles(AUDITOR)
@Controller('erasures')
export class ErasuresController {
  constructor(private readonly verified: VerifiedLog) {}

  @Get()
  @ApiOperation({ summary: 'Every erasure, the newest first, and who is overdue since when' })
  @ApiOkResponse({ type: OverseenErasuresResponse })
  list(): OverseenErasuresResponse {
    const all = this.verified.audit.state.erasures();
    const waiting = all.filter((one) => overdueIn(one).length > 0);
    return {
      replayed: `${this.verified.size}`,
      found: `${all.length}`,
      overdue: `${waiting.length}`,
      rows: all
        .slice(-NEWEST)
        .reverse()
        .map((one) => this.#shown(one)),
    };
  }

  @Get(':item')
  @ApiOperation({ summary: 'One erasure' })
  @ApiOkResponse({ type: OverseenErasureResponse })
  one(@Param() { item }: ItemParams): OverseenErasureResponse {
    const erasure = this.verified.audit.state.erasure(item);
    if (erasure === undefined)
      throw new Problem('not-found', 'no erasure that counts has this id in the verified log');
    return this.#shown(erasure);
  }

  #shown(erasure: Erasure): OverseenErasureResponse {
    const { state } = this.verified.audit;
    const { item, exchange, event, originator, ground, leaf, by, told } = erasure;
    const { status } = standingOf(erasure, (...of) => state.isShredded(...of));
    return {
      item,
      exchange,
      event,
      originator,
      ground,
      leaf: `${leaf}`,
      // The row of a leaf that was verified is there.
      orderedAt: this.verified.rows[leaf]?.at ?? instant(0),
      until: instant(erasure.until),
      status,
      ...(by === undefined ? {} : { by }),
      told: told.map((agency) => shownHolder(erasure, agency)),
      overdue: overdueIn(erasure),
    };
  }
}

const instant = (at: number): Instant => new Date(at).toISOString() as Instant;

const overdueIn = ({ overdue, purged, kept }: Erasure) =>
  [...overdue].filter((agency) => !purged.has(agency) && !kept.has(agency)).sort();

const shownHolder = (
  { purged, kept, overdue, until }: Erasure,
  agency: OverseenHolderResponse['agency'],
): OverseenHolderResponse => {
  const claim = purged.get(agency);
  const because = kept.get(agency);
  return {
    agency,
    purged: claim !== undefined,
    ...(claim === undefined
      ? {}
      : {
          stores: claim.stores as OverseenHolderResponse['stores'] & object,
          backupsUntil: claim.backups,
        }),
    ...(because === undefined ? {} : { kept: [...because] }),
    ...(overdue.has(agency) ? { overdueSince: instant(until) } : {}),
  };
};
