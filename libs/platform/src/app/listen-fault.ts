import { HubError } from '@tripoint/kernel';

/** Why a port could not be opened, for whoever chose it; anything else stays as it was. */
export const listenFault = (thrown: unknown, host: string, port: number): Error => {
  const code =
    typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  const at = `port ${port} on ${host}`;
  if (code === 'EADDRINUSE')
    return new HubError(
      'port-busy',
      `${at} is in use by another program; choose another one`,
      false,
      {
        cause: thrown,
      },
    );
  if (code === 'EACCES')
    return new HubError(
      'port-forbidden',
      `${at} may not be opened by this user; choose one above 1023`,
      false,
      {
        cause: thrown,
      },
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new HubError('address-unknown', `${host} is not an address of this machine`, false, {
      cause: thrown,
    });
  return thrown instanceof Error ? thrown : new Error('a port could not be opened');
};
