import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { lazily } from '../ui/lazily';
import { Broken } from './broken';
import { Shell } from './shell';

const root = createRootRoute({ component: Shell });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  // Nobody stays here: the shell knows where an officer begins.
  component: () => undefined,
});
const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  component: lazily(() => import('../inbox/inbox'), 'Inbox'),
});
const exchange = createRoute({
  getParentRoute: () => root,
  path: '/exchange',
  component: lazily(() => import('../exchange/exchange'), 'Exchange'),
});
const compose = createRoute({
  getParentRoute: () => root,
  path: '/compose',
  component: lazily(() => import('../compose/compose'), 'Compose'),
});
const proposals = createRoute({
  getParentRoute: () => root,
  path: '/proposals',
  component: lazily(() => import('../proposals/proposals'), 'Proposals'),
});
const subjects = createRoute({
  getParentRoute: () => root,
  path: '/subjects',
  component: lazily(() => import('../subjects/subjects'), 'Subjects'),
});
const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  component: lazily(() => import('../oversight/rules'), 'OversightRules'),
});
const emergency = createRoute({
  getParentRoute: () => root,
  path: '/emergency',
  component: lazily(() => import('../emergency/emergency'), 'Emergency'),
});
const emergencies = createRoute({
  getParentRoute: () => root,
  path: '/emergencies',
  component: lazily(() => import('../oversight/emergencies'), 'OversightEmergencies'),
});
const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  component: lazily(() => import('../orders/orders'), 'Orders'),
});
const referrals = createRoute({
  getParentRoute: () => root,
  path: '/referrals',
  component: lazily(() => import('../referrals/referrals'), 'Referrals'),
});
const agency = createRoute({
  getParentRoute: () => root,
  path: '/agency',
  component: lazily(() => import('../agency/agency'), 'Agency'),
});
const record = createRoute({
  getParentRoute: () => root,
  path: '/record',
  component: lazily(() => import('../oversight/record'), 'OversightRecord'),
});
const trust = createRoute({
  getParentRoute: () => root,
  path: '/checkpoints',
  component: lazily(() => import('../oversight/trust'), 'OversightTrust'),
});
const standing = createRoute({
  getParentRoute: () => root,
  path: '/agencies',
  component: lazily(() => import('../oversight/standing'), 'OversightStanding'),
});
const findings = createRoute({
  getParentRoute: () => root,
  path: '/findings',
  component: lazily(() => import('../oversight/findings'), 'OversightFindings'),
});
const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  component: lazily(() => import('../search/search'), 'Search'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    inbox,
    exchange,
    compose,
    referrals,
    proposals,
    emergency,
    emergencies,
    orders,
    subjects,
    rules,
    search,
    agency,
    record,
    trust,
    standing,
    findings,
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
  // Nothing is kept of where somebody had scrolled to: that would be written into the browser's storage.
  scrollRestoration: false,
  defaultErrorComponent: Broken,
  notFoundMode: 'root',
  defaultNotFoundComponent: () => undefined,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
