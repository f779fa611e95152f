import { afterEach, describe, expect, it } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { lookAgain } from '../../../console/src/api/look-again.js';

const KEY = ['items', 'open'];

describe('looking again after a change', () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  let leave: (() => void)[] = [];
  afterEach(() => {
    for (const one of leave) one();
    leave = [];
    client.clear();
  });

  /** A list that somebody looks at. Every answer is read when it is asked for, and comes when it is let go. */
  const shown = (queryKey: readonly string[] = KEY) => {
    const onTheWay: ((lost?: boolean) => void)[] = [];
    let there = 'nothing';
    const observer = new QueryObserver(client, {
      queryKey,
      queryFn: () => {
        const read = there;
        return new Promise<string>((resolve, reject) => {
          onTheWay.push((lost = false) => {
            if (lost) reject(new Error('lost'));
            else resolve(read);
          });
        });
      },
      staleTime: Infinity,
    });
    leave.push(observer.subscribe(() => undefined));
    return {
      onTheWay,
      change: (to: string) => {
        there = to;
      },
      seen: () => observer.getCurrentResult().data,
      /** Lets every answer go that was asked for, until nothing more is asked. */
      rest: async (first = false) => {
        for (let lost = first; onTheWay.length > 0; lost = false) {
          onTheWay.shift()!(lost);
          for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
        }
      },
    };
  };

  it('asks for what is shown', async () => {
    const list = shown();
    await list.rest();
    list.change('a row');
    const looked = lookAgain(client, ['items']);
    await list.rest();
    await looked;
    expect(list.seen()).toBe('a row');
  });

  it('asks once more for what was on its way already, the first time too', async () => {
    const list = shown();
    list.change('a row');
    const looked = lookAgain(client);
    await list.rest();
    await looked;
    expect(list.seen()).toBe('a row');
  });

  it('asks once more where what was on its way is lost', async () => {
    const list = shown();
    list.change('a row');
    const looked = lookAgain(client);
    await list.rest(true);
    await looked;
    expect(list.seen()).toBe('a row');
  });

  it('asks once more, however much changes while it waits', async () => {
    const list = shown();
    await list.rest();
    const looked = [];
    for (let n = 1; n <= 20; n += 1) {
      list.change(`${n} rows`);
      looked.push(lookAgain(client));
    }
    let asked = 0;
    while (list.onTheWay.length > 0) {
      asked += list.onTheWay.length;
      await list.rest();
    }
    await Promise.all(looked);
    expect(list.seen()).toBe('20 rows');
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('leaves alone what did not change', async () => {
    const list = shown();
    const other = shown(['agencies']);
    await Promise.all([list.rest(), other.rest()]);
    await lookAgain(client, ['exchange']);
    const looked = lookAgain(client, ['items']);
    expect(other.onTheWay).toEqual([]);
    await list.rest();
    await looked;
  });

  it('has what nobody looks at asked for when somebody does', async () => {
    client.setQueryData(KEY, 'nothing');
    await lookAgain(client, ['items']);
    const list = shown();
    list.change('a row');
    expect(list.onTheWay).toHaveLength(1);
    await list.rest();
  });
});
