/** How every occurrence of one code is answered, and what its page says. */
export type ProblemKind = {
  readonly status: number;
  /** Constant for the code: RFC 9457 §3.1.3. */
  readonly title: string;
  /** What it means and what a caller can do about it, in a sentence or two. */
  readonly about: string;
};

/**
 * Code to kind. An application declares its own with
 * `{ … } satisfies ProblemTable<SomeRefusal['refused']>`, so that a new refusal without a decision
 * about its status does not compile.
 */
export type ProblemTable<Code extends string = string> = Readonly<Record<Code, ProblemKind>>;

/** The codes that the edge itself answers with, whatever the application. */
export const edgeProblems = {
  'malformed-request': {
    status: 400,
    title: 'The request is malformed',
    about: 'The request could not be read as HTTP, or its body is not JSON.',
  },
  'invalid-request': {
    status: 400,
    title: 'The request is not valid',
    about:
      'The request was read, but members of it are missing, unknown or out of bounds; `errors` names each of them.',
  },
  'body-too-deep': {
    status: 400,
    title: 'The body is nested too deeply',
    about: 'No body of this interface needs that many levels.',
  },
  'member-repeated': {
    status: 400,
    title: 'A member is written twice',
    about:
      'An object of the body has two members of one name, and readers would differ on which one counts.',
  },
  'idempotency-key-required': {
    status: 400,
    title: 'An Idempotency-Key is required',
    about:
      'Commands carry an `Idempotency-Key` header, so that they can be repeated without being done twice.',
  },
  'idempotency-key-invalid': {
    status: 400,
    title: 'The Idempotency-Key is not valid',
    about: 'The header holds 8 to 128 visible ASCII characters; a random UUID is a good choice.',
  },
  'purpose-required': {
    status: 400,
    title: 'A purpose is required',
    about:
      'Reading content needs the `Tripoint-Purpose` header: every such read is recorded with its purpose.',
  },
  'purpose-unknown': {
    status: 400,
    title: 'The purpose is not known',
    about: 'The `Tripoint-Purpose` header holds one of the codes that this interface describes.',
  },
  'purpose-invalid': {
    status: 400,
    title: 'The justification is not valid',
    about:
      '`Tripoint-Purpose-Text` is percent-encoded UTF-8 of at most 500 characters, `Tripoint-Legal-Basis` at most 200 visible ones.',
  },
  'cursor-invalid': {
    status: 400,
    title: 'The cursor is not valid',
    about: 'A cursor is taken unchanged from the previous page of the same list.',
  },
  'version-invalid': {
    status: 400,
    title: 'The If-Match header is not valid',
    about: 'The header holds exactly one strong entity tag, as the last read returned it.',
  },
  'not-signed-in': {
    status: 401,
    title: 'Not signed in',
    about: 'The request needs the bearer token of a live session, from `POST /sessions`.',
  },
  'sign-in-refused': {
    status: 401,
    title: 'Signing in was refused',
    about:
      'The name or the password is not right, the account is closed, or it is locked after too many wrong passwords in a row: these are answered alike. A lock opens by itself after a quarter of an hour.',
  },
  'not-from-console': {
    status: 403,
    title: 'The request is not the console’s',
    about:
      'A session in a cookie counts only for requests that the console of this very host has sent; programs send a bearer token.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    about: 'None of the roles of the officer who is signed in may do this.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    about: 'Nothing is here, or nothing that the caller may see: the two are answered alike.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    about: 'The resource does not answer this method; `Allow` names those that it answers.',
  },
  'not-acceptable': {
    status: 406,
    title: 'Not acceptable',
    about: 'The resource has no representation of the kind asked for.',
  },
  conflict: {
    status: 409,
    title: 'The state says no',
    about: 'What the request asks for does not fit the present state of the resource.',
  },
  'version-moved': {
    status: 412,
    title: 'Somebody was faster',
    about: 'The resource has changed since it was read; read it again and decide anew.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    about: 'A body holds at most 256 KiB.',
  },
  'uri-too-long': {
    status: 414,
    title: 'The URI is too long',
    about: 'A part of the path is too long.',
  },
  'media-type-unsupported': {
    status: 415,
    title: 'The media type is not supported',
    about: 'Bodies are `application/json`, UTF-8.',
  },
  'content-encoding-unsupported': {
    status: 415,
    title: 'The content encoding is not supported',
    about: 'Bodies are sent as they are, without `Content-Encoding`.',
  },
  'version-required': {
    status: 428,
    title: 'An If-Match header is required',
    about:
      'An edit names the version that it is based on, so that two people cannot overwrite one another.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    about: 'Wait for as long as `Retry-After` says.',
  },
  'too-many-streams': {
    status: 429,
    title: 'Too many live streams',
    about:
      'One officer holds only so many live streams open at a time; close one, then open another.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    about: 'The headers of a request hold at most 16 KiB.',
  },
  'internal-error': {
    status: 500,
    title: 'Something broke',
    about:
      'The fault is on this side and has been logged under the id in the `X-Request-Id` header.',
  },
  'disk-full': {
    status: 503,
    title: 'There is no room',
    about:
      'Nothing can be kept until somebody makes room on the disk of this node; nothing of the request was kept. The same request may succeed after that.',
  },
  unavailable: {
    status: 503,
    title: 'Not available at the moment',
    about: 'Something that this node depends on is away; the same request may succeed later.',
  },
} satisfies ProblemTable;

/** Every code this node can answer with. Built once, at the start. */
export class Problems {
  readonly #kinds: ReadonlyMap<string, ProblemKind>;

  constructor(own: ProblemTable = {}) {
    this.#kinds = new Map<string, ProblemKind>([
      ...Object.entries(edgeProblems),
      ...Object.entries(own),
    ]);
  }

  kind(code: string): ProblemKind | undefined {
    return this.#kinds.get(code);
  }

  all(): readonly (readonly [code: string, kind: ProblemKind])[] {
    return [...this.#kinds].sort(([left], [right]) => (left < right ? -1 : 1));
  }
}
