import { Body, Controller, Delete, Get, Headers, HttpCode, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  ChangePasswordBody,
  CurrentOfficerResponse,
  OpenSessionBody,
  type OfficerRole,
  SessionResponse,
} from '@tripoint/contracts';
import { CurrentOfficer } from '../session/current-officer.js';
import { Public, SignedIn } from '../session/rules.js';
import { type Officer } from '../session/sessions.js';
import { Accounts, AccountsOptions } from './accounts.js';
import { hashPassword } from './passwords.js';

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

  /** The present password is asked for, and counted when wrong, so that a stolen token cannot take the account over. */
  @SignedIn()
  @Put('sessions/current/password')
  @ApiOperation({ summary: 'Change one’s own password: ends every session, and opens a new one' })
  @ApiOkResponse({ type: SessionResponse })
  async changePassword(
    @CurrentOfficer() { id }: Officer,
    @Body() { present, next }: ChangePasswordBody,
  ): Promise<SessionResponse> {
    await this.accounts.signIn(id, present);
    await this.options.officers.change(id, { passwordHash: await hashPassword(next) });
    return this.open({ officer: id, password: next });
  }
}
