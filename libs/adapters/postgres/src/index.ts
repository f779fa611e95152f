export { AgencyDatabase } from './agency/agency-database.js';
export { type CarriedRows, carryRows } from './carry-rows.js';
export { type DatabaseConfig } from './database.js';
export { HubDatabase } from './hub/hub-database.js';
export { scrub, type Scrubbable, type Scrubbed, type ScrubOptions } from './scrub.js';
export { OversightDatabase } from './oversight/oversight-database.js';
