import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import {
  MerkleTree,
  openCheckpoint,
  openLogProof,
  openNote,
  parseTilePath,
  parseVerifierKey,
  type VerifierKey,
  verifyConsistency,
  verifyInclusion,
} from './index.js';

type Vector = Readonly<Record<string, string>>;

/** Records of `key: value` lines, a blank line between two, `#` before a comment. */
const vectors = (file: string): readonly Vector[] =>
  readFileSync(new URL(`../testdata/${file}`, import.meta.url), 'utf8')
    .split(/\n\n+/)
    .map((record) => record.split('\n').filter((line) => line !== '' && !line.startsWith('#')))
    .filter((lines) => lines.length > 0)
    .map((lines) => Object.fromEntries(lines.map((line) => line.split(/: ?(.*)/s, 2))) as Vector);

const hex = (text = ''): Buffer => Buffer.from(text, 'hex');
const list = (text = ''): readonly Buffer[] => text.split(' ').filter(Boolean).map(hex);
const key = (text = ''): VerifierKey => parseVerifierKey(text) as VerifierKey;

const outcome = (vector: Vector): string => {
  const bytes = Buffer.from(vector['bytes'] ?? '', 'base64');
  const { log = '', witness = '' } = vector;
  const results: Readonly<Record<string, () => unknown>> = {
    root: () => {
      const tree = new MerkleTree();
      for (const leaf of vector['leaves']!.split(' ').filter(Boolean))
        tree.append(hex(leaf === '-' ? '' : leaf));
      return tree.root().equals(hex(vector['root']));
    },
    inclusion: () =>
      verifyInclusion({
        leafHash: hex(vector['leaf-hash']),
        index: Number(vector['index']),
        size: Number(vector['size']),
        proof: list(vector['proof']),
        root: hex(vector['root']),
      }),
    consistency: () =>
      verifyConsistency({
        from: Number(vector['from']),
        fromRoot: hex(vector['from-root']),
        to: Number(vector['to']),
        toRoot: hex(vector['to-root']),
        proof: list(vector['proof']),
      }),
    'verifier-key': () => parseVerifierKey(log),
    note: () => openNote(bytes, [key(log)]),
    checkpoint: () => openCheckpoint(bytes, key(log), [key(witness)]),
    proof: () => openLogProof(bytes, hex(vector['leaf-hash']), key(log), [key(witness)]),
    'tile-path': () => parseTilePath(vector['path']!),
  };
  const result = results[vector['kind']!]!();
  if (isRefusal(result)) return result.refused;
  return result === false ? 'rejected' : 'accepted';
};

describe.each(['merkle.txt', 'notes.txt', 'reference.txt', 'tile-paths.txt'])(
  'the vectors of %s',
  (file) => {
    it.each(vectors(file).map((vector) => [vector['name']!, vector] as const))(
      '%s',
      (_name, vector) => {
        expect(outcome(vector)).toBe(vector['outcome']);
      },
    );
  },
);
