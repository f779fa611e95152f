import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AnswerRequestBody,
  AudiencePreviewResponse,
  DeclineReferralBody,
  EntityModels,
  IssueReferralBody,
  IssueRequestBody,
  ItemParams,
  ReferralFeedbackBody,
  ShareContributionBody,
} from '@tripoint/contracts';
import { type Command } from '@tripoint/domain';
import { isRefusal } from '@tripoint/kernel';
import { CurrentOfficer, type Officer, Roles } from '@tripoint/platform';
import { Audience, type AudienceRow } from '../sealing/audience.js';
import { refused } from './answers.js';
import { Desk, explained, type Said } from './desk.js';
import { MAY_COMMAND } from './duties.js';

const shown = (rows: readonly AudienceRow[]): AudiencePreviewResponse => ({
  parts: [...new Set(rows.map(({ compartment }) => compartment))].map((compartment) => {
    const about = rows.filter((row) => row.compartment === compartment);
    return {
      compartment,
      readers: about.filter(({ allowed }) => allowed).map(({ agency }) => agency),
      because: [...new Set(about.flatMap(({ rules }) => rules))],
      verdicts: about.map(({ agency, allowed, rules, because }) => ({
        agency,
        allowed,
        rules: [...rules],
        because,
      })),
    };
  }),
});

/** Who would read what a command says, and by which rule, before anything is sealed. The body is that of the command. */
@ApiTags('audience')
@EntityModels()
@Controller('audience')
export class AudienceController {
  constructor(
    private readonly audience: Audience,
    private readonly desk: Desk,
  ) {}

  @Post('requests')
  @HttpCode(200)
  @Roles(...MAY_COMMAND.IssueRequest)
  @ApiOperation({ summary: 'Who would read a request' })
  @ApiOkResponse({ type: AudiencePreviewResponse })
  async ofRequest(
    @Body() { exchange, derivedFrom, ...body }: IssueRequestBody,
    @CurrentOfficer() officer: Officer,
  ): Promise<AudiencePreviewResponse> {
    const data = {
      ...body,
      ...(derivedFrom && { derivedFrom: await this.desk.sources(derivedFrom) }),
    } as Said<'IssueRequest'>;
    return this.#preview(await this.desk.drafted('IssueRequest', exchange, data, officer));
  }

  @Post('requests/:item/answer')
  @HttpCode(200)
  @Roles(...MAY_COMMAND.ProvideAnswer)
  @ApiOperation({ summary: 'Who would read an answer' })
  @ApiOkResponse({ type: AudiencePreviewResponse })
  async ofAnswer(
    @Param() { item }: ItemParams,
    @Body() { derivedFrom, ...body }: AnswerRequestBody,
    @CurrentOfficer() officer: Officer,
  ): Promise<AudiencePreviewResponse> {
    const data = {
      ...body,
      ...(derivedFrom && { derivedFrom: await this.desk.sources(derivedFrom) }),
    } as Said<'ProvideAnswer'>;
    return this.#preview(await this.desk.draftedMove('ProvideAnswer', item, data, officer));
  }

  @Post('contributions')
  @HttpCode(200)
  @Roles(...MAY_COMMAND.ShareContribution)
  @ApiOperation({ summary: 'Who would read a contribution' })
  @ApiOkResponse({ type: AudiencePreviewResponse })
  async ofContribution(
    @Body() { exchange, derivedFrom, ...body }: ShareContributionBody,
    @CurrentOfficer() officer: Officer,
  ): Promise<AudiencePreviewResponse> {
    const data = {
      ...body,
      ...(derivedFrom && { derivedFrom: await this.desk.sources(derivedFrom) }),
    } as Said<'ShareContribution'>;
    return this.#preview(await this.desk.drafted('ShareContribution', exchange, data, officer));
  }

  @Post('referrals')
  @HttpCode(200)
  @Roles(...MAY_COMMAND.IssueReferral)
  @ApiOperation({ summary: 'Who would read a referral' })
  @ApiOkResponse({ type: AudiencePreviewResponse })
  async ofReferral(
    @Body() { exchange, ...body }: IssueReferralBody,
    @CurrentOfficer() officer: Officer,
  ): Promise<AudiencePreviewResponse> {
    const data = body as Said<'IssueReferral'>;
    return this.#preview(await this.desk.drafted('IssueReferral', exchange, data, officer));
  }

  @Post('referrals/:item/reject')
  @HttpCode(200)
  @Roles(...MAY_COMMAND.RejectReferral)
  @ApiOperation({ summary: 'Who would read why a referral is declined' })
  @ApiOkResponse({ type: AudiencePreviewResponse })
  async ofRejection(
    @Param() { item }: ItemParams,
    @Body() body: DeclineReferralBody,
    @CurrentOfficer() officer: Officer,
  ): Promise<AudiencePreviewResponse> {
    const data = body as Said<'RejectReferral'>;
    return this.#preview(await this.desk.draftedMove('RejectReferral', item, data, officer));
  }

  @Post('referrals/:item/not-possible')
  @HttpCode(200)
  @Roles(...MAY_COMMAND.DeclareReferralNotPossible)
  @ApiOperation({ summary: 'Who would read why a referral is not possible' })
  @ApiOkResponse({ type: AudiencePreviewResponse })
  async ofImpossibility(
    @Param() { item }: ItemParams,
    @Body() body: DeclineReferralBody,
    @CurrentOfficer() officer: Officer,
  ): Promise<AudiencePreviewResponse> {
    const data = body as Said<'DeclareReferralNotPossible'>;
    return this.#preview(
      await this.desk.draftedMove('DeclareReferralNotPossible', item, data, officer),
    );
  }

  @Post('referrals/:item/feedback')
  @HttpCode(200)
  @Roles(...MAY_COMMAND.GiveReferralFeedback)
  @ApiOperation({ summary: 'Who would read how a referral goes' })
  @ApiOkResponse({ type: AudiencePreviewResponse })
  async ofFeedback(
    @Param() { item }: ItemParams,
    @Body() body: ReferralFeedbackBody,
    @CurrentOfficer() officer: Officer,
  ): Promise<AudiencePreviewResponse> {
    const data = body as Said<'GiveReferralFeedback'>;
    return this.#preview(await this.desk.draftedMove('GiveReferralFeedback', item, data, officer));
  }

  async #preview(decision: Command): Promise<AudiencePreviewResponse> {
    const rows = await this.audience.preview(decision).catch((thrown: unknown) => {
      throw explained(thrown);
    });
    if (isRefusal(rows)) throw refused(rows);
    return shown(rows);
  }
}
