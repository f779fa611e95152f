import { describe, expect, it } from '@jest/globals';
import { type Digest } from '@tripoint/kernel';
import { decide, type Command } from '../decide.js';
import { evolve } from '../evolve.js';
import { noItem } from '../item.js';
import { context, exchangeId, greekPolice, itemId, noonPlus, recorded } from '../testing/index.js';
import { parseReadRowText, type ReadRow, readRowText } from './read-row.js';

const root = 'ab'.repeat(32) as Digest;
const proof = ['cd'.repeat(32) as Digest];
const publishes = (size: number, since: number): Command => ({
  type: 'PublishReadRoot',
  item: itemId(1),
  exchange: exchangeId(1),
  by: { agency: greekPolice },
  at: noonPlus(0),
  data: { size, root, since, proof },
});

describe('the root over a read log', () => {
  it('is told to its author alone, and its facts to whoever has the log', () => {
    expect(decide(publishes(7, 3), noItem, context())).toEqual([
      expect.objectContaining({
        type: 'ReadRootPublished',
        family: 'reads',
        core: { size: 7, root },
        audience: [{ compartment: 'core', to: [greekPolice] }],
        facts: { item: itemId(1), reads: { size: 7, root, since: 3, proof } },
      }),
    ]);
  });

  it('is published once, and never over fewer reads than before', () => {
    const once = evolve(
      noItem,
      recorded(1, greekPolice, { type: 'ReadRootPublished', core: { size: 7, root } }),
    );
    expect(once).toMatchObject({ kind: 'reads', status: 'PUBLISHED', size: 7, root });
    expect(decide(publishes(8, 7), once, context())).toEqual([]);
    expect(decide(publishes(2, 3), noItem, context())).toMatchObject({ refused: 'out-of-range' });
    const other = { ...once, kind: 'attempt', refused: 'handling-h2-needs-release' } as never;
    expect(decide(publishes(8, 7), other, context())).toMatchObject({ refused: 'item-exists' });
  });
});

describe('a row of a read log', () => {
  const row = {
    number: 7n,
    officer: 'eleni',
    purpose: 'PREVENTION',
    fields: ['core'],
    at: noonPlus(0),
    previous: root,
  } as unknown as Omit<ReadRow, 'hash'>;

  it('has a nonce in its text since there are roots, and the text of before without one', () => {
    expect(JSON.parse(readRowText(row))).toEqual([
      'tripoint/read/v1',
      ...['7', 'eleni', 'PREVENTION', null, null, null, null, ['core'], row.at, root],
    ]);
    const [name, ...members] = JSON.parse(readRowText({ ...row, nonce: 'ef' })) as unknown[];
    expect(name).toBe('tripoint/read/v2');
    expect(members.at(-1)).toBe('ef');
  });

  it('is read from its text, and from no other', () => {
    const whole = {
      ...row,
      textDigest: root,
      legalBasis: 'Art. 5',
      exchange: exchangeId(1),
      item: itemId(1),
      nonce: 'ef',
    };
    for (const one of [row, whole]) expect(parseReadRowText(readRowText(one))).toEqual(one);
    const text = readRowText(whole);
    for (const other of [
      '',
      'null',
      '{}',
      '[]',
      ` ${text}`,
      text.replace('read/v2', 'read/v1'),
      text.replace('read/v2', 'read/v3'),
      text.replace('"7"', '"07"'),
      text.replace('"7"', '7'),
      text.replace('"eleni"', 'null'),
      text.replace('"Art. 5"', '5'),
      text.replace('["core"]', '[1]'),
      text.replace('["core"]', '"core"'),
      text.replace('"ef"', 'null'),
      readRowText(row).replace('read/v1', 'read/v3'),
    ])
      expect(parseReadRowText(other)).toBeUndefined();
  });
});
