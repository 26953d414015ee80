import { statSync } from 'node:fs';
import { abortable } from '../../http/abort.js';
import { toFailure } from '../describe-error.js';
import { exitCodes, Failure } from '../exit.js';
import { type GetOptions, getFlags } from '../get-options.js';
import { formatResult } from './format-result.js';
import { Interrupt } from './interrupt.js';
import { chooseFormat, openOutput, print } from './output.js';
import { noProgress, showProgress } from './progress.js';
import { isRepeatable, openIds } from './read-ids.js';
import { report } from './report.js';
import { countCustomers, selectCustomers } from './select.js';
import { startRun } from './start-run.js';
import { count, makeTally } from './tally.js';
import { Totals } from './totals.js';

/** Prints or writes the credit of many customers. */
export async function getMany(customerIds: string[], options: GetOptions): Promise<void> {
  const { file, column, out, quiet } = options;
  if (file === '-' && !process.env.PADDLE_API_KEY) {
    throw new Failure('With --file - the API key must be in PADDLE_API_KEY.', exitCodes.usage);
  }
  const format = chooseFormat(options);
  const tally = makeTally();
  const totals = new Totals();
  let progress = noProgress;
  const interrupt = new Interrupt(
    () => progress.log('Finishing what is under way. Press Ctrl+C again to stop at once.\n'),
    () =>
      process.stdout.writableLength > 0 ||
      (file !== undefined && file !== '-' && statSync(file, { throwIfNoEntry: false })?.isFile() === false),
  );
  try {
    const openList = async () => (file === undefined ? customerIds : openIds(file, column));
    let list = await openList();
    const isListRepeatable = await isRepeatable(file);
    if (file !== undefined && isListRepeatable) {
      // One that cannot be read to its end is refused before anything is sent.
      await countCustomers(list, new Set());
      list = await openList();
    }
    let done: ReadonlySet<string> = new Set();
    const selected = (async function* () {
      yield* selectCustomers(list, done, tally, interrupt.stopping);
    })();
    // Before a file is written: what is wrong with the options shows here, and nothing is sent before it is read.
    const results = await startRun(selected, options, interrupt, (delay) => {
      progress.pause(delay);
      interrupt.pause(delay);
    });

    const isOnTerminal = out === undefined && process.stdout.isTTY;
    const output = await openOutput(options, format, totals, async (lines) => {
      if (isOnTerminal && progress !== noProgress) progress.log(lines);
      // A reader that has stopped reading would hold up the end.
      else await abortable(print(lines), interrupt.ending);
    });
    done = output.done;
    if (!quiet) {
      const total = isListRepeatable ? await countCustomers(await openList(), done) : undefined;
      progress = showProgress(tally, total, isOnTerminal ? process.stdout : process.stderr);
    }

    let failure: { error: unknown } | undefined;
    interrupt.begin();
    try {
      for await (const result of results) {
        const formatted = formatResult(result, format);
        if (formatted.status === 'fulfilled') {
          await output.write(formatted.lines);
          totals.add(formatted.value.data);
        }
        count(tally, formatted);
      }
    } catch (error) {
      failure = { error };
    }
    progress.stop();
    await output.close().catch((error: unknown) => {
      failure ??= { error };
    });
    await report({ tally, totals, options, failure, isInterrupted: interrupt.stopping.aborted });
  } catch (error) {
    throw toFailure(error, getFlags);
  } finally {
    progress.stop();
    // Whoever has more to say would keep the process alive.
    if (file === '-') process.stdin.destroy();
    interrupt.finish();
  }
}
