import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ImposeDisclosureBody,
  ImposeErasureBody,
  type SubmittedResponse,
} from '@tripoint/contracts';
import { type Registry } from '@tripoint/federation';
import { refuse } from '@tripoint/kernel';
import { AgencyOptions } from '../agency.options.js';
import { RegisteredFederation } from '../federation/registered-federation.js';
import { refused } from './answers.js';
import { custodiansOf } from './custodians.js';
import { type Caller, CurrentCaller } from './caller.js';
import { Desk, type Said } from './desk.js';
import { Gives } from './gives.js';

/**
 * What oversight orders of others, at its own front door and nowhere else. It holds nothing of what it is about, and names it by what
 * the log shows. One auditor proposes, another confirms.
 */
@ApiTags('orders')
@Controller('orders')
export class OrdersController {
  constructor(
    private readonly desk: Desk,
    private readonly agency: AgencyOptions,
    private readonly federation: RegisteredFederation,
  ) {}

  @Post('erasures')
  @Gives('ImposeErasure', 'Oversight: have forgotten, by everybody who holds it, what others said')
  async erasure(
    @Body() { exchange, parts, ...body }: ImposeErasureBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    await this.#asOversight();
    const data: Said<'ImposeErasure'> = {
      ...body,
      compartments: parts.map(({ compartment }) => compartment),
      descriptors: parts.map(({ descriptor }) => descriptor),
    };
    return this.desk.impose('ImposeErasure', exchange, data, caller);
  }

  @Post('disclosures')
  @Gives('ImposeDisclosure', 'Oversight: order custodians to disclose one event to an agency')
  async disclosure(
    @Body() { ...body }: ImposeDisclosureBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const custodians = custodiansOf(await this.#asOversight());
    const data: Said<'ImposeDisclosure'> = { ...body, custodians };
    return this.desk.impose('ImposeDisclosure', undefined, data, caller);
  }

  /** Before anything is kept for a second officer; the domain says the same of what is sealed. */
  async #asOversight(): Promise<Registry> {
    const { registry } = await this.federation.now();
    if (registry.agency(this.agency.agency)?.kind !== 'OVERSIGHT')
      throw refused(refuse('not-an-authority', 'orders are given at the door of oversight'));
    return registry;
  }
}
