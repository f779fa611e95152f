import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation } from '@nestjs/swagger';
import { SubmittedResponse } from '@tripoint/contracts';
import { Roles } from '@tripoint/platform';
import { MAY_COMMAND, type OfficerCommand } from './duties.js';

/** A route on which officers give one command: answered once it is sealed, before the hub has recorded it. */
export const Gives = (command: OfficerCommand, summary: string): MethodDecorator =>
  applyDecorators(
    HttpCode(202),
    Roles(...MAY_COMMAND[command]),
    ApiOperation({ summary }),
    ApiAcceptedResponse({ type: SubmittedResponse }),
  );
