import { Body, Controller, Delete, Get, Headers, HttpCode, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  CurrentOfficerResponse,
  OpenSessionBody,
  type OfficerRole,
  SessionResponse,
} from '@tripoint/contracts';
import { CurrentOfficer } from '../session/current-officer.js';
import { Public, SignedIn } from '../session/rules.js';
import { type Officer } from '../session/sessions.js';
import { Accounts, AccountsOptions } from './accounts.js';

/** Signing in and out. */
@ApiTags('sessions')
@Controller()
export class SessionsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly options: AccountsOptions,
  ) {}

  @Public()
  @Post('sessions')
  @ApiOperation({ summary: 'Sign in' })
  @ApiCreatedResponse({ type: SessionResponse })
  async open(@Body() { officer, password }: OpenSessionBody): Promise<SessionResponse> {
    const { roles, ...session } = await this.accounts.signIn(officer, password);
    return { ...session, agency: this.options.agency, roles: roles as OfficerRole[] };
  }

  @SignedIn()
  @Delete('sessions/current')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse()
  async close(@Headers('authorization') authorization: string): Promise<void> {
    await this.accounts.signOut(authorization.slice('Bearer '.length));
  }

  @SignedIn()
  @Get('sessions/current')
  @ApiOperation({ summary: 'Who is signed in' })
  @ApiOkResponse({ type: CurrentOfficerResponse })
  current(@CurrentOfficer() { id, agency, roles }: Officer): CurrentOfficerResponse {
    return { officer: id, agency, roles: [...roles] as OfficerRole[] };
  }
}
