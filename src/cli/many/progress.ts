import { MultiBar } from 'cli-progress';
import { pluralize } from '../text.js';
import type { Tally } from './tally.js';

type Counts = Pick<Tally, 'fulfilled' | 'rejected'>;

export interface Progress {
  /** Says that the server asked for a pause, in milliseconds. */
  pause(delay: number): void;
  /** Writes lines to the terminal, above the bar. */
  log(lines: string): void;
  stop(): void;
}

/** Shows nothing. */
export const noProgress: Progress = {
  pause: () => undefined,
  log: (lines) => void process.stderr.write(lines),
  stop: () => undefined,
};

/** How often a line is written where there is no terminal, and how often the bar's figures change, in milliseconds. */
const lineInterval = 10_000;
const barInterval = 500;

/**
 * Shows how far a run is: done, failed, rate and time left. A bar is drawn on a terminal; anything else gets a line now
 * and then.
 *
 * @param counts changes while it is shown.
 * @param total how many customers there are; undefined where that is not known.
 */
export function showProgress(
  counts: Readonly<Counts>,
  total: number | undefined,
  stream: NodeJS.WriteStream,
): Progress {
  const start = performance.now();
  let pausedUntil = start;
  const describe = () => {
    const now = performance.now();
    return describeProgress(counts, total, now - start, pausedUntil - now);
  };
  const pause = (delay: number) => {
    pausedUntil = Math.max(pausedUntil, performance.now() + delay);
  };
  if (!stream.isTTY) {
    const timer = setInterval(() => stream.write(`${describe()}\n`), lineInterval);
    return { pause, log: (lines) => void stream.write(lines), stop: () => clearInterval(timer) };
  }

  const bars = new MultiBar({
    stream,
    format: total === undefined ? '{text}' : '[{bar}] {text}',
    barsize: 16,
    fps: 10,
    linewrap: true,
    forceRedraw: true,
    clearOnComplete: true,
  });
  const bar = bars.create(total ?? 0, 0, { text: describe() });
  const update = () => bar.update(counts.fulfilled + counts.rejected, { text: describe() });
  let timer: NodeJS.Timeout | undefined = setInterval(update, barInterval);
  return {
    pause,
    log: (lines) => bars.log(lines),
    stop() {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      // What was logged is still to be written.
      bars.update();
      bars.stop();
    },
  };
}

/** @param elapsed and `pause` in milliseconds. */
export function describeProgress(
  { fulfilled, rejected }: Readonly<Counts>,
  total: number | undefined,
  elapsed: number,
  pause: number,
): string {
  const settled = fulfilled + rejected;
  const done = total === undefined ? `${settled} done` : `${settled}/${total} done`;
  const rate = elapsed > 0 ? (settled * 60_000) / elapsed : 0;
  const left = total === undefined || rate === 0 ? [] : [`${describeDuration((total - settled) / rate)} left`];
  const paused = pause > 0 ? [`paused for ${Math.ceil(pause / 1000)} s, as the server asks`] : left;
  return [done, `${rejected} failed`, `${Math.round(rate)} a minute`, ...paused].join(', ');
}

function describeDuration(minutes: number): string {
  if (minutes < 1.5) return `${Math.ceil(minutes * 60)} s`;
  if (minutes < 90) return `${Math.round(minutes)} min`;
  return pluralize(Math.round(minutes / 60), 'hour');
}
