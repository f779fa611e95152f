import { Code, Lines, NestedList, Whole, Words, YesNo } from './fields.js';

/** One readiness check. */
export class HealthCheckResponse {
  @Words({ about: 'Its name.', most: 64, example: 'database' })
  readonly name!: string;

  @YesNo({ about: 'Whether it passes.' })
  readonly ready!: boolean;
}

/** How the node is. */
export class HealthResponse {
  @Code(['up', 'down'], 'HealthStatus', { about: 'Whether every check passes.' })
  readonly status!: 'up' | 'down';

  @NestedList(() => HealthCheckResponse, { about: 'The checks.', most: 64 })
  readonly checks!: HealthCheckResponse[];
}

/** What one problem code means. */
export class ProblemKindResponse {
  @Words({ about: 'The problem type: this page.', most: 128, example: '/problems/not-found' })
  readonly type!: string;

  @Words({ about: 'Its code.', most: 64, example: 'not-found' })
  readonly code!: string;

  @Whole({ about: 'The HTTP status it is answered with.', least: 400, most: 599, example: 404 })
  readonly status!: number;

  @Words({ about: 'Its title, the same at every occurrence.', most: 200 })
  readonly title!: string;

  @Lines({ about: 'What it means and what to do about it.', most: 2000 })
  readonly about!: string;
}

/** One thing wrong with a request, and where. */
export class FaultResponse {
  @Words({
    about: 'JSON pointer as a URI fragment (RFC 6901 §6).',
    most: 1000,
    example: '#/entities/0/plate',
  })
  readonly pointer!: string;

  @Words({ about: 'What is wrong there.', most: 300, example: 'is not in the list of codes' })
  readonly detail!: string;
}

/** An answer of RFC 9457. */
export class ProblemResponse {
  @Words({
    about: 'The problem type; its page explains it.',
    most: 128,
    example: '/problems/invalid-request',
  })
  readonly type!: string;

  @Words({ about: 'The title of the type.', most: 200, example: 'The request is not valid' })
  readonly title!: string;

  @Whole({ about: 'The HTTP status.', least: 400, most: 599, example: 400 })
  readonly status!: number;

  @Words({ about: 'What happened this time.', most: 1000, example: 'the body is not valid' })
  readonly detail!: string;

  @Words({
    about: 'This occurrence, by the id of its request.',
    most: 64,
    example: 'urn:uuid:5f0c7a52-6f0e-4a53-9d7e-4a1f7f0d6a11',
  })
  readonly instance!: string;

  @Words({ about: 'The code, for programs.', most: 64, example: 'invalid-request' })
  readonly code!: string;

  @NestedList(() => FaultResponse, {
    about: 'What is wrong with the request, member by member.',
    most: 32,
    optional: true,
  })
  readonly errors?: FaultResponse[];
}
