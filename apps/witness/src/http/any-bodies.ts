import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { MAX_ADD_CHECKPOINT_BYTES } from '@tripoint/transparency';
import { type FastifyInstance } from 'fastify';

/** Lets routes take any body as bytes: the protocol of witnesses gives its requests no media type. */
@Injectable()
export class AnyBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MAX_ADD_CHECKPOINT_BYTES },
      (_request, body, done) => {
        done(null, body);
      },
    );
  }
}
