import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freshDatabase } from '@tripoint/adapters/embedded/testing';
import { Database } from './database.js';

const message = (type: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type, 'latin1'), length, body]);
};

/** What PostgreSQL says when its postmaster has died: AuthenticationOk, ReadyForQuery, ErrorResponse. */
const LET_IN_AND_ENDED = Buffer.concat([
  message('R', Buffer.from([0, 0, 0, 0])),
  message('Z', Buffer.from('I', 'latin1')),
  message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection\0\0', 'latin1')),
]);

describe('a database whose server goes away', () => {
  let server: Server;

  afterEach(async () => {
    server.close();
    await once(server, 'close');
  });

  it('while it lets a connection in, is away, and ends nothing of ours', async () => {
    server = createServer((socket) => {
      socket.once('data', () => {
        // One write: the client reads all three before anybody who waited for the connection is told.
        socket.end(LET_IN_AND_ENDED);
      });
      socket.on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const database = new Database({
      host: '127.0.0.1',
      port,
      user: 'nobody',
      password: 'none',
      database: 'nothing',
    });
    const away = { code: 'store-away', retriable: true };
    await expect(database.transaction(({ run }) => run('select 1'))).rejects.toMatchObject(away);
    await expect(database.rows('select 1')).rejects.toMatchObject(away);
    await database.close();
  });
});

describe('a transaction whose statements are sent before one another is answered', () => {
  it('fails of what went wrong first, and not of what was refused for it', async () => {
    const fresh = await freshDatabase('transactions');
    const database = new Database(fresh.config);
    const failing = database.transaction(async ({ along, run, rows }) => {
      // Nobody looks at its answer before the commit.
      along(run(`do $$ begin raise 'no room' using errcode = '53100'; end $$`));
      return rows('select 1');
    });
    await expect(failing).rejects.toMatchObject({ code: 'disk-full', retriable: true });
    await expect(database.transaction(({ run }) => run('select 1'))).resolves.toBe(1);
    await database.close();
    await fresh.drop();
  });
});
