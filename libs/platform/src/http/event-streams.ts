import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { once } from 'node:events';
import { Problem } from '../problem/problem.js';
import { admissionOf } from '../session/session.guard.js';
import { type Officer } from '../session/sessions.js';

/** One event of a live stream. `id` is what a client sends back as `Last-Event-ID` after a break. */
export type ServerEvent = {
  readonly id: string;
  readonly event: string;
  /** Written as JSON. */
  readonly data: unknown;
};

/**
 * Opens the source of one stream: the events after `lastId`, or from now on when there is none. It
 * ends when `signal` aborts. It is read one event at a time: a reader that does not keep up makes
 * it wait, so nothing is queued here.
 */
export type OpenEvents = (
  lastId: string | undefined,
  signal: AbortSignal,
) => AsyncIterable<ServerEvent>;

const EVENT_STREAM = 'text/event-stream; charset=utf-8';
const HEARTBEAT_MS = 15_000;
/** How many one officer may hold open at a time: a few windows, each with its own. */
const STREAMS_OF_ONE = 8;
const EVENT_ID = /^[\x21-\x7e]{1,128}$/;
const EVENT_NAME = /^[a-z][a-z0-9-]{0,63}$/;

/** One event as `text/event-stream`. An id or a name with a line break in it would be another event. */
const written = ({ id, event, data }: ServerEvent): string => {
  if (!EVENT_ID.test(id) || !EVENT_NAME.test(event))
    throw new Error('an event of a live stream has no usable id or name');
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
};

/** Serves live updates as server-sent events, and closes them all when the application closes. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  readonly #closing = new AbortController();
  readonly #open = new Set<Promise<void>>();
  readonly #heldBy = new Map<string, number>();

  /** How many streams are open. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * Answers a request with a stream until the client leaves, the source ends, the application
   * closes, or the session is over that opened it. Checks that may refuse come before this call:
   * once the stream has begun, all that a failing source can do is end it.
   * @throws {Problem} `too-many-streams` when the officer holds as many as one may
   */
  async serve(
    request: FastifyRequest,
    reply: FastifyReply,
    open: OpenEvents,
    heartbeatMs = HEARTBEAT_MS,
  ): Promise<void> {
    const lastId = request.headers['last-event-id'];
    if (lastId !== undefined && (typeof lastId !== 'string' || !EVENT_ID.test(lastId)))
      throw new Problem('invalid-request', 'the Last-Event-ID header is not one of this stream');
    if (this.#closing.signal.aborted) throw new Problem('unavailable', 'the node is stopping');

    if (request.method === 'HEAD') {
      // Whoever asks for the headers alone is not to wait for the end of what has none.
      await reply.header('content-type', EVENT_STREAM).send();
      return;
    }

    const admission = admissionOf(request);
    const letGo = this.#held(admission?.officer);
    const leaving = new AbortController();
    const leave = (): void => {
      leaving.abort();
    };
    const signal = AbortSignal.any([leaving.signal, this.#closing.signal]);
    const { raw } = reply;
    raw.once('close', leave);
    // Whoever left before this point has said so before anybody listened.
    if (raw.destroyed) leave();
    void admission?.over(signal).then(leave);
    void reply.hijack();
    // Written at once, so that the client knows that it is connected before anything happens.
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': EVENT_STREAM,
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const stream = this.#pump(raw, open(lastId, signal), signal, heartbeatMs);
    this.#open.add(stream);
    try {
      await stream;
    } finally {
      leave();
      letGo();
      this.#open.delete(stream);
      raw.end();
    }
  }

  /** Counts one more stream of this officer. Answers how to count it off. */
  #held(officer: Officer | undefined): () => void {
    if (officer === undefined) return () => undefined;
    const holder = `${officer.agency}/${officer.id}`;
    const held = this.#heldBy.get(holder) ?? 0;
    if (held >= STREAMS_OF_ONE)
      throw new Problem(
        'too-many-streams',
        `an officer holds at most ${STREAMS_OF_ONE} live streams open at a time`,
      );
    this.#heldBy.set(holder, held + 1);
    return () => {
      const left = (this.#heldBy.get(holder) ?? 1) - 1;
      if (left > 0) this.#heldBy.set(holder, left);
      else this.#heldBy.delete(holder);
    };
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#open);
  }

  async #pump(
    raw: FastifyReply['raw'],
    events: AsyncIterable<ServerEvent>,
    signal: AbortSignal,
    heartbeatMs: number,
  ): Promise<void> {
    const write = async (text: string): Promise<void> => {
      if (raw.destroyed || raw.write(text)) return;
      // The reader's window is full. Waiting here is the back-pressure.
      await once(raw, 'drain', { signal });
    };
    const heartbeat = setInterval(() => {
      // A comment; skipped when the reader is behind, because bytes on their way prove life as well.
      if (!raw.destroyed && !raw.writableNeedDrain) raw.write(': alive\n\n');
    }, heartbeatMs);
    heartbeat.unref();
    const iterator = events[Symbol.asyncIterator]();
    const aborted = new Promise<'aborted'>((resolve) => {
      const onAbort = (): void => {
        resolve('aborted');
      };
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      await write(': open\n\n');
      for (;;) {
        // A source that ignores its signal must not keep the application from closing.
        const next = await Promise.race([iterator.next(), aborted]);
        if (next === 'aborted' || next.done === true) return;
        await write(written(next.value));
      }
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    } finally {
      clearInterval(heartbeat);
      void iterator.return?.().catch(() => undefined);
    }
  }
}
