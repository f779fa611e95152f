import { Injectable } from '@nestjs/common';

/** What was answered, since the start. */
@Injectable()
export class Tally {
  readonly answers = new Map<string, number>();
  /** The largest tree that was cosigned. */
  size: number | undefined;
  /** When, in milliseconds since the epoch. */
  cosignedAt: number | undefined;

  count(answer: string): void {
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
  }
}
