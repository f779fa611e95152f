import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Param, Post } from '@nestjs/common';
import { HubError } from '@tripoint/kernel';
import { type App, createApp } from '../app/create-app.js';
import { JsonLog } from '../log/json-log.js';
import { Public } from '../session/rules.js';
import { Collector } from '../testing/index.js';
import { openTraces } from './open-traces.js';
import { Traces } from './traces.js';

const SECRET = 'XKA-4821';
const STRANGE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

@Controller('things')
class Things {
  static traces: Traces = Traces.off;

  @Public()
  @Post(':thing/answers')
  answer(@Param('thing') thing: string): Promise<string> {
    return Things.traces.span('seal', {}, async () => {
      await Promise.resolve();
      if (thing === 'broken') throw new HubError('store-away', `about ${SECRET}`, true);
      return 'done';
    });
  }

  @Public()
  @Get(':thing')
  read(): string {
    return 'read';
  }
}

@Module({ controllers: [Things] })
class ThingsModule {}

describe('traces of an application', () => {
  let collector: Collector;
  let traces: Traces;
  let app: App;

  beforeAll(async () => {
    collector = await Collector.open();
    traces = await openTraces(collector.url, 'subject');
    Things.traces = traces;
    app = await createApp(ThingsModule, {
      name: 'subject',
      port: 0,
      log: new JsonLog('subject', 'error', () => undefined),
      openapi: { title: 'subject', description: 'subject', version: '0' },
      traces,
    });
    const address = await app.listen();
    const ask = (method: string, path: string): Promise<Response> =>
      fetch(`${address}/things/${path}`, { method, headers: { traceparent: STRANGE } });
    expect((await ask('POST', `${SECRET}/answers`)).status).toBe(201);
    expect((await ask('POST', `broken/answers?of=${SECRET}`)).status).toBe(503);
    expect((await ask('POST', SECRET)).status).toBeGreaterThanOrEqual(400);
    expect((await ask('GET', SECRET)).status).toBe(200);
    await traces.span('judge', { under: { traceId: '1'.repeat(32), spanId: '2'.repeat(16) } }, () =>
      Promise.resolve(),
    );
    await traces.span('project', {}, (span) => {
      span.say({ code: SECRET, outcome: 'Калпакчиев', route: `/things/${SECRET}`, count: 3 });
      return Promise.resolve();
    });
    await app.close();
    await traces.close();
  });
  afterAll(() => collector.close());

  it('begin anew with each command, whatever its sender says, and name its route and no more', () => {
    const commands = collector.spans.filter(({ name }) => name === 'http command');
    const route = '/things/:thing/answers';
    expect(commands.map(({ attributes }) => attributes)).toEqual([
      { 'tripoint.method': 'POST', 'tripoint.route': route, 'tripoint.status': 201 },
      { 'tripoint.method': 'POST', 'tripoint.route': route, 'tripoint.status': 503 },
      expect.objectContaining({ 'tripoint.method': 'POST' }),
    ]);
    expect(new Set(commands.map(({ traceId }) => traceId)).size).toBe(3);
    for (const { parentSpanId } of commands) expect(parentSpanId ?? '').toBe('');
  });

  it('show what was done under it, and of what failed its code', () => {
    const [command] = collector.spans.filter(({ name }) => name === 'http command');
    const sealed = collector.spans.filter(({ name }) => name === 'seal');
    expect(sealed[0]).toMatchObject({ traceId: command!.traceId, parentSpanId: command!.spanId });
    expect(sealed[1]!.attributes).toEqual({ 'tripoint.code': 'store-away' });
  });

  it('go on from where another hop was, when they are told to', () => {
    expect(collector.spans.find(({ name }) => name === 'judge')).toMatchObject({
      traceId: '1'.repeat(32),
      parentSpanId: '2'.repeat(16),
    });
  });

  it('leave out what is not a word of ours, and carry no secret anywhere', () => {
    const project = collector.spans.find(({ name }) => name === 'project');
    expect(project!.attributes).toEqual({ 'tripoint.count': 3 });
    const everything = Buffer.concat(collector.bodies).toString();
    for (const word of [SECRET, 'Калпакчиев', '0af7651916cd43dd8448eb211c80319c', 'store is away'])
      expect(everything).not.toContain(word);
  });

  it('keep nobody from ending whose collector is away', async () => {
    const lost = await openTraces('http://127.0.0.1:1', 'subject');
    await lost.span('seal', {}, () => Promise.resolve());
    await lost.close();
  });

  it('are nothing where no collector is named', async () => {
    const off = await openTraces(undefined, 'subject');
    expect(off).toBe(Traces.off);
    const headers = await off.each('publish', [{}], (contexts) => Promise.resolve(contexts));
    expect(headers).toEqual([]);
  });
});
