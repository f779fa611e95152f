/** One instruction, its continued lines joined. */
export type Instruction = { readonly word: string; readonly rest: string };
export type Stage = {
  readonly from: string;
  readonly name: string;
  readonly instructions: readonly Instruction[];
};

export const stagesOf = (text: string): readonly Stage[] => {
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  const lines = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n');
  for (const line of lines) {
    const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (word === 'FROM') {
      const [, from = '', name = ''] = /^(\S+)(?:\s+AS\s+(\S+))?$/.exec(rest) ?? [];
      stages.push({ from, name, instructions: [] });
    } else if (word !== '') stages.at(-1)?.instructions.push({ word, rest });
  }
  return stages;
};

const PINNED = /^node:\d+\.\d+\.\d+-[a-z]+(-slim)?(@sha256:[0-9a-f]{64})?$/;

/** Everything in which a Dockerfile breaks our rules. */
export const dockerfileFaults = (text: string): readonly string[] => {
  const faults: string[] = [];
  const stages = stagesOf(text);
  const names = stages.map(({ name }) => name);
  for (const { from, name, instructions } of stages) {
    const say = (words: string): void => {
      faults.push(`${name}: ${words}`);
    };
    if (name === '') say('has no name');
    if (!names.includes(from) && !PINNED.test(from)) say(`\`${from}\` is not pinned`);
    const runs = name !== 'build';
    let user: string | undefined;
    for (const { word, rest } of instructions) {
      if (word === 'ADD') say('ADD fetches and unpacks; COPY does neither');
      if (word === 'USER') user = rest;
      if (word === 'COPY' && runs && !rest.startsWith('--from=build --chown=root:root '))
        say(`COPY ${rest}: not from the build, or not root's`);
      if (word === 'RUN' && /\b(sudo|curl|wget)\b|apt-get|npm (install|i)\b/.test(rest))
        say(`RUN ${rest}: fetches what no lock file names`);
      if (word === 'ENTRYPOINT') {
        if (!/^[1-9]\d*:[1-9]\d*$/.test(user ?? '')) say('ENTRYPOINT before a USER by number');
        if (!rest.startsWith('[')) say('ENTRYPOINT through a shell, which takes no signals');
      }
    }
    const has = (word: string): boolean => instructions.some((each) => each.word === word);
    if (has('ENTRYPOINT') && !has('HEALTHCHECK')) say('says nothing of its health');
    if (runs && name !== 'base' && !has('ENTRYPOINT')) say('has no ENTRYPOINT');
  }
  if (!text.includes('npm ci ')) faults.push('build: installs otherwise than by npm ci');
  if (!text.includes('npm prune --omit=dev')) faults.push('build: keeps what only developers need');
  return faults;
};
