import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AsOfParams,
  AsOfResponse,
  AttemptsResponse,
  type DisclosedResponse,
  LeafParams,
  NextBundleBody,
  NextBundleResponse,
  ReplayedDecisionResponse,
  StandingParams,
  StandingsResponse,
} from '@tripoint/contracts';
import { type Digest, isRefusal } from '@tripoint/kernel';
import { Problem, Roles } from '@tripoint/platform';
import {
  type ChangedDecision,
  disclosedAt,
  LogSource,
  NextBundle,
  replayDecision,
  type Standing,
  standingsOf,
  verifyLog,
} from '@tripoint/replay';
import { loadBundle } from '@tripoint/policy';
import { OversightOptions } from '../oversight.options.js';
import { VerifiedLeaves } from '../watch/verified-leaves.js';
import { VerifiedLog } from '../watch/verified-log.js';
import { AUDITOR } from './auditor.js';
import { shownReplay } from './shown-replay.js';

const NEWEST_ATTEMPTS = 1000;
const MOST_CHANGED = 1000;

/** What was decided, by which rule, and who could see what because of it. */
@ApiTags('decisions')
@Roles(AUDITOR)
@Controller()
export class DecisionsController {
  /** One replay at a time: each begins at the log's first leaf. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly oversight: OversightOptions,
    private readonly source: LogSource,
    private readonly verified: VerifiedLog,
    private readonly leaves: VerifiedLeaves,
  ) {}

  @Get('decisions/:index/replay')
  @ApiOperation({ summary: 'Decides a leaf again, from the log’s first leaf on' })
  @ApiOkResponse({ type: ReplayedDecisionResponse })
  async replay(@Param() { index }: LeafParams): Promise<ReplayedDecisionResponse> {
    const at = Number(index);
    if (!Number.isSafeInteger(at) || at >= this.verified.size)
      throw new Problem('not-found', 'no such leaf has been verified');
    const replayed = this.#turn.then(() => this.#replay(at));
    this.#turn = replayed.catch(() => undefined);
    return replayed;
  }

  async #replay(at: number): Promise<ReplayedDecisionResponse> {
    const { anchor, openpgp } = this.oversight;
    return shownReplay(await replayDecision(this.source, anchor, openpgp, at));
  }

  @Get('descriptors/:descriptor/as-of/:index')
  @ApiOperation({ summary: 'How every agency stands to a compartment as of a leaf, and why' })
  @ApiOkResponse({ type: StandingsResponse })
  async standings(@Param() { descriptor, index }: StandingParams): Promise<StandingsResponse> {
    if (Number(index) >= this.verified.size)
      throw new Problem('beyond-log', `${this.verified.size} leaves have been verified so far`);
    const replayed = this.#turn.then(() => this.#standings(descriptor, Number(index)));
    this.#turn = replayed.catch(() => undefined);
    const rows = await replayed;
    if (rows === undefined) throw new Problem('not-found', 'nothing like it was said by then');
    return { descriptor, index, rows: [...rows] };
  }

  async #standings(descriptor: Digest, asOf: number): Promise<readonly Standing[] | undefined> {
    const { anchor, openpgp } = this.oversight;
    let standings: readonly Standing[] | undefined;
    await verifyLog(this.source, anchor, openpgp, {
      asOf,
      heard: ({ leaf }, state) => {
        if (leaf.index === asOf) standings = standingsOf(state, descriptor);
      },
    });
    return standings;
  }

  @Post('decisions/next-bundle')
  @HttpCode(200)
  @ApiOperation({ summary: 'What proposed rules would have decided otherwise' })
  @ApiOkResponse({ type: NextBundleResponse })
  async nextBundle(
    @Body() { bundle: text, since = '0' }: NextBundleBody,
  ): Promise<NextBundleResponse> {
    const bundle = loadBundle(Buffer.from(text));
    if (isRefusal(bundle)) throw new Problem('bundle-refused', bundle.detail);
    const replayed = this.#turn.then(() => this.#decidedBy(new NextBundle(bundle, Number(since))));
    this.#turn = replayed.catch(() => undefined);
    return replayed;
  }

  async #decidedBy(next: NextBundle): Promise<NextBundleResponse> {
    const { anchor, openpgp } = this.oversight;
    const changed: ChangedDecision[] = [];
    const { fault } = await verifyLog(this.source, anchor, openpgp, {
      heard: (audited, state) => {
        for (const one of next.take(audited, state))
          if (changed.length < MOST_CHANGED) changed.push(one);
      },
    });
    return {
      ...next.counts,
      sound: fault === null,
      terms: next.terms.map(({ was, would, ...term }) => ({
        ...term,
        ...(was === null ? {} : { was }),
        ...(would === null ? {} : { would }),
      })),
      rows: changed.map(({ index, ...change }) => ({ index: `${index}`, ...change })),
    };
  }

  @Get('exchanges/:exchange/as-of/:index')
  @ApiOperation({ summary: 'Who could see what of an exchange as of a leaf' })
  @ApiOkResponse({ type: AsOfResponse })
  async asOf(@Param() { exchange, index }: AsOfParams): Promise<AsOfResponse> {
    if (Number(index) >= this.verified.size)
      throw new Problem('beyond-log', `${this.verified.size} leaves have been verified so far`);
    const leaves = this.verified.leavesOf(exchange, Number(index));
    if (leaves.length === 0)
      throw new Problem('not-found', 'nothing was said in such an exchange by then');
    const { state } = this.verified.audit;
    const disclosed: DisclosedResponse[] = [];
    for (const leaf of leaves)
      for (const one of disclosedAt(await this.leaves.at(leaf), state)) {
        if (one.exchange !== exchange) continue;
        disclosed.push({
          index: `${one.index}`,
          at: one.at,
          event: one.event,
          family: one.family,
          issuer: one.issuer,
          compartment: one.compartment,
          classification: one.classification,
          handling: one.handling,
          audience: [...one.audience],
          ...(one.grant?.until === undefined ? {} : { until: one.grant.until }),
        });
      }
    return { exchange, index, disclosed };
  }

  @Get('attempts')
  @ApiOperation({ summary: 'Disclosures that were refused, the newest first' })
  @ApiOkResponse({ type: AttemptsResponse })
  attempts(): AttemptsResponse {
    const { attempts } = this.verified;
    return {
      rows: attempts
        .slice(-NEWEST_ATTEMPTS)
        .reverse()
        .map((attempt) => ({ ...attempt, index: `${attempt.index}` })),
      found: `${attempts.length}`,
    };
  }
}
