import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CustomerId } from '../../../generated/operations.js';
import { exitCodes, Failure } from '../exit.js';
import { toOneLine } from '../text.js';
import { peekFirstLine } from './peek.js';
import { RowsError, readRows } from './read-rows.js';

/** The columns that hold the IDs where none is named: the first of them that there is. */
const usualColumns = ['customer_id', 'id'];
/** A longer row holds no ID, and must not fill the memory, in characters. */
const longestRow = 1_048_576;
/** A first line that is no header. */
const startsWithId = /^\s*"?\s*ctm_[a-z\d]{26}\s*"?\s*($|[,;\t])/;

type Fail = (words: string) => Failure;

/**
 * Opens a list of customer IDs, one a line or CSV with a header, and reads it as a stream.
 *
 * @param file `-` for standard input.
 * @returns the IDs, at least one; an empty one for a row that has something else, but no ID.
 * @throws {Failure} the file cannot be read, has no such column or no row: before the first ID as far as that can be
 * known.
 */
export async function openIds(file: string, column: string | undefined): Promise<AsyncIterable<string>> {
  const name = file === '-' ? 'Standard input' : toOneLine(file);
  const fail: Fail = (words) => new Failure(`${name} ${words}`, exitCodes.usage);
  const ids = readIds(file === '-' ? process.stdin : createReadStream(file), column, fail);
  const first = await ids.next();
  if (first.done) throw fail('is empty: there are no customer IDs.');
  return (async function* () {
    yield first.value;
    yield* ids;
  })();
}

async function* readIds(
  source: AsyncIterable<Buffer>,
  column: string | undefined,
  fail: Fail,
): AsyncGenerator<string, void, undefined> {
  try {
    const { line, bytes } = await peekFirstLine(source, longestRow);
    if (line === undefined) return;
    if (line.includes('\0')) throw fail('is no text in UTF-8: save it as CSV in UTF-8.');
    const hasHeader = column !== undefined || !startsWithId.test(line);
    let index = hasHeader ? undefined : 0;
    // A tab before an ID indents it.
    const separator = chooseSeparator(hasHeader ? line : line.trimStart());
    for await (const row of readRows(bytes, separator, longestRow)) {
      const cells = row.map((cell) => cell.trim());
      if (cells.every((cell) => cell === '')) continue;
      if (index === undefined) index = findColumn(cells, column, fail);
      else {
        // Without a header, nothing tells that the others are of no concern.
        if (!hasHeader && cells.slice(1).some((cell) => CustomerId(cell))) {
          throw fail('has a line with several customer IDs: write one a line.');
        }
        yield cells[index] ?? '';
      }
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw fail(error instanceof RowsError ? error.message : `cannot be read: ${(error as Error).message}`);
  }
}

function findColumn(columns: readonly string[], wanted: string | undefined, fail: Fail): number {
  const names = wanted === undefined ? usualColumns : [wanted.trim()];
  for (const name of names) {
    const index = columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
    if (index >= 0) return index;
  }
  const found = toOneLine(columns.join(', '));
  const shown = found.length > 200 ? `${found.slice(0, 200)}…` : found;
  throw fail(`has no column ${names.join(' or ')}, but ${shown}. Name the column of the IDs with --column NAME.`);
}

/** Spreadsheets of many countries separate by semicolons. */
function chooseSeparator(line: string): string {
  const unquoted = line.replace(/"[^"]*"/g, '');
  const count = (separator: string) => unquoted.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

/** Whether a list can be read a second time, to know how long it is. */
export async function isRepeatable(file: string | undefined): Promise<boolean> {
  return file === undefined || (file !== '-' && (await stat(file)).isFile());
}
