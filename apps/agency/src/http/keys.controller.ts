import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { KeysResponse } from '@tripoint/contracts';
import { Roles } from '@tripoint/platform';
import { AgencyOptions } from '../agency.options.js';
import { RegisteredFederation } from '../federation/registered-federation.js';
import { LogTime } from '../queries/log-time.js';
import { shownCertificate, shownEpoch } from '../queries/shown-keys.js';
import { explained } from './desk.js';
import { MAY_WATCH_TRAFFIC } from './duties.js';

/** This agency's own keys, as the registry in the log has them. Public halves: nothing here opens or signs anything. */
@ApiTags('keys')
@Controller('keys')
export class KeysController {
  constructor(
    private readonly agency: AgencyOptions,
    private readonly federation: RegisteredFederation,
    private readonly time: LogTime,
  ) {}

  @Get()
  @Roles(...MAY_WATCH_TRAFFIC)
  @ApiOperation({ summary: 'This agency’s certificates and subkeys, and what became of them' })
  @ApiOkResponse({ type: KeysResponse })
  async keys(): Promise<KeysResponse> {
    const { registry } = await this.federation.now().catch((thrown: unknown) => {
      throw explained(thrown);
    });
    const { agency, signing } = this.agency;
    const now = await this.time.now();
    return {
      certificates: registry
        .certificatesOfAgency(agency)
        .map((one) => shownCertificate(one, now, signing.key.signing)),
      epochs: registry.epochs(agency).map(shownEpoch).reverse(),
    };
  }
}
