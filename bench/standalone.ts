// The whole hub in a process of its own, so that whoever measures it does not take its processor time. It says when it is
// ready, profiles itself when it is asked to, and stops when whoever started it goes.
import { Session } from 'node:inspector/promises';
import { startStandalone } from '../apps/standalone/src/standalone.js';
import { type Asked, type Said } from './child.js';
import { shares } from './shares.js';

const [, , data = '', port = ''] = process.argv;
const say = (said: Said): void => {
  process.send?.(said);
};

const standalone = await startStandalone(
  { data, port: Number(port), fresh: false },
  async (_, work) => work(),
);
const inspector = new Session();
inspector.connect();
await inspector.post('Profiler.enable');
await inspector.post('Profiler.setSamplingInterval', { interval: 500 });

process.on('message', (asked: Asked) => {
  const answer = async (): Promise<void> => {
    switch (asked) {
      case 'profile':
        await inspector.post('Profiler.start');
        say({ profiling: true });
        break;
      case 'shares': {
        const { profile } = await inspector.post('Profiler.stop');
        say({ shares: shares(profile) });
        break;
      }
      case 'stop':
        await standalone.stop();
        process.disconnect();
    }
  };
  void answer();
});
process.once('disconnect', () => {
  void standalone.stop();
});

const { agencies, passwords } = standalone;
say({ agencies, passwords });
