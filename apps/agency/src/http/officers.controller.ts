import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  ChangeRolesBody,
  CreateOfficerBody,
  OfficerParams,
  OfficerResponse,
  OfficersResponse,
  type OfficerRole,
} from '@tripoint/contracts';
import { isRefusal, type OfficerId } from '@tripoint/kernel';
import { hashPassword, Problem, problem, Roles } from '@tripoint/platform';
import { type Officer } from '@tripoint/read-model';
import { AgencyOptions } from '../agency.options.js';
import { KEEPS_ACCOUNTS, MAY_KEEP_ACCOUNTS } from './duties.js';

const shown = ({ id, name, roles, active, lockedUntil }: Officer): OfficerResponse => ({
  officer: id,
  name,
  roles: [...roles] as OfficerRole[],
  active,
  ...(lockedUntil === undefined ? {} : { lockedUntil }),
});

/** The accounts of this agency's officers. */
@ApiTags('officers')
@Controller('officers')
@Roles(...MAY_KEEP_ACCOUNTS)
export class OfficersController {
  constructor(private readonly agency: AgencyOptions) {}

  @Get()
  @ApiOperation({ summary: 'Every account' })
  @ApiOkResponse({ type: OfficersResponse })
  async list(): Promise<OfficersResponse> {
    return { rows: (await this.agency.officers.all()).map(shown) };
  }

  @Post()
  @ApiOperation({ summary: 'Add an account' })
  @ApiCreatedResponse({ type: OfficerResponse })
  async create(
    @Body() { officer, name, password, roles }: CreateOfficerBody,
  ): Promise<OfficerResponse> {
    const passwordHash = await hashPassword(password);
    const outcome = await this.agency.officers.add({ id: officer, name, roles, passwordHash });
    if (isRefusal(outcome)) throw problem(outcome);
    return this.#account(officer);
  }

  @Put(':officer/roles')
  @ApiOperation({ summary: 'Give other roles; ends the officer’s sessions' })
  @ApiOkResponse({ type: OfficerResponse })
  changeRoles(
    @Param() { officer }: OfficerParams,
    @Body() { roles }: ChangeRolesBody,
  ): Promise<OfficerResponse> {
    return this.#change(officer, { roles });
  }

  @Delete(':officer')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Close an account; ends the officer’s sessions. What the officer did stays on record',
  })
  @ApiNoContentResponse()
  async close(@Param() { officer }: OfficerParams): Promise<void> {
    await this.#change(officer, { active: false });
  }

  @Post(':officer/unlock')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let an officer try again before the lock-out ends' })
  @ApiOkResponse({ type: OfficerResponse })
  async unlock(@Param() { officer }: OfficerParams): Promise<OfficerResponse> {
    await this.agency.officers.unlock(officer);
    return this.#account(officer);
  }

  async #change(
    officer: OfficerId,
    change: Partial<Pick<Officer, 'roles' | 'active'>>,
  ): Promise<OfficerResponse> {
    const outcome = await this.agency.officers.change(officer, change, KEEPS_ACCOUNTS);
    if (outcome?.refused === 'last-of-role')
      throw new Problem(
        'last-security-officer',
        'nobody else at this agency keeps accounts and looks at reads',
      );
    return this.#account(officer);
  }

  async #account(officer: OfficerId): Promise<OfficerResponse> {
    const account = await this.agency.officers.byId(officer);
    if (account === undefined) throw new Problem('not-found', 'no account has this id');
    return shown(account);
  }
}
