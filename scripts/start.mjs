// `npm start`: installs and builds what is missing, then runs the standalone hub with the arguments it was given.
import { foreground, leaveWith, mainOf, node, prepare } from './prepare.mjs';

await leaveWith(async () => {
  await prepare({ built: true });
  return foreground(node(), [
    '--enable-source-maps',
    mainOf('standalone'),
    ...process.argv.slice(2),
  ]);
});
