import { execFile } from 'node:child_process';
import { writeSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Compose, laidOver, parseCompose } from './compose.js';
import { missingTool, TOOLS } from './tools.mjs';

// What others have written for these files, each held to them and to a fault that it has to find. `node deploy/checks/tools.mjs`
// installs the tools; where one is missing, what it would have said is skipped, and counted.
const root = fileURLToPath(new URL('../../', import.meta.url));
const FIRST = 'docker-compose.yml';
const SMALLER = 'deploy/postgres.compose.yml';
const STANDALONE = 'deploy/standalone.compose.yml';
const WITNESS = 'deploy/witness.compose.yml';
const PARTIES = [
  ...['hub', 'bus', 'oversight', 'oversight-orders'],
  ...['bg-border-police', 'gr-police', 'tr-police'],
];
const LIMIT = 60_000;

type Told = { readonly ok: boolean; readonly out: string; readonly said: string };

const run = (tool: keyof typeof TOOLS, args: readonly string[], cwd = root): Promise<Told> =>
  new Promise((resolve) => {
    execFile(
      TOOLS[tool],
      args,
      // Who the containers run as is nobody's secret, and is asked for.
      { cwd, env: { ...process.env, TRIPOINT_USER: '1000:1000' }, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        resolve({ ok: error === null, out: stdout, said: `${stdout}${stderr}` });
      },
    );
  });

const describeWith = (tool: keyof typeof TOOLS, tests: () => void): void => {
  const why = missingTool(tool);
  if (why === null) describe(tool, tests);
  else {
    // Past the reporter, which says nothing of a suite in which nothing failed.
    writeSync(2, `\nSKIPPED: ${why}\n`);
    describe.skip(`${tool} (${why})`, tests);
  }
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tripoint-deploy-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A file with something changed, in a folder of its own. */
const changed = async (path: string, from: string, to: string): Promise<string> => {
  const text = await readFile(join(root, path), 'utf8');
  expect(text).toContain(from);
  const copy = join(await mkdtemp(join(folder, 'changed-')), 'file.yml');
  await writeFile(copy, text.replace(from, to));
  return copy;
};

describeWith('check-jsonschema', () => {
  const held = (...files: string[]): Promise<Told> =>
    run('check-jsonschema', ['--builtin-schema', 'vendor.compose-spec', ...files]);

  it(
    'finds every file for Compose to be of its schema',
    async () => {
      expect(
        await held(FIRST, SMALLER, STANDALONE, WITNESS, 'scripts/stack/compose.yml'),
      ).toMatchObject({
        ok: true,
      });
      const wrong = await held(await changed(FIRST, 'cap_drop:', 'drop_caps:'));
      expect(wrong).toEqual({ ok: false, out: expect.anything(), said: expect.anything() });
      expect(wrong.said).toContain('drop_caps');
    },
    LIMIT,
  );
});

describeWith('compose-go', () => {
  const loaded = async (...files: string[]): Promise<LoadedProject> => {
    const { ok, out, said } = await run('compose-go', files);
    if (!ok) throw new Error(said);
    return JSON.parse(out) as LoadedProject;
  };
  type LoadedProject = {
    readonly services: Readonly<Record<string, LoadedService>>;
  };
  type LoadedService = {
    readonly environment?: Readonly<Record<string, string>>;
    readonly secrets?: readonly { readonly source: string; readonly target: string }[];
    readonly command?: readonly string[] | null;
    readonly depends_on?: Readonly<Record<string, unknown>>;
  };
  const parsed = async (path: string): Promise<Compose> =>
    parseCompose(await readFile(join(root, path), 'utf8'));
  /** What a container is given, whoever has read the file. */
  const given = (services: LoadedProject['services']) =>
    Object.fromEntries(
      Object.entries(services).map(([name, each]) => [
        name,
        {
          environment: each.environment ?? {},
          secrets: (each.secrets ?? []).map(({ source, target }) => `${source} ${target}`).sort(),
          command: (each.command ?? []).map((word) => word.replaceAll('$$', '$')),
          waits: Object.keys(each.depends_on ?? {}).sort(),
        },
      ]),
    );

  it(
    'reads in them what our own checks read, alone and laid over each other',
    async () => {
      const first = await parsed(FIRST);
      expect(given((await loaded(FIRST)).services)).toEqual(given(first.services));
      const both = laidOver(first, await parsed(SMALLER));
      expect(given((await loaded(FIRST, SMALLER)).services)).toEqual(given(both.services));
      await loaded(STANDALONE);
      const witness = await parsed(WITNESS);
      expect(given((await loaded(WITNESS)).services)).toEqual(given(witness.services));
    },
    LIMIT,
  );

  it('refuses what refers to nothing, and a start without the secrets made', async () => {
    const secret = await changed(FIRST, 'source: log-key,', 'source: key-of-log,');
    await expect(loaded(secret)).rejects.toThrow('key-of-log');
    const wait = await changed(FIRST, 'kafka: { condition:', 'kafak: { condition:');
    await expect(loaded(wait)).rejects.toThrow('kafak');
    const bare = { ...process.env, TRIPOINT_USER: '' };
    const unmade = await new Promise<string>((resolve) => {
      execFile(TOOLS['compose-go'], [FIRST], { cwd: root, env: bare }, (_e, _o, stderr) => {
        resolve(stderr);
      });
    });
    expect(unmade).toContain('make the secrets first');
  });
});

describeWith('hadolint', () => {
  it('has nothing to say of the Dockerfile', async () => {
    expect(await run('hadolint', ['deploy/Dockerfile'])).toMatchObject({ ok: true, said: '' });
    const wrong = await changed('deploy/Dockerfile', 'WORKDIR /src', 'RUN cd /src && sudo id');
    expect((await run('hadolint', [wrong])).said).toMatch(/DL3003[^]*DL3004/);
  });
});

describeWith('kustomize', () => {
  const built = async (path: string): Promise<string> => {
    const { ok, out, said } = await run('kustomize', ['build', path]);
    if (!ok) throw new Error(said);
    return out;
  };

  it(
    'builds every party alone, and all of them together',
    async () => {
      const trial = 'deploy/kubernetes/overlays/trial';
      const together = await built(trial);
      for (const party of PARTIES) {
        const alone = await built(join(trial, party));
        expect(alone).toContain(`namespace: tripoint-${party}`);
        expect(together).toContain(`namespace: tripoint-${party}`);
      }
      // Whatever stands for an agency's id in the base is replaced.
      expect(together).not.toMatch(/\bAGENCY\b/);
    },
    LIMIT,
  );

  const why = missingTool('kubernetes-validate');
  (why === null ? it : it.skip)(
    `makes manifests of their schemas, strictly${why === null ? '' : ` (${why})`}`,
    async () => {
      const bases = ['overlays/trial', 'base/witness'];
      const texts = await Promise.all(bases.map((each) => built(`deploy/kubernetes/${each}`)));
      const whole = texts.join('---\n');
      const at = join(folder, 'manifests');
      await mkdir(at);
      const held = async (text: string): Promise<Told> => {
        const path = join(at, 'all.yaml');
        await writeFile(path, text);
        return run('kubernetes-validate', ['--strict', path]);
      };
      const right = await held(whole);
      expect(right.ok).toBe(true);
      expect(right.said.match(/ passed for resource /g)).toHaveLength(
        whole.match(/^kind: /gm)!.length,
      );
      const one = whole.split(/^---$/m).find((each) => /^kind: Deployment$/m.test(each))!;
      const wrong = await held(one.replace('automountServiceAccountToken:', 'automountToken:'));
      expect(wrong).toMatchObject({ ok: false });
      expect(wrong.said).toContain('automountToken');
    },
    LIMIT,
  );
});
