// One PostgreSQL server for the whole test run. Jest imports this file untransformed, so the server's own
// sources are transformed here, on their way in, and only for this one import.
import { mkdtemp } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { transformSync } from '@swc/core';

const libs = resolve(import.meta.dirname, '..', '..', '..', '..');

const importSource = async (path) => {
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

export default async () => {
  const { startEmbeddedPostgres } = await importSource(
    resolve(import.meta.dirname, '..', 'embedded-postgres.ts'),
  );
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-test-'));
  const server = await startEmbeddedPostgres(folder);
  process.env.TRIPOINT_TEST_POSTGRES = JSON.stringify(server.superuser);
  globalThis.tripointTestServer = { server, folder };
};
