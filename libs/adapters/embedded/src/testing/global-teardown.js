import { rm } from 'node:fs/promises';

export default async () => {
  const { server, folder } = globalThis.tripointTestServer;
  await server.stop();
  await rm(folder, { recursive: true, force: true });
};
