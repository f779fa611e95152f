import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { Shell } from './shell';

const root = createRootRoute({ component: Shell });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the way in which the router is told to go elsewhere
    throw redirect({ to: '/inbox', replace: true });
  },
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
const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  component: lazyRouteComponent(() => import('../search/search'), 'Search'),
});

export const router = createRouter({
  routeTree: root.addChildren([start, inbox, exchange, compose, search]),
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
