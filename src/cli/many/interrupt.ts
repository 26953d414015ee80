import { exitCodes } from '../exit.js';

/**
 * What Ctrl+C does. Before the run it ends the process; then the first one lets no further customer be asked for, the
 * second one ends what is under way too, and the third one ends the process.
 */
export class Interrupt {
  readonly #stop = new AbortController();
  readonly #end = new AbortController();
  readonly #onStop: () => void;
  readonly #mayBlock: () => boolean;
  #pausedUntil = 0;
  #hasBegun = false;

  /**
   * @param onStop is called with the first one, where something is under way.
   * @param mayBlock whether a read or a write may wait that ends with the process alone, as those of a pipe.
   */
  constructor(onStop: () => void, mayBlock: () => boolean) {
    this.#onStop = onStop;
    this.#mayBlock = mayBlock;
    process.on('SIGINT', this.#handle);
  }

  /** From here on, something may be under way. */
  begin(): void {
    this.#hasBegun = true;
  }

  /** Aborts with the first one. */
  get stopping(): AbortSignal {
    return this.#stop.signal;
  }

  /** Aborts when nothing is to be waited for any more. */
  get ending(): AbortSignal {
    return this.#end.signal;
  }

  /** Nothing is under way while the server asks for a pause, in milliseconds. */
  pause(delay: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + delay);
    if (this.#stop.signal.aborted) this.#end.abort();
  }

  /** When there is nothing more to do: leaves Ctrl+C to the system again. */
  finish(isInterrupted = this.#stop.signal.aborted): void {
    process.off('SIGINT', this.#handle);
    // Node would wait for it, for a read also in process.exit.
    if (isInterrupted && this.#mayBlock()) process.kill(process.pid, 'SIGINT');
  }

  readonly #handle = () => {
    // What is waited for then, a key or a list, may never come.
    if (!this.#hasBegun) {
      this.finish(true);
      process.exit(exitCodes.interrupted);
    }
    const isSecond = this.#stop.signal.aborted;
    if (isSecond) process.off('SIGINT', this.#handle);
    this.#stop.abort();
    if (isSecond || performance.now() < this.#pausedUntil) this.#end.abort();
    else this.#onStop();
  };
}
