import { createServer } from 'node:http';
import { type JsonLog } from '../log/json-log.js';
import { listenFault } from '../app/listen-fault.js';
import { type Metrics } from './metrics.js';

/**
 * Answers `GET /metrics` on a port of its own, which nobody but the operator has to be able to reach, and nothing else.
 * Answers how to stop.
 * @throws {HubError} `port-busy`, `port-forbidden` or `address-unknown`
 */
export const serveMetrics = async (
  metrics: Metrics,
  { host, port, log }: { readonly host: string; readonly port: number; readonly log: JsonLog },
): Promise<() => Promise<void>> => {
  const server = createServer(
    { requestTimeout: 10_000, keepAliveTimeout: 5_000 },
    (request, response) => {
      if (request.method !== 'GET' || request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      metrics.text().then(
        (text) => {
          response
            .writeHead(200, {
              'content-type': 'text/plain; version=0.0.4; charset=utf-8',
              'cache-control': 'no-store',
            })
            .end(text);
        },
        (thrown: unknown) => {
          log.failure('metrics could not be read', thrown);
          response.writeHead(500).end();
        },
      );
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (thrown) => {
      reject(listenFault(thrown, host, port));
    });
    server.listen({ host, port }, resolve);
  });
  const address = server.address();
  if (address !== null && typeof address === 'object')
    log.info('metrics are answered', { port: address.port });
  return () =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
};
