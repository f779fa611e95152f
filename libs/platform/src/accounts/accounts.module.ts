import { type DynamicModule, Module } from '@nestjs/common';
import { Sessions } from '../session/sessions.js';
import { Accounts, AccountsOptions } from './accounts.js';
import { SessionsController } from './sessions.controller.js';

/** Accounts, sessions and lock-out for an application that has officers. */
@Module({})
export class AccountsModule {
  static with(options: AccountsOptions): DynamicModule {
    return {
      module: AccountsModule,
      controllers: [SessionsController],
      providers: [
        { provide: AccountsOptions, useValue: options },
        Accounts,
        { provide: Sessions, useExisting: Accounts },
      ],
      exports: [Accounts, Sessions],
    };
  }
}
