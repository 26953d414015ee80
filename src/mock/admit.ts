import type { Route } from '../http/operations.js';
import type { MockSettings } from './options.js';
import { type Answer, answerAsIs } from './respond.js';
import { findError, findScenario } from './scenarios.js';

/** What happens to a request before the contract is looked at. */
export type Admission =
  /** It is answered by the contract. */
  | undefined
  /** Its connection is closed. */
  | 'lost'
  /** It is answered with an error, whatever it asks for. */
  | ((route: Route) => Answer | undefined);

/** Counts requests: the first `failTimes` fail, and those beyond the rate limit get a 429. */
export function createGate({ failTimes, failure, rateLimit }: MockSettings): () => Admission {
  let failed = 0;
  const secondsLeft = rateLimit === undefined ? () => 0 : createRateLimiter(rateLimit);
  return () => {
    if (failed < failTimes) {
      failed += 1;
      return failure === undefined ? 'lost' : (route) => answerAsIs(findScenario(failure, route.operationId), route);
    }
    const seconds = secondsLeft();
    if (seconds === 0) return undefined;
    return (route) => {
      const limited = findError(429, route.operationId);
      if (limited === undefined) return undefined;
      return { ...answerAsIs(limited, route), headers: { 'Retry-After': String(seconds) } };
    };
  };
}

/** Returns how many seconds to wait, 0 for a request that is answered. It remembers the requests of one window. */
function createRateLimiter({ requests, window }: { requests: number; window: number }): () => number {
  /** The times of the latest requests, as a ring buffer. */
  const times = new Array<number>(requests).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  let blockedUntil = Number.NEGATIVE_INFINITY;
  return () => {
    const now = Date.now();
    if (now >= blockedUntil && now - (times[next] as number) < window) blockedUntil = now + window;
    if (now < blockedUntil) return Math.max(1, Math.ceil((blockedUntil - now) / 1000));
    times[next] = now;
    next = (next + 1) % requests;
    return 0;
  };
}
