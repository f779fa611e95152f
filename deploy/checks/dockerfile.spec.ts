import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { dockerfileFaults, stagesOf } from './dockerfile.js';

const text = readFileSync(new URL('../Dockerfile', import.meta.url), 'utf8');

describe('the Dockerfile', () => {
  it('keeps the rules', () => {
    expect(dockerfileFaults(text)).toEqual([]);
  });

  it('has a target for each app, and copies no other app into it', () => {
    const apps = ['hub', 'agency', 'projector', 'oversight', 'witness', 'cli'];
    for (const app of apps) {
      const stage = stagesOf(text).find(({ name }) => name === app);
      const copied = stage?.instructions.filter(({ word }) => word === 'COPY');
      const takes = app === 'agency' ? [`apps/${app}`, 'console'] : [`apps/${app}`];
      expect(copied?.map(({ rest }) => rest)).toEqual(
        takes.map(
          (folder) => `--from=build --chown=root:root /src/dist/${folder} ./dist/${folder}`,
        ),
      );
    }
    expect(stagesOf(text).at(-1)?.name).toBe('standalone');
  });

  it.each([
    ['a base that moves', 'FROM node:24.21.0-bookworm-slim', 'FROM node:24'],
    ['root', 'USER 1000:1000\nEXPOSE 4100\n', 'EXPOSE 4100\n'],
    ['a user by name', 'USER 1000:1000', 'USER node'],
    ['ADD', 'COPY --from=build --chown=root:root /src/deploy', 'ADD /src/deploy'],
    [
      'a COPY that is nobody’s',
      'COPY --from=build --chown=root:root /src/dist/libs',
      'COPY dist/libs',
    ],
    ['a shell as the first process', '["tripoint"]', 'tripoint'],
    ['no word of health', 'HEALTHCHECK NONE\n', ''],
    ['what developers need', ' && npm prune --omit=dev', ''],
    ['versions of no lock file', 'npm ci', 'npm install'],
  ])('may not have %s', (_what, from, to) => {
    expect(text).toContain(from);
    expect(dockerfileFaults(text.replace(from, to))).not.toEqual([]);
  });
});
