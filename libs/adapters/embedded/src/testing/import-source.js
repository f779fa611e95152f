// For plain programs that need the sources of this library: transforms them on their way in, and only for one import.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { transformSync } from '@swc/core';

const libs = resolve(import.meta.dirname, '..', '..', '..', '..');

export const importSource = async (path) => {
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      const lib = /^@tripoint\/([a-z-]+)$/.exec(specifier)?.[1];
      if (lib !== undefined)
        return next(pathToFileURL(join(libs, lib, 'src', 'index.ts')).href, context);
      const ours = context.parentURL?.endsWith('.ts') && specifier.startsWith('.');
      return next(ours ? specifier.replace(/\.js$/, '.ts') : specifier, context);
    },
    load: (url, context, next) => {
      if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
      const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
      });
      return { format: 'module', source: code, shortCircuit: true };
    },
  });
  try {
    return await import(pathToFileURL(path).href);
  } finally {
    hooks.deregister();
  }
};
