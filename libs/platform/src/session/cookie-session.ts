// A browser keeps its token in a cookie that no script can read. What sends a cookie without being asked is another page, so a cookie
// counts only when our own console must have sent the request (OWASP, Cross-Site Request Forgery Prevention: custom headers, origin
// and fetch metadata):
// - A header of our own: another origin cannot send it without a preflight, and no preflight is ever granted here.
// - `Sec-Fetch-Site`, where there is one, says `same-origin`. SameSite alone would let in other ports of the same host.
// - `Origin` is this host; without one, only what changes nothing is let through.
import { type FastifyRequest } from 'fastify';
import { isLoopback } from '../configuration/loopback.js';

/** The header by which the console says that it, and no other page, sent a request. */
const CONSOLE_HEADER = 'tripoint-console';
const TOKEN = /^[A-Za-z0-9_-]{16,512}$/;

/** Whether a request can only have been sent by the console that this host serves. */
export const sentByConsole = ({ headers, method }: FastifyRequest): boolean => {
  if (headers[CONSOLE_HEADER] !== '1') return false;
  if ((headers['sec-fetch-site'] ?? 'same-origin') !== 'same-origin') return false;
  const { origin, host } = headers;
  if (origin === undefined) return method === 'GET' || method === 'HEAD';
  return host !== undefined && hostOf(origin) === host;
};

const hostOf = (origin: string): string | undefined => {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
};

/** On this machine there is no TLS, and not every browser would take a cookie that insists on it. */
const withoutTls = ({ host }: FastifyRequest): boolean =>
  isLoopback(host.replace(/:\d*$/, '').toLowerCase());

/** Cookies know no ports: agencies on one host are told apart by the name. */
const nameOf = (realm: string, request: FastifyRequest): string =>
  `${withoutTls(request) ? '' : '__Host-'}tripoint-${realm}`;

/** The token that came in the cookie of this realm; nothing where it came twice, since then somebody else has set one of them. */
export const cookieToken = (realm: string, request: FastifyRequest): string | undefined => {
  const name = nameOf(realm, request);
  const found = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [token] = found;
  return found.length === 1 && token !== undefined && TOKEN.test(token) ? token : undefined;
};

/** The `Set-Cookie` that keeps a token until the browser is closed; without one, the cookie is taken away. */
export const setCookie = (realm: string, request: FastifyRequest, token?: string): string =>
  `${nameOf(realm, request)}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict` +
  (withoutTls(request) ? '' : '; Secure') +
  (token === undefined ? '; Max-Age=0' : '');
