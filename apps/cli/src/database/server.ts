import { connectionTo } from '@tripoint/adapters/engines';
import { type ConnectionSettings } from '@tripoint/adapters/embedded';
import { readWhole } from '@tripoint/adapters/keys';
import { configuration, engine } from '@tripoint/platform';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The PostgreSQL that these variables name: `<prefix>_<member>`, and what goes with it. A node's own variables beside them are
 * none of our business.
 */
export const postgresIn = async (
  environment: Environment,
  prefix: string,
  member: string,
): Promise<ConnectionSettings> => {
  const name = `${prefix}_${member}`.toUpperCase();
  const ours = Object.entries(environment).filter(
    ([variable]) => variable === name || variable.startsWith(`${name}_`),
  );
  const found = await configuration(
    prefix,
    { [member]: engine(['postgres']) },
    Object.fromEntries(ours),
    readWhole,
  );
  const postgres = found[member];
  if (postgres === undefined) throw new Error('a setting that was read is there');
  return connectionTo(postgres);
};
