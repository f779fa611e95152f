export { KafkaBus } from './kafka-bus.js';
export { type KafkaSettings } from './kafka-settings.js';
export { agencyPrincipal, HUB_PRINCIPAL } from './provisioning/principals.js';
export { type BusMembers, provisionBus } from './provisioning/provision-bus.js';
export { type Withdrawal, withdrawFromBus } from './provisioning/withdraw-from-bus.js';
