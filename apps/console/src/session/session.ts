// Who is signed in, as the page knows it. Signing out and locking are the same to the server: the session ends. A locked page
// remembers whose it was, and nothing else.
import { ask, renewed, Trouble } from '../api/client';
import { type Officer } from '../api/shapes';

export type Standing =
  | { readonly is: 'unknown' }
  | { readonly is: 'out'; readonly because?: 'ended' | 'signed-out' }
  | { readonly is: 'in'; readonly officer: Officer }
  | { readonly is: 'locked'; readonly officer: Officer };

type Listener = () => void;

/** Told to other windows of this browser: they share the session. */
type Word = 'signed-out' | 'locked';

/** Forgets what was kept of cases; called before anybody else may look. */
export type Forget = () => void;

export class Session {
  #standing: Standing = { is: 'unknown' };
  readonly #listeners = new Set<Listener>();
  readonly #windows = new BroadcastChannel('tripoint');

  constructor(private readonly forget: Forget) {
    this.#windows.onmessage = ({ data }: MessageEvent<Word>) => {
      if (this.#standing.is === 'in') this.#leave(data);
    };
  }

  get standing(): Standing {
    return this.#standing;
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly snapshot = (): Standing => this.#standing;

  /** Looks whether the browser still holds a session. */
  async resume(): Promise<void> {
    try {
      this.#become({ is: 'in', officer: await ask('get', '/sessions/current') });
    } catch (thrown) {
      // What cannot be asked now is asked again by signing in.
      this.#become({ is: 'out' });
      if (!(thrown instanceof Trouble)) throw thrown;
    }
  }

  /** @throws {Trouble} */
  async signIn(officer: string, password: string): Promise<void> {
    const before = this.#standing;
    const signedIn = await ask('post', '/sessions/console', { body: { officer, password } });
    // A browser that does not keep the cookie would be asked again at the next click, without a reason.
    await ask('get', '/sessions/current');
    if (before.is !== 'locked' || before.officer.officer !== signedIn.officer) this.forget();
    this.#become({ is: 'in', officer: signedIn });
  }

  /** Ends every session of the officer but this one, which goes on under a new cookie. @throws {Trouble} */
  async changePassword(present: string, next: string): Promise<void> {
    const officer = await renewed(
      ask('put', '/sessions/console/password', { body: { present, next } }),
    );
    this.#become({ is: 'in', officer });
  }

  async signOut(): Promise<void> {
    await this.#end('signed-out');
  }

  /** Nobody is there: nothing stays on the screen or in memory, and the session is over. */
  async lock(): Promise<void> {
    await this.#end('locked');
  }

  /** Somebody else wants to sign in where a console is locked. */
  leaveLock(): void {
    if (this.#standing.is === 'locked') this.#become({ is: 'out' });
  }

  /** The server no longer knows the session. */
  readonly ended = (): void => {
    if (this.#standing.is !== 'in') return;
    this.forget();
    this.#become({ is: 'out', because: 'ended' });
  };

  async #end(word: Word): Promise<void> {
    if (this.#standing.is !== 'in') return;
    // The screen first: the line may be lost, and nothing may be seen for longer because of that.
    this.#leave(word);
    this.#windows.postMessage(word);
    await ask('delete', '/sessions/current').catch(() => undefined);
  }

  #leave(word: Word): void {
    const { standing } = this;
    if (standing.is !== 'in') return;
    this.forget();
    this.#become(
      word === 'locked'
        ? { is: 'locked', officer: standing.officer }
        : { is: 'out', because: 'signed-out' },
    );
  }

  #become(standing: Standing): void {
    this.#standing = standing;
    for (const listener of this.#listeners) listener();
  }
}
