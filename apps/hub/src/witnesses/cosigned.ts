import { Injectable } from '@nestjs/common';
import { HubOptions } from '../hub.options.js';

const COSIGNED = 'cosigned';

/** A checkpoint that a quorum of witnesses has cosigned. */
export type CosignedCheckpoint = { readonly size: number; readonly note: string };

/** The newest checkpoint under quorum, the same for every hub over one store; it never goes back to a smaller one. */
@Injectable()
export class Cosigned {
  constructor(private readonly hub: HubOptions) {}

  async newest(): Promise<CosignedCheckpoint | undefined> {
    const [size, note] = (await this.hub.positions.at(COSIGNED))?.split(' ') ?? [];
    return size === undefined || note === undefined
      ? undefined
      : { size: Number(size), note: Buffer.from(note, 'base64').toString() };
  }

  /** Keeps one, unless one as large is kept. Durable when it resolves. */
  async keep({ size, note }: CosignedCheckpoint): Promise<void> {
    // A place holds no spaces, and a note does.
    const text = Buffer.from(note).toString('base64');
    await this.hub.positions.advance(COSIGNED, { number: size, text });
  }
}
