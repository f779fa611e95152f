import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Command as Decision } from '@tripoint/domain';
import { isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { Audience } from '../sealing/audience.js';

/** Would this be sealed now? A second officer is asked for nothing that would be refused. */
export class TryCommand extends Command<Refusal | undefined> {
  /** Without `byRules`, what the rules deny is none: tried in earnest, it is an attempt, and goes on record. */
  constructor(
    readonly decision: Decision,
    readonly byRules = true,
  ) {
    super();
  }
}

/** Folds, decides and asks the rules as for a command that is sealed. Seals nothing, and puts no attempt on record. */
@CommandHandler(TryCommand)
export class TryCommandHandler implements ICommandHandler<TryCommand> {
  constructor(private readonly audience: Audience) {}

  async execute({ decision, byRules }: TryCommand): Promise<Refusal | undefined> {
    const rows = await this.audience.preview(decision);
    if (isRefusal(rows)) return rows;
    const denied = byRules ? rows.find(({ allowed }) => !allowed) : undefined;
    return denied && refuse(denied.rules[0] ?? 'not-permitted', denied.because);
  }
}
