// Holds testdata/vectors.txt to the code; TRIPOINT_WRITE_VECTORS=1 writes the file anew instead.
import { expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { formatVectors, vectors } from './testing/vectors.js';

const file = new URL('../testdata/vectors.txt', import.meta.url);

it('the published vectors are those of the code', () => {
  const text = formatVectors(vectors());
  if (process.env['TRIPOINT_WRITE_VECTORS'] === '1') writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});
