import { type INestApplication, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { ROUTE_RULE, type RouteRule } from './rules.js';

/** One route and who may call it. */
export type RouteAndRule = {
  readonly method: string;
  readonly path: string;
  readonly rule: RouteRule | 'none';
};

const pathsOf = (metadata: unknown): string[] =>
  (Array.isArray(metadata) ? (metadata as unknown[]) : [metadata]).map((path) =>
    typeof path === 'string' ? path.replace(/^\/|\/$/g, '') : '',
  );

/** Every route of an application with its rule: what an authorisation matrix is generated from. */
export const routesAndRules = (app: INestApplication): readonly RouteAndRule[] => {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  return [...app.get(ModulesContainer).values()].flatMap((module) =>
    [...module.controllers.values()].flatMap(({ metatype }) => {
      const controller = metatype as Type<object>;
      const prototype = controller.prototype as Record<string, (...args: never[]) => unknown>;
      return scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name];
        if (handler === undefined) return [];
        const method: unknown = Reflect.getMetadata(METHOD_METADATA, handler);
        if (typeof method !== 'number') return [];
        const rule =
          reflector.getAllAndOverride<RouteRule | undefined>(ROUTE_RULE, [handler, controller]) ??
          ('none' as const);
        return pathsOf(Reflect.getMetadata(PATH_METADATA, controller)).flatMap((base) =>
          pathsOf(Reflect.getMetadata(PATH_METADATA, handler)).map((rest) => ({
            method: RequestMethod[method] ?? 'ALL',
            path: `/${[base, rest].filter((part) => part !== '').join('/')}`,
            rule,
          })),
        );
      });
    }),
  );
};
