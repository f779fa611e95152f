import 'reflect-metadata';
import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common';
import { EntityModels, IssueRequestBody } from '@tripoint/contracts';
import { createApp, JsonLog, Public } from '@tripoint/platform';
import autocannon from 'autocannon';
import { fastify } from 'fastify';
import { median, type Scale, scaled } from '../measure.js';
import { Seeded } from '../seeded.js';
import { type Row } from '../table.js';

@Controller()
class RequestsController {
  @Public()
  @EntityModels()
  @Post('requests')
  @HttpCode(202)
  issue(@Body() body: IssueRequestBody): { readonly to: string } {
    return { to: body.to };
  }
}

@Module({ controllers: [RequestsController] })
class RequestsModule {}

/** A request for information as an officer's program sends it. */
export const requestBody = (random: Seeded, to = 'bg-border-police'): object => {
  const name = { kind: 'PRIMARY', ...random.name() };
  return {
    to,
    urgency: 'URGENT',
    access: 'DIRECT',
    marking: { classification: 'BPL', handling: ['H2'] },
    facts: {
      sought: random.prose(300),
      purpose: random.prose(60),
      offence: 'trafficking in human beings',
      availability: random.prose(80),
      connection: random.prose(80),
      necessity: random.prose(80),
      urgencyGrounds: random.prose(60),
      language: 'en',
      entities: [
        { kind: 'vehicle', plate: `X${1000 + random.below(9000)}AB`, country: 'GR' },
        { kind: 'person', category: 'SUSPECT', names: [name] },
      ],
    },
  };
};

/** A route with everything that stands around a command, but without the command, against Fastify with nothing around it. */
export const routeRows = async (scale: Scale): Promise<readonly Row[]> => {
  const body = JSON.stringify(requestBody(new Seeded('route')));
  const app = await createApp(RequestsModule, {
    name: 'bench',
    port: 0,
    // Lines are formed as they always are, and then dropped: what a terminal takes is not the route's.
    log: new JsonLog('bench', 'info', () => undefined),
    openapi: { title: 'bench', description: 'A route to be measured.', version: '0' },
  });
  const bare = fastify({ logger: false });
  bare.post<{ Body: { readonly to: string } }>('/requests', (request, reply) =>
    reply.code(202).send({ to: request.body.to }),
  );
  try {
    const doors = {
      product: await app.listen(),
      bare: await bare.listen({ host: '127.0.0.1', port: 0 }),
    };
    const seconds = scaled(scale, 2);
    const rates = { product: [] as number[], bare: [] as number[] };
    for (let round = 0; round <= scale.rounds; round += 1)
      for (const door of ['product', 'bare'] as const) {
        const { requests, duration, non2xx } = await autocannon({
          url: `${doors[door]}/requests`,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
          connections: 16,
          duration: seconds,
          // In a thread of its own, or the load would be measured with what it loads.
          workers: 1,
        });
        if (non2xx > 0) throw new Error(`${non2xx} requests were not answered with 202`);
        if (round > 0) rates[door].push(requests.total / duration);
      }
    return [
      {
        area: 'http',
        what: 'a Nest route with class-validator, requests',
        product: median(rates.product),
        floor: { what: 'bare Fastify', value: median(rates.bare) },
        unit: '/s',
        aim: { atLeast: 0.35 },
      },
    ];
  } finally {
    await bare.close();
    await app.close();
  }
};
