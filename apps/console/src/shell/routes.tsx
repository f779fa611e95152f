import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
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
  component: lazyRouteComponent(() => import('../inbox/inbox'), 'Inbox'),
});
const exchange = createRoute({
  getParentRoute: () => root,
  path: '/exchange',
  component: lazyRouteComponent(() => import('../exchange/exchange'), 'Exchange'),
});
const compose = createRoute({
  getParentRoute: () => root,
  path: '/compose',
  component: lazyRouteComponent(() => import('../compose/compose'), 'Compose'),
});
const proposals = createRoute({
  getParentRoute: () => root,
  path: '/proposals',
  component: lazyRouteComponent(() => import('../proposals/proposals'), 'Proposals'),
});
const subjects = createRoute({
  getParentRoute: () => root,
  path: '/subjects',
  component: lazyRouteComponent(() => import('../subjects/subjects'), 'Subjects'),
});
const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  component: lazyRouteComponent(() => import('../oversight/rules'), 'OversightRules'),
});
const emergency = createRoute({
  getParentRoute: () => root,
  path: '/emergency',
  component: lazyRouteComponent(() => import('../emergency/emergency'), 'Emergency'),
});
const emergencies = createRoute({
  getParentRoute: () => root,
  path: '/emergencies',
  component: lazyRouteComponent(() => import('../oversight/emergencies'), 'OversightEmergencies'),
});
const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  component: lazyRouteComponent(() => import('../orders/orders'), 'Orders'),
});
const referrals = createRoute({
  getParentRoute: () => root,
  path: '/referrals',
  component: lazyRouteComponent(() => import('../referrals/referrals'), 'Referrals'),
});
const agency = createRoute({
  getParentRoute: () => root,
  path: '/agency',
  component: lazyRouteComponent(() => import('../agency/agency'), 'Agency'),
});
const record = createRoute({
  getParentRoute: () => root,
  path: '/record',
  component: lazyRouteComponent(() => import('../oversight/record'), 'OversightRecord'),
});
const trust = createRoute({
  getParentRoute: () => root,
  path: '/checkpoints',
  component: lazyRouteComponent(() => import('../oversight/trust'), 'OversightTrust'),
});
const standing = createRoute({
  getParentRoute: () => root,
  path: '/agencies',
  component: lazyRouteComponent(() => import('../oversight/standing'), 'OversightStanding'),
});
const findings = createRoute({
  getParentRoute: () => root,
  path: '/findings',
  component: lazyRouteComponent(() => import('../oversight/findings'), 'OversightFindings'),
});
const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  component: lazyRouteComponent(() => import('../search/search'), 'Search'),
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
  notFoundMode: 'root',
  defaultNotFoundComponent: () => undefined,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
