import type { Route } from '../http/operations.js';
import type { MockSettings } from './options.js';
import { type Answer, answerAsIs } from './respond.js';
import { findError, findScenario } from './scenarios.js';

/** Whether a request gets to the contract at all. */
export type Admission =
  /** It does. */
  | undefined
  /** The connection is lost. */
  | 'lost'
  /** It is answered with an error, whatever it asks for. */
  | ((route: Route) => Answer | undefined);

/** Counts requests: the first ones fail, and those past the rate limit are turned away. */
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

/** How many seconds a request is turned away for; 0 where it is answered. Memory is that of one window. */
function createRateLimiter({ requests, window }: { requests: number; window: number }): () => number {
  /** When the newest requests came, as a ring. */
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
