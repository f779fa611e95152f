import { type AttemptCommand } from './attempt/attempt.commands.js';
import { type ContributionCommand } from './contribution/contribution.commands.js';
import { type ReferralCommand } from './referral/referral.commands.js';
import { type RequestCommand } from './request/request.commands.js';

/** Anything that an agency can decide on. */
export type Command = RequestCommand | ContributionCommand | ReferralCommand | AttemptCommand;
export type CommandType = Command['type'];
