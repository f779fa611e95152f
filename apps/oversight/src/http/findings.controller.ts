import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  FindingHistoryResponse,
  FindingParams,
  FindingsQuery,
  FindingStepBody,
  OversightFindingResponse,
  OversightFindingsResponse,
} from '@tripoint/contracts';
import { FINDING_STATES, type FindingState } from '@tripoint/domain';
import { type Instant, isRefusal } from '@tripoint/kernel';
import { CurrentOfficer, type Officer, problem, Problem, Roles } from '@tripoint/platform';
import { type Finding } from '@tripoint/vault';
import { OversightOptions } from '../oversight.options.js';
import { VerifiedLog } from '../watch/verified-log.js';
import { AUDITOR } from './auditor.js';

const DEFAULT_ROWS = 100;
const DAY = 24 * 60 * 60 * 1000;
const LARGEST_NUMBER = 2_147_483_647;
const UNSETTLED = FINDING_STATES.filter((state) => state !== 'CLOSED');

/** What is wrong with the record or with whoever keeps it, and what auditors made of it. */
@ApiTags('findings')
@Roles(AUDITOR)
@Controller('findings')
export class FindingsController {
  constructor(
    private readonly oversight: OversightOptions,
    private readonly verified: VerifiedLog,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What was found, by age' })
  @ApiOkResponse({ type: OversightFindingsResponse })
  async list(
    @Query() { state, first, after, limit = DEFAULT_ROWS }: FindingsQuery,
  ): Promise<OversightFindingsResponse> {
    const { findings } = this.oversight;
    const [counts, found] = await Promise.all([
      findings.counts(),
      findings.list({
        ...(state === undefined ? {} : { states: state === 'UNSETTLED' ? UNSETTLED : [state] }),
        oldestFirst: first === 'OLDEST',
        ...(after === undefined ? {} : { after: numberOf(after) }),
        limit: limit + 1,
      }),
    ]);
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const sum = (states: readonly FindingState[]): number =>
      states.reduce((total, one) => total + (counts[one] ?? 0), 0);
    return {
      replayed: `${this.verified.size}`,
      found: sum(FINDING_STATES),
      unsettled: sum(UNSETTLED),
      rows: rows.map((row) => this.#shown(row)),
      ...(found.length > limit && last !== undefined ? { next: `${last.number}` } : {}),
    };
  }

  @Get(':finding')
  @ApiOperation({ summary: 'One finding, every time it was found, and all that became of it' })
  @ApiOkResponse({ type: FindingHistoryResponse })
  async history(@Param() { finding }: FindingParams): Promise<FindingHistoryResponse> {
    const found = await this.oversight.findings.history(numberOf(finding));
    if (found === undefined) throw new Problem('not-found', 'there is no such finding');
    return {
      finding: this.#shown(found.finding),
      steps: found.steps.map(({ state, by, reason, at }) => ({
        state,
        reason,
        at,
        ...(by === undefined ? {} : { by }),
      })),
      occasions: found.occasions.map(({ at, leaf, detail }) => ({
        at,
        detail,
        ...(leaf === null ? {} : { leaf: `${leaf}` }),
      })),
    };
  }

  @Post(':finding/steps')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a finding a step on, with a reason; nothing is taken back' })
  @ApiOkResponse({ type: OversightFindingResponse })
  async step(
    @Param() { finding }: FindingParams,
    @Body() { state, reason }: FindingStepBody,
    @CurrentOfficer() { id: by }: Officer,
  ): Promise<OversightFindingResponse> {
    const at = new Date(this.oversight.now()).toISOString() as Instant;
    const outcome = await this.oversight.findings.step(numberOf(finding), state, {
      by,
      reason,
      at,
    });
    if (!isRefusal(outcome)) return this.#shown(outcome);
    if (outcome.refused === 'finding-unknown') throw new Problem('not-found', outcome.detail);
    throw problem(outcome);
  }

  #shown({ number, leaf, agency, at, ...finding }: Finding): OversightFindingResponse {
    const { code, state, detail, lastAt, times } = finding;
    return {
      number: `${number}`,
      code,
      state,
      detail,
      at,
      lastAt,
      times,
      ageInDays: Math.max(0, Math.floor((this.oversight.now() - Date.parse(at)) / DAY)),
      ...(leaf === null ? {} : { leaf: `${leaf}` }),
      ...(agency === undefined ? {} : { agency }),
    };
  }
}

/** A number that no finding has stands for all that are too large. */
const numberOf = (text: string): number => Math.min(Number(text), LARGEST_NUMBER);
