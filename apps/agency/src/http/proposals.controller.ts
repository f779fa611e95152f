import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ProposalParams,
  ProposalResponse,
  ProposalsResponse,
  type ProposalStatus,
  SubmittedResponse,
} from '@tripoint/contracts';
import { isRefusal } from '@tripoint/kernel';
import { CurrentOfficer, type Officer, Problem, Roles } from '@tripoint/platform';
import { type Proposal, type ProposalDecision } from '@tripoint/read-model';
import { AgencyOptions } from '../agency.options.js';
import { refused } from './answers.js';
import { Desk } from './desk.js';
import { KEEPS_ACCOUNTS, MAY_COMMAND, MAY_CONFIRM, type OfficerCommand } from './duties.js';

const MOST_SHOWN = 200;

const dutyOf = ({ command }: Proposal): readonly string[] => MAY_COMMAND[command as OfficerCommand];

/** Whether the officer could have proposed it, by the roles of this moment. */
const mayDecide = ({ roles }: Officer, proposal: Proposal): boolean =>
  roles.some((role) => dutyOf(proposal).includes(role));

/** What needs two officers: one proposes it by giving the command, another confirms it within a day. */
@ApiTags('proposals')
@Controller('proposals')
export class ProposalsController {
  constructor(
    private readonly desk: Desk,
    private readonly agency: AgencyOptions,
  ) {}

  @Get()
  @Roles(...MAY_CONFIRM, KEEPS_ACCOUNTS)
  @ApiOperation({ summary: 'What was proposed, by whom, and who decided on it' })
  @ApiOkResponse({ type: ProposalsResponse })
  async list(@CurrentOfficer() officer: Officer): Promise<ProposalsResponse> {
    const newest = (await this.agency.fourEyes?.proposals.newest(MOST_SHOWN)) ?? [];
    const rows = newest.flatMap((one) => {
      if (mayDecide(officer, one)) return [this.#shown(one, { says: JSON.stringify(one.data) })];
      // Whoever keeps accounts looks after who did what, and is told nothing of what it says.
      return officer.roles.includes(KEEPS_ACCOUNTS) ? [this.#shown(one)] : [];
    });
    return { rows };
  }

  @Post(':proposal/confirm')
  @HttpCode(202)
  @Roles(...MAY_CONFIRM)
  @ApiOperation({ summary: 'Confirm what another officer proposed: it is sealed' })
  @ApiAcceptedResponse({ type: SubmittedResponse, description: 'It is sealed and on its way.' })
  async confirm(
    @Param() { proposal }: ProposalParams,
    @CurrentOfficer() officer: Officer,
  ): Promise<SubmittedResponse> {
    return this.desk.carryOut(await this.#decided(proposal, officer, 'CONFIRMED'));
  }

  @Post(':proposal/reject')
  @HttpCode(200)
  @Roles(...MAY_CONFIRM)
  @ApiOperation({ summary: 'Reject what was proposed, or take one’s own back: nothing is sealed' })
  @ApiOkResponse({ type: ProposalResponse })
  async reject(
    @Param() { proposal }: ProposalParams,
    @CurrentOfficer() officer: Officer,
  ): Promise<ProposalResponse> {
    return this.#shown(await this.#decided(proposal, officer, 'REJECTED'));
  }

  async #decided(
    id: string,
    officer: Officer,
    outcome: ProposalDecision['outcome'],
  ): Promise<Proposal> {
    const proposals = this.agency.fourEyes?.proposals;
    const proposal = await proposals?.one(id);
    if (proposals === undefined || proposal === undefined)
      throw new Problem('not-found', 'nothing that was proposed has this id');
    if (!mayDecide(officer, proposal))
      throw new Problem('forbidden', 'the officer who is signed in has no role that allows this');
    const decision = { outcome, by: officer.id, at: this.desk.now };
    const decided = await proposals.decide(id, decision, dutyOf(proposal), (one) =>
      this.desk.stillStands(one, officer.id),
    );
    if (isRefusal(decided)) throw refused(decided);
    return decided;
  }

  #shown(
    { id, decision, command, item, exchange, ...rest }: Proposal,
    told: Pick<ProposalResponse, 'says'> = {},
  ): ProposalResponse {
    const { proposedBy, proposedAt, until } = rest;
    const lapsed = until <= this.desk.now ? 'LAPSED' : 'OPEN';
    const status: ProposalStatus = decision?.outcome ?? lapsed;
    return {
      proposal: id,
      command,
      item,
      exchange,
      ...told,
      status,
      proposedBy,
      proposedAt,
      until,
      ...(decision === undefined ? {} : { decidedBy: decision.by, decidedAt: decision.at }),
    };
  }
}
