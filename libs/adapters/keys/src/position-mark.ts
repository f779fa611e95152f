import { type AgencyId } from '@tripoint/kernel';
import { readWhole, writePublic } from './files.js';
import { KeysError } from './keys-error.js';

const FORM = 'tripoint.eu/position@v1';
const NEXT = /^(0|[1-9]\d{0,14})$/;

/**
 * How far an agency's mailbox has been taken, in a file of three lines: form, agency, the number that comes next. It is worth something as
 * long as it is not put back together with the database, so it belongs on another disk.
 */
export class FilePositionMark {
  constructor(
    private readonly path: string,
    private readonly agency: AgencyId,
  ) {}

  /**
   * Undefined where there is no file; where there is something else in it, nothing is vouched for either.
   * @throws {KeysError} `keys-away`
   */
  async read(): Promise<bigint | undefined> {
    const bytes = await readWhole(this.path, false).catch((thrown: unknown) => {
      if (thrown instanceof KeysError && thrown.code !== 'keys-away') return undefined;
      throw thrown;
    });
    const [form, agency, next, end, ...more] =
      bytes === undefined ? [] : Buffer.from(bytes).toString('latin1').split('\n');
    const isWellFormed = form === FORM && agency === this.agency && end === '' && more.length === 0;
    return isWellFormed && next !== undefined && NEXT.test(next) ? BigInt(next) : undefined;
  }

  /** @throws {KeysError} `keys-away` */
  async move(next: bigint): Promise<void> {
    const text = [FORM, this.agency, next.toString(), ''].join('\n');
    await writePublic(this.path, Buffer.from(text)).catch((cause: unknown) => {
      throw new KeysError('keys-away', `${this.path} cannot be written`, { cause });
    });
  }
}
