// Builds the console into dist/console: files with a digest in their name, each with a copy in Brotli, and one page.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { defineConfig } from 'vite';

const root = import.meta.dirname;
const repository = join(root, '..', '..');
const compress = promisify(brotliCompress);

/** Compressed once, here, and not at every request. */
const precompressed = (folder) => ({
  name: 'precompressed',
  closeBundle: async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    await Promise.all(
      entries
        .filter((entry) => entry.isFile() && /\.(css|html|js|svg)$/.test(entry.name))
        .map(async (entry) => {
          const path = join(entry.parentPath, entry.name);
          const bytes = await readFile(path);
          const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
          await writeFile(`${path}.br`, await compress(bytes, { params }));
        }),
    );
  },
});

/** React Aria speaks thirty languages of its own; the console speaks four. */
const fourLanguages = {
  name: 'four-languages',
  enforce: 'pre',
  resolveId: (id) =>
    /\/intl\/.*[a-z]{2}-[A-Z]{2}(\.mjs|\.js|\.cjs)?$/.test(id) &&
    !/(bg-BG|el-GR|en-US|tr-TR)/.test(id)
      ? '\0no-words'
      : undefined,
  load: (id) => (id === '\0no-words' ? 'export default {};' : undefined),
};

/** React Aria empties what it has told a screen reader by writing markup, which the policy of trusted types refuses whatever the markup. */
const noMarkup = {
  name: 'no-markup',
  enforce: 'pre',
  transform(code, id) {
    if (!/dist[/\\]private[/\\]live-announcer[/\\]LiveAnnouncer\.mjs$/.test(id)) return undefined;
    const markup = /\.innerHTML = ''/g;
    if (!markup.test(code)) this.error('there is no markup in it any more: this is not needed');
    return code.replace(markup, '.replaceChildren()');
  },
};

const outDir = process.env.TRIPOINT_CONSOLE_OUT ?? join(repository, 'dist', 'console');

export default defineConfig({
  root,
  base: '/console/',
  publicDir: false,
  logLevel: 'warn',
  resolve: {
    alias: Object.fromEntries(
      ['domain', 'kernel'].map((lib) => [
        `@tripoint/${lib}`,
        join(repository, 'libs', lib, 'src', 'index.ts'),
      ]),
    ),
  },
  plugins: [fourLanguages, noMarkup, precompressed(outDir)],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // Nothing as a data: URL, which the policy would have to let in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // "use client" is for servers that render; here there is only the browser.
      onLog: (level, log, next) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') next(level, log);
      },
    },
  },
});
