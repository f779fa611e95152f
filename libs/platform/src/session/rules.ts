import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';

/** Who may call a route. A route without one is refused, whoever asks. */
export type RouteRule =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'roles'; readonly roles: readonly string[] };

export const ROUTE_RULE = 'tripoint:route-rule';

/** Anybody may call it, without a session. */
export const Public = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    SetMetadata(ROUTE_RULE, { kind: 'public' } satisfies RouteRule),
    ApiExtension('x-rule', 'public'),
  );

/** Any officer with a session may call it. */
export const SignedIn = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    SetMetadata(ROUTE_RULE, { kind: 'signed-in' } satisfies RouteRule),
    ApiExtension('x-rule', 'signed-in'),
    ApiBearerAuth(),
  );

/** An officer who has at least one of `roles` may call it. */
export const Roles = (...roles: readonly [string, ...string[]]): ClassDecorator & MethodDecorator =>
  applyDecorators(
    SetMetadata(ROUTE_RULE, { kind: 'roles', roles } satisfies RouteRule),
    ApiExtension('x-rule', roles.join(' ')),
    ApiBearerAuth(),
  );
