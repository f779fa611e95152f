export { AccountsModule } from './accounts/accounts.module.js';
export { Accounts, AccountsOptions, type OpenedSession } from './accounts/accounts.js';
export { hashPassword, passwordMatches } from './accounts/passwords.js';
export { BODY_LIMIT, createApp, type App, type AppOptions } from './app/create-app.js';
export { readBuiltConsole, readConsole, type ConsoleFiles } from './app/serve-console.js';
export { onStopSignal } from './app/stop-signals.js';
export { NODE_SETTINGS, runNode, type Node, type Starting } from './app/run-node.js';
export {
  configuration,
  ConfigurationError,
  optional,
  setting,
  SettingError,
  unusable,
  withDefault,
  type Configured,
  type ReadFile,
  type Setting,
  type SettingFault,
  type Shape,
  type Source,
} from './configuration/configuration.js';
export { engine, type Engine, type EngineHost, type EngineKind } from './configuration/engine.js';
export {
  branded,
  flag,
  integer,
  oneOf,
  path,
  port,
  remote,
  secret,
  text,
  url,
} from './configuration/settings.js';
export { Readiness, type CheckResult, type ReadinessCheck } from './health/readiness.js';
export { cursorsOf, type CursorKey, type Cursors } from './http/cursor.js';
export { entityTag, IfMatch } from './http/entity-tag.js';
export { EventStreams, type OpenEvents, type ServerEvent } from './http/event-streams.js';
export { IdempotencyKey, idempotencyKeyOf, keyedParameter } from './http/idempotency-key.js';
export { CurrentPurpose, type Purpose } from './http/purpose.js';
export { keepScrubbed, type Scrubbing } from './lifecycle/keep-scrubbed.js';
export { supervise, unlessAway } from './lifecycle/supervise.js';
export { type Clocks, watchClock } from './lifecycle/watch-clock.js';
export { JsonLog, type LogFields, type LogLevel } from './log/json-log.js';
export { Metrics, secondsSince, type Reading, type Sample } from './metrics/metrics.js';
export { openApiDocument, type InterfaceDescription } from './openapi/openapi.js';
export { PROBLEM_JSON, type ProblemDocument } from './problem/problem.filter.js';
export { problem, Problem, type Fault } from './problem/problem.js';
export { Problems, type ProblemKind, type ProblemTable } from './problem/problem-table.js';
export { CurrentOfficer, currentOfficerOf } from './session/current-officer.js';
export { routesAndRules, type RouteAndRule } from './session/route-rules.js';
export { Public, Roles, SignedIn, type RouteRule } from './session/rules.js';
export { officerOf } from './session/session.guard.js';
export { Sessions, type Officer } from './session/sessions.js';
export { openTraces } from './traces/open-traces.js';
export { contextIn, headersFor } from './traces/traceparent.js';
export {
  Traces,
  type Beginning,
  type RunningSpan,
  type SpanAttributes,
  type SpanName,
  type TraceContext,
} from './traces/traces.js';
