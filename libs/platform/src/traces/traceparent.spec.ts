import { describe, expect, it } from '@jest/globals';
import { contextIn, headersFor } from './traceparent.js';

const context = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const parent = `00-${context.traceId}-${context.spanId}-01`;

describe('where a hop came from', () => {
  it('is read as it was written', () => {
    expect(headersFor(context)).toEqual({ headers: { traceparent: parent } });
    expect(contextIn(headersFor(context).headers)).toEqual(context);
    expect(headersFor(undefined)).toEqual({});
  });

  it('is the same whatever the sender would have us sample', () => {
    expect(contextIn({ traceparent: `${parent.slice(0, -2)}00` })).toEqual(context);
  });

  it.each([
    ['nothing', {}],
    ['no text', { traceparent: '' }],
    ['another version', { traceparent: `01${parent.slice(2)}` }],
    ['more than there is to say', { traceparent: `${parent}-00` }],
    ['a line feed behind it', { traceparent: `${parent}\n` }],
    ['capital letters', { traceparent: parent.toUpperCase() }],
    ['letters that are no digits', { traceparent: parent.replace('b7', 'g7') }],
    ['digits of another script', { traceparent: parent.replace('0af', '٠af') }],
    ['no trace', { traceparent: `00-${'0'.repeat(32)}-${context.spanId}-01` }],
    ['no span', { traceparent: `00-${context.traceId}-${'0'.repeat(16)}-01` }],
    ['a megabyte', { traceparent: parent.repeat(20_000) }],
    ['another name', { Traceparent: parent, tracestate: parent, baggage: parent }],
  ])('is nowhere when there is %s', (_what, headers) => {
    expect(contextIn(headers)).toBeUndefined();
    expect(contextIn(undefined)).toBeUndefined();
  });

  it('is nowhere when it is only inherited', () => {
    expect(contextIn(Object.create({ traceparent: parent }) as never)).toBeUndefined();
  });
});
