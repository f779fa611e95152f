import { Session } from 'node:inspector/promises';
import { shares } from './shares.js';

/** Looks, while it is asked to, where this process spends its time. */
export class Profiled {
  private constructor(private readonly inspector: Session) {}

  static async here(): Promise<Profiled> {
    const inspector = new Session();
    inspector.connect();
    await inspector.post('Profiler.enable');
    await inspector.post('Profiler.setSamplingInterval', { interval: 500 });
    return new Profiled(inspector);
  }

  async begin(): Promise<void> {
    await this.inspector.post('Profiler.start');
  }

  /** Percent of the time by place, since it began. */
  async end(): Promise<Readonly<Record<string, number>>> {
    const { profile } = await this.inspector.post('Profiler.stop');
    return shares(profile);
  }
}
