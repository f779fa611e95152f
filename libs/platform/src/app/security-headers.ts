/** For answers that are data: nothing in them may run or be framed. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** For the page of the OpenAPI document, whose files all come from here; its styles are inline. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * For the console: everything comes from here, nothing is inline, and no text becomes a script. Styles that a script sets are the
 * object model's; `style-src` is about text that becomes a style sheet.
 */
const CONSOLE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const policyOf = (path: string): string => {
  if (/^\/docs(\/|$)/.test(path)) return DOCS_POLICY;
  return /^\/console(\/|$)/.test(path) ? CONSOLE_POLICY : DATA_POLICY;
};

/** The headers of every answer; a route may replace `cache-control`. */
export const securityHeaders = (path: string): Readonly<Record<string, string>> => ({
  'content-security-policy': policyOf(path),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
});
