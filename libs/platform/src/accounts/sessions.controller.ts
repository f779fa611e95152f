import { Body, Controller, Delete, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
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
import { type OfficerId } from '@tripoint/kernel';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.js';
import { sentByConsole, setCookie } from '../session/cookie-session.js';
import { CurrentOfficer } from '../session/current-officer.js';
import { Public, SignedIn } from '../session/rules.js';
import { tokenOf } from '../session/session.guard.js';
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

  /** The console's own way in. The token goes into a cookie that no script can read, and into no answer. */
  @Public()
  @Post('sessions/console')
  @ApiOperation({ summary: 'Sign in with the console: the session is kept in a cookie' })
  @ApiCreatedResponse({ type: CurrentOfficerResponse })
  async openConsole(
    @Body() { officer, password }: OpenSessionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CurrentOfficerResponse> {
    // Otherwise another page could sign somebody in as an officer of its own choice.
    if (!sentByConsole(request))
      throw new Problem('not-from-console', 'only the console signs in with a cookie');
    const { token, name, roles } = await this.accounts.signIn(officer, password);
    const { agency, door } = this.options;
    void reply.header('set-cookie', setCookie(agency, request, token));
    return { door, officer, name, agency, roles: roles as OfficerRole[] };
  }

  @SignedIn()
  @Delete('sessions/current')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse()
  async close(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.accounts.signOut(tokenOf(request) ?? '');
    if (request.headers.authorization === undefined)
      void reply.header('set-cookie', setCookie(this.options.agency, request));
  }

  @SignedIn()
  @Get('sessions/current')
  @ApiOperation({ summary: 'Who is signed in' })
  @ApiOkResponse({ type: CurrentOfficerResponse })
  async current(@CurrentOfficer() { id, agency, roles }: Officer): Promise<CurrentOfficerResponse> {
    const { door, officers } = this.options;
    const name = (await officers.byId(id))?.name ?? id;
    return { door, officer: id, name, agency, roles: [...roles] as OfficerRole[] };
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
    await this.#replacePassword(id, present, next);
    return this.open({ officer: id, password: next });
  }

  /** The same for the console, whose new token no script reads either. */
  @SignedIn()
  @Put('sessions/console/password')
  @ApiOperation({ summary: 'Change one’s own password with the console: its session is a new one' })
  @ApiOkResponse({ type: CurrentOfficerResponse })
  async changeConsolePassword(
    @CurrentOfficer() { id }: Officer,
    @Body() { present, next }: ChangePasswordBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CurrentOfficerResponse> {
    if (!sentByConsole(request))
      throw new Problem('not-from-console', 'only the console keeps its session in a cookie');
    await this.#replacePassword(id, present, next);
    return this.openConsole({ officer: id, password: next }, request, reply);
  }

  async #replacePassword(id: OfficerId, present: string, next: string): Promise<void> {
    await this.accounts.signIn(id, present);
    await this.options.officers.change(id, { passwordHash: await hashPassword(next) });
  }
}
