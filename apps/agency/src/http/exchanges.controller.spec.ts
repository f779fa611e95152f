import { describe, expect, it } from '@jest/globals';
import { type AgencyId, type ExchangeId, type Instant } from '@tripoint/kernel';
import { type ExchangeRow } from '@tripoint/read-model';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type AgencyOptions } from '../agency.options.js';
import { Released } from '../queries/released.js';
import { ExchangesController } from './exchanges.controller.js';

const exchange = '8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21' as ExchangeId;
const leaf = { index: 7, time: '2026-11-26T12:00:00.000Z' as Instant };

describe('one exchange', () => {
  it('is sent anew when something in it is over by a line that says nothing of the exchange', async () => {
    const held = {
      exchange,
      known: ['gr-police' as AgencyId],
      items: 1,
      first: leaf,
      newest: leaf,
    };
    let row: ExchangeRow = { ...held, open: 1, version: 3n };
    const agency = {
      views: { exchange: () => Promise.resolve(row) },
    } as unknown as AgencyOptions;
    const door = new ExchangesController(agency, new Released(agency));
    const asked = async (known = '') => {
      let [tag, status] = ['', 200];
      const request = { headers: { 'if-none-match': known } } as unknown as FastifyRequest;
      const reply = {
        header: (_: string, value: string) => (tag = value),
        code: (value: number) => (status = value),
      } as unknown as FastifyReply;
      return { answer: await door.one({ exchange }, request, reply), tag, status };
    };
    const { tag } = await asked();
    expect(await asked(tag)).toEqual({ answer: undefined, tag, status: 304 });
    row = { ...row, open: 0 };
    expect(await asked(tag)).toMatchObject({ answer: { open: 0 }, status: 200 });
  });
});
