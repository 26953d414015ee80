import type { FileHandle } from 'node:fs/promises';
import { exitCodes, Failure } from '../exit.js';
import type { FileFormat, Line } from './formats.js';
import type { Totals } from './totals.js';

/** What a file holds. */
export interface Results {
  /** The customers all of whose lines are in it. */
  done: Set<string>;
  /** Where the last of their lines ends, in bytes; 0 where there is not even a head. */
  length: number;
}

/** No body is larger than the client reads, nor its line much larger, in bytes. */
const longestLine = 8_388_608;

/**
 * Reads the results of an earlier run, which may have been killed in the middle of a line.
 *
 * @param totals get the balances.
 * @throws {Failure} the file is of another run, or was changed.
 */
export async function readResults(
  file: FileHandle,
  { name, format, totals }: { name: string; format: FileFormat; totals: Totals },
): Promise<Results> {
  const results: Results = { done: new Set(), length: 0 };
  const fail = (words: string) => new Failure(`${name} ${words} Choose another file for --out.`, exitCodes.usage);
  /** The lines of the last customer so far. */
  let group: Line[] = [];
  let number = 0;
  let end = 0;

  function readLine(text: string): void {
    if (number === 1 && format.head !== '') {
      if (`${text}\n` !== format.head) throw fail(`does not begin as this command writes ${format.name}.`);
      results.length = end;
      return;
    }
    const line = format.parse(text);
    if (line === undefined) throw fail(`has a line ${number} that is not as this command writes ${format.name}.`);
    if (!line.isSameQuestion) throw fail(`is of a run with another --currency, as line ${number} shows.`);
    const [first = line] = group;
    if (first.customerId !== line.customerId || first.lines !== line.lines || results.done.has(line.customerId)) {
      throw fail(`has other lines of ${line.customerId} than one run writes, at line ${number}.`);
    }
    group.push(line);
    if (group.length < line.lines) return;
    const balances = group.flatMap((each) => each.balances);
    if (new Set(balances.map(({ currency_code }) => currency_code)).size < balances.length) {
      throw fail(`has a currency of ${line.customerId} twice, at line ${number}.`);
    }
    totals.add(balances);
    results.done.add(line.customerId);
    results.length = end;
    group = [];
  }

  let rest = '';
  // One byte a character: what counts of a line is ASCII.
  for await (const chunk of file.createReadStream({ encoding: 'latin1', autoClose: false, start: 0 })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      number += 1;
      end += line.length + 1;
      readLine(line);
    }
    // Before it fills the memory.
    if (rest.length > longestLine) break;
  }
  // What is cut off must be ours.
  const expected = number === 0 && format.head !== '' ? format.head : format.start;
  if (rest.length > longestLine || !(rest.startsWith(expected) || expected.startsWith(rest))) {
    throw fail(`has an end that is not as this command writes ${format.name}.`);
  }
  return results;
}
