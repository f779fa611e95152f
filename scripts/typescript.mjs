// Lets Node run our TypeScript directly, for programs that are not built: `node --import ./scripts/typescript.mjs x.ts`.
import { transformSync } from '@swc/core';
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const aliased = (specifier) => {
  const name = specifier.slice('@tripoint/'.length);
  const testing = name.endsWith('/testing');
  const lib = testing ? name.slice(0, -'/testing'.length) : name;
  return pathToFileURL(join(root, 'libs', lib, 'src', testing ? 'testing/index.ts' : 'index.ts'))
    .href;
};

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('@tripoint/')) return { url: aliased(specifier), shortCircuit: true };
    const ours = context.parentURL?.endsWith('.ts') === true;
    if (ours && /^\.{1,2}\/.*\.js$/.test(specifier)) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(source)) return { url: source.href, shortCircuit: true };
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    const file = fileURLToPath(url);
    const { code } = transformSync(readFileSync(file, 'utf8'), {
      filename: file,
      sourceMaps: 'inline',
      swcrc: false,
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      },
      module: { type: 'es6' },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
