import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, type Transform } from 'node:stream';
import csvParser from 'csv-parser';
import { exitCodes, Failure } from '../exit.js';
import { toOneLine } from '../text.js';
import { peekFirstLine } from './peek.js';

/** The columns that hold the IDs where none is named: the first of them that there is. */
const usualColumns = ['customer_id', 'id'];
/** A longer line holds no ID, and must not fill the memory, in bytes. */
const longestLine = 1_048_576;
/** A first line that is no header. */
const startsWithId = /^"?\s*ctm_[a-z\d]{26}\s*"?\s*($|[,;\t])/;

type Fail = (words: string) => Failure;

/**
 * Opens a list of customer IDs, one a line or CSV with a header, and reads it as a stream.
 *
 * @param file `-` for standard input.
 * @returns the IDs; an empty one for a row that has something else, but no ID.
 * @throws {Failure} the file cannot be read, or has no such column: before the first ID as far as that can be known.
 */
export async function openIds(file: string, column: string | undefined): Promise<AsyncIterable<string>> {
  const name = file === '-' ? 'Standard input' : toOneLine(file);
  const fail: Fail = (words) => new Failure(`${name} ${words}`, exitCodes.usage);
  const { line, newline, bytes } = await peekFirstLine(
    file === '-' ? process.stdin : createReadStream(file),
    longestLine,
  ).catch((error: Error) => {
    throw fail(`cannot be read: ${error.message}`);
  });
  if (line === undefined) throw fail('is empty: there are no customer IDs.');
  if (line.includes('\0')) throw fail('is no text in UTF-8: save it as CSV in UTF-8.');

  const hasHeader = column !== undefined || !startsWithId.test(line);
  const columns: string[] = [];
  const rows: Transform = csvParser({
    separator: chooseSeparator(line),
    newline,
    maxRowBytes: longestLine,
    mapHeaders: ({ header, index }) => {
      columns[index] = header.trim();
      return String(index);
    },
    ...(hasHeader ? {} : { headers: false }),
  });
  pipeline(bytes, rows, () => undefined);
  if (!hasHeader) return readColumn(rows, 0, fail);
  await once(rows, 'headers').catch((error: Error) => {
    throw toReadFailure(error, fail);
  });
  return readColumn(rows, findColumn(columns, column, fail), fail);
}

async function* readColumn(rows: Transform, index: number, fail: Fail): AsyncGenerator<string, void, undefined> {
  try {
    for await (const row of rows as AsyncIterable<Record<string, string>>) {
      const id = row[index]?.trim() ?? '';
      if (id !== '' || Object.values(row).some((cell) => cell.trim() !== '')) yield id;
    }
  } catch (error) {
    throw toReadFailure(error as Error, fail);
  }
}

function toReadFailure({ message }: Error, fail: Fail): Failure {
  if (!message.startsWith('Row exceeds')) return fail(`cannot be read: ${message}`);
  return fail(`has a line of more than ${longestLine} bytes, as a quote that is never closed makes one.`);
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
  const count = (separator: string) => line.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

/** Whether a list can be read a second time, to know how long it is. */
export async function isRepeatable(file: string | undefined): Promise<boolean> {
  return file === undefined || (file !== '-' && (await stat(file)).isFile());
}
