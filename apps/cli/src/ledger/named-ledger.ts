import { resolve } from 'node:path';
import { ensureDatabase, PostgresLedger } from '@tripoint/adapters/embedded';
import { type OpenedLedger, openLedger } from '@tripoint/adapters/engines';
import { readWhole } from '@tripoint/adapters/keys';
import { HubError } from '@tripoint/kernel';
import { engine, SettingError } from '@tripoint/platform';
import { UsageError } from '../command.js';
import { openData } from '../database/data-folder.js';

/** What follows `--from` or `--to`, by what follows the name of a setting of an engine. */
const OPTIONS: Readonly<Record<string, string>> = {
  '': '',
  _USER: '-user',
  _PASSWORD_FILE: '-password-file',
  _CA_FILE: '-ca-file',
  _PLAINTEXT: '-plaintext',
};

/** The values of a command line, by option. */
type Values = Readonly<Record<string, unknown>>;

const engineNamed = async (option: string, values: Values) => {
  const given = (ending: string): string | undefined => {
    const value = values[option + (OPTIONS[ending] ?? '')];
    if (value === true) return 'true';
    if (typeof value !== 'string' || value === '') return undefined;
    return ending.endsWith('_FILE') ? resolve(value) : value;
  };
  try {
    return await engine(['postgres', 'esdb']).read({ given, readFile: readWhole });
  } catch (thrown) {
    if (!(thrown instanceof SettingError)) throw thrown;
    const faults = thrown.faults.map(
      ({ ending, words }) => `--${option}${OPTIONS[ending] ?? ''} ${words}`,
    );
    throw new UsageError('bad-arguments', faults.join('; '), { cause: thrown });
  }
};

/** The ledger in the data folder of an `npm start` that has been stopped, on the folder's own server. */
const ledgerIn = async (folder: string): Promise<OpenedLedger> => {
  const data = await openData(folder);
  try {
    const ledger = new PostgresLedger(await ensureDatabase(data.superuser, 'ledger'));
    await ledger.install();
    return {
      ledger,
      check: () => Promise.resolve(),
      close: async () => {
        await ledger.close();
        await data.close();
      },
    };
  } catch (thrown) {
    await data.close();
    throw thrown;
  }
};

/** Opens the ledger that `--<option>` and its companions name, and makes sure that it can be read. */
export const ledgerNamed = async (option: 'from' | 'to', values: Values): Promise<OpenedLedger> => {
  const named = values[option];
  if (option === 'from' && typeof named === 'string' && named !== '' && !named.includes('://'))
    return ledgerIn(resolve(named));
  const opened = openLedger(await engineNamed(option, values));
  try {
    await opened.check();
    return opened;
  } catch (thrown) {
    await opened.close();
    if (thrown instanceof HubError) throw thrown;
    // The server’s own code, and not its words: no such user or database, no ledger in it.
    const { code } = thrown as { readonly code?: unknown };
    throw new HubError(
      'ledger-unusable',
      `the server of --${option} does not let its ledger be read (${String(code)})`,
      false,
      { cause: thrown },
    );
  }
};
