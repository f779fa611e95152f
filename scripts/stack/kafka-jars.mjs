// The jars of one Kafka version, taken from Maven Central by Maven itself and kept in a folder that git ignores.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** 3.9 ends with a class that wants the older of the two logging libraries. */
const extras = (version) => [
  ['org.slf4j', 'slf4j-simple', '1.7.36'],
  ...(version.startsWith('3.') ? [['ch.qos.reload4j', 'reload4j', '1.2.25']] : []),
];

const dependency = ([group, artifact, version]) =>
  `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;

const pom = (version) =>
  [
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>',
    '<groupId>tripoint</groupId><artifactId>broker</artifactId><version>1</version><packaging>pom</packaging>',
    '<dependencies>',
    ...[['org.apache.kafka', 'kafka_2.13', version], ...extras(version)].map(dependency),
    '</dependencies></project>',
  ].join('\n');

/** Why no broker can be run with Java here; undefined when nothing is in the way. */
export const whyNoJava = async () => {
  try {
    const { stderr } = await run('java', ['-version']);
    const major = Number(/version "(\d+)/.exec(stderr)?.[1]);
    if (!(major >= 17)) return `java is version ${major}, and Kafka needs 17`;
  } catch {
    return 'java is not installed';
  }
  return undefined;
};

/** The class path of that version's broker. Fetches it when it is not in `cache` yet. */
export const kafkaJars = async (version, cache) => {
  const folder = join(cache, `kafka-${version}`);
  const present = await readdir(folder).catch(() => []);
  if (present.length === 0) await fetchJars(version, cache, folder);
  return join(folder, '*');
};

const fetchJars = async (version, cache, folder) => {
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'fetching-'));
  try {
    await writeFile(join(work, 'pom.xml'), pom(version));
    await run(
      'mvn',
      [
        ...['-B', '-q', '-f', join(work, 'pom.xml'), 'dependency:copy-dependencies'],
        ...['-DincludeScope=runtime', `-DoutputDirectory=${join(work, 'jars')}`],
      ],
      { maxBuffer: 16 * 1024 * 1024 },
    );
    // Whoever was faster has the same jars.
    await rename(join(work, 'jars'), folder).catch((error) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } catch (error) {
    const why =
      error.code === 'ENOENT'
        ? 'mvn is not installed'
        : `Maven could not fetch Kafka ${version}: ${firstError(error)}`;
    throw Object.assign(new Error(why), { unreachable: true });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

const firstError = ({ stdout = '', message }) =>
  `${stdout}`
    .split('\n')
    .find((line) => line.includes('[ERROR]'))
    ?.replace(/.*\[ERROR\]\s*/, '')
    .slice(0, 300) ?? message;
