// The console is a handful of files that are read once, at the start. What is asked for is looked up by name and never becomes a
// path, so nothing else on the disk can be reached.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join, relative, sep } from 'node:path';
import { HubError } from '@tripoint/kernel';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const PAGE = 'index.html';
/** Their names are digests of what is in them. */
const UNCHANGING = 'assets/';

type File = { readonly bytes: Buffer; readonly type: string; readonly brotli?: Buffer };

/** The files of a built console, by their path in it. */
export type ConsoleFiles = ReadonlyMap<string, File>;

/**
 * Where the build put the console: beside the program that is running, or in the checkout that it runs from. Undefined where it
 * has not been built.
 */
export const readBuiltConsole = async (): Promise<ConsoleFiles | undefined> => {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const files = await readConsole(join(folder, 'dist', 'console')).catch(() => undefined);
    if (files !== undefined || folder === dirname(folder)) return files;
  }
};

/** @throws {HubError} `console-missing` when there is none in the folder */
export const readConsole = async (folder: string): Promise<ConsoleFiles> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const bytes = new Map<string, Buffer>();
  for (const entry of entries)
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      bytes.set(relative(folder, path).split(sep).join('/'), await readFile(path));
    }
  if (!bytes.has(PAGE))
    throw new HubError('console-missing', 'the folder holds no console that was built', false);
  const files = new Map<string, File>();
  for (const [name, content] of bytes) {
    const type = TYPES[extname(name)];
    const brotli = bytes.get(`${name}.br`);
    if (type !== undefined)
      files.set(name, { bytes: content, type, ...(brotli === undefined ? {} : { brotli }) });
  }
  return files;
};

/** Serves the console under `/console/`. Whatever is no file of it is a screen of it, and answered with its one page. */
export const serveConsole = (fastify: FastifyInstance, files: ConsoleFiles): void => {
  const answer = (request: FastifyRequest, reply: FastifyReply): void => {
    const name = (request.url.split('?', 1)[0] ?? '').slice('/console/'.length);
    const file = files.get(name) ?? (name.startsWith(UNCHANGING) ? undefined : files.get(PAGE));
    if (file === undefined) {
      reply.callNotFound();
      return;
    }
    const unchanging = files.has(name) && name.startsWith(UNCHANGING);
    const compressed = /\bbr\b/.test(request.headers['accept-encoding']?.toString() ?? '');
    void reply
      .header('content-type', file.type)
      .header('vary', 'accept-encoding')
      .header('cache-control', unchanging ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (compressed && file.brotli !== undefined)
      void reply.header('content-encoding', 'br').send(file.brotli);
    else void reply.send(file.bytes);
  };
  fastify.get('/console/*', answer);
  for (const path of ['/', '/console'])
    fastify.get(path, (_, reply) => {
      void reply.redirect('/console/', 302);
    });
};
