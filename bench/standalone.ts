// The whole hub in a process of its own, so that whoever measures it does not take its processor time. It says when it is
// ready, profiles itself when it is asked to, and stops when whoever started it goes.
import { startStandalone } from '../apps/standalone/src/standalone.js';
import { type Asked, type Said } from './child.js';
import { Profiled } from './profiled.js';

const [, , data = '', port = ''] = process.argv;
const say = (said: Said): void => {
  process.send?.(said);
};

const standalone = await startStandalone(
  { data, port: Number(port), fresh: false },
  async (_, work) => work(),
);
const profiled = await Profiled.here();

process.on('message', (asked: Asked) => {
  const answer = async (): Promise<void> => {
    switch (asked) {
      case 'profile':
        await profiled.begin();
        say({ profiling: true });
        break;
      case 'shares':
        say({ shares: await profiled.end() });
    }
  };
  void answer();
});
process.once('SIGTERM', () => {
  void standalone.stop().then(() => {
    process.disconnect();
  });
});
process.once('disconnect', () => {
  void standalone.stop();
});

const { agencies, passwords } = standalone;
say({ agencies, passwords });
