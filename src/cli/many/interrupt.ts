/**
 * What Ctrl+C does: the first one lets no further customer be asked for, the second one ends what is under way too, and
 * the third one ends the process.
 */
export class Interrupt {
  readonly #stop = new AbortController();
  readonly #end = new AbortController();
  readonly #onStop: () => void;
  #pausedUntil = 0;

  /** @param onStop is called with the first one, where something is under way. */
  constructor(onStop: () => void) {
    this.#onStop = onStop;
    process.on('SIGINT', this.#handle);
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

  /** Leaves Ctrl+C to the system again. */
  release(): void {
    process.off('SIGINT', this.#handle);
  }

  readonly #handle = () => {
    const isSecond = this.#stop.signal.aborted;
    if (isSecond) this.release();
    this.#stop.abort();
    if (isSecond || performance.now() < this.#pausedUntil) this.#end.abort();
    else this.#onStop();
  };
}
