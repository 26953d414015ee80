import { TokenBucket } from 'limiter';
import { paddleLimit } from '../options/client-options.js';
import { abortable, onAbort, sleep } from './abort.js';

/** Decides when each attempt of a call may be sent, for all calls that share it. */
export interface Pace {
  /** Resolves when the next attempt may be sent. Rejects with the signal's own reason when it aborts. */
  waitForTurn(signal: AbortSignal | undefined): Promise<void>;
  /**
   * Lets nothing be sent for so many seconds, since the server asked for it; for a server that does not say how long,
   * as long as Paddle blocks.
   *
   * @returns how long that is, in milliseconds.
   */
  pause(seconds: number | undefined): number;
}

/** What is used of the rate: a request that is late on the network must not meet those of the next minute. */
const usedShare = 0.975;
/** Timers fire late by some milliseconds, which the next turn makes up for. */
const lateness = 50;
/** The longest time that a timer can wait for, in milliseconds. */
const longestTimer = 2_147_483_647;

/** Spaces requests evenly, first come, first served. It has a timer only while something waits. */
export function createPace(requestsPerMinute: number): Pace {
  const bucket = createBucket(requestsPerMinute);
  let pausedUntil = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** Takes a turn, if there is one; otherwise how long there is none, in milliseconds. */
  function takeTurn(): number {
    const pause = pausedUntil - performance.now();
    if (pause > 0) return pause;
    return bucket === undefined || bucket.tryRemoveTokens(1) ? 0 : Math.max(1, bucket.getWaitTime(1));
  }
  async function waitForTurn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    for (let wait = takeTurn(); wait > 0; wait = takeTurn()) await sleep(Math.min(wait, longestTimer), signal);
  }

  return {
    async waitForTurn(signal) {
      // Without a limit nobody waits for another, unless the server asked for a pause.
      if (bucket === undefined && takeTurn() === 0) return;
      const turn = last.then(() => waitForTurn(signal));
      last = turn.catch(() => undefined);
      await abortable(turn, signal);
    },
    pause(seconds) {
      const delay = seconds === undefined ? paddleLimit.window : seconds * 1000;
      pausedUntil = Math.max(pausedUntil, performance.now() + delay);
      return delay;
    },
  };
}

/** A pace at which a call waits for its turn only until a signal aborts. @param onStop ends the call. */
export function stopAtTurn(pace: Pace, stopping: AbortSignal, onStop: () => void): Pace {
  return {
    pause: pace.pause,
    async waitForTurn(signal) {
      const stopListening = onAbort(stopping, onStop);
      try {
        await pace.waitForTurn(signal);
      } finally {
        stopListening();
      }
    },
  };
}

/** Undefined for a rate that is no limit. */
function createBucket(requestsPerMinute: number): TokenBucket | undefined {
  const interval = 60_000;
  const tokensPerInterval = requestsPerMinute * usedShare;
  if (tokensPerInterval > Number.MAX_SAFE_INTEGER / interval) return undefined;
  const bucketSize = 1 + (lateness * tokensPerInterval) / interval;
  const bucket = new TokenBucket({ bucketSize, tokensPerInterval, interval });
  bucket.content = 1;
  return bucket;
}
