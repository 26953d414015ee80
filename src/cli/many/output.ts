import path from 'node:path';
import { exitCodes, Failure } from '../exit.js';
import type { GetOptions } from '../get-options.js';
import { isClosed } from '../pipes.js';
import { findWidth } from '../table.js';
import { type FileFormat, type Format, makeCsv, makeNdjson, makeTable } from './formats.js';
import { openOutFile } from './out-file.js';
import type { Totals } from './totals.js';

/** Whoever read standard output has seen enough: nothing to talk about. */
export class OutputClosed extends Failure {
  constructor() {
    super('', exitCodes.done);
  }
}

/** Where the results go. */
export interface Output {
  /** The customers who were there before. */
  done: ReadonlySet<string>;
  /** Resolves when the lines are written. @throws {Failure} they cannot be. */
  write(lines: string): Promise<void>;
  close(): Promise<void>;
}

/** @throws {Failure} nothing tells which format the file of --out is to have. */
export function chooseFormat({ csv, ndjson, out, currency, locale }: GetOptions): Format | FileFormat {
  const ending = out === undefined ? '' : path.extname(out).toLowerCase();
  if (csv || (!ndjson && ending === '.csv')) return makeCsv(currency);
  if (ndjson || ending === '.ndjson' || ending === '.jsonl') return makeNdjson(currency);
  if (out === undefined) return makeTable(currency, locale, findWidth(process.stdout));
  throw new Failure('--out needs --csv or --ndjson, or a file name that ends so.', exitCodes.usage);
}

/** @param print writes to standard output. */
export async function openOutput(
  { out, resume }: Pick<GetOptions, 'out' | 'resume'>,
  format: Format | FileFormat,
  totals: Totals,
  print: (lines: string) => Promise<void>,
): Promise<Output> {
  if (out !== undefined) return openOutFile(out, { format: format as FileFormat, resume: resume === true, totals });
  if (format.head !== '') await print(format.head);
  return { done: new Set(), write: print, close: async () => undefined };
}

/** Resolves when the reader has taken it. @throws {OutputClosed} there is no reader any more. */
export function print(lines: string, stream: NodeJS.WritableStream = process.stdout): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(lines, (error) => {
      if (!error) resolve();
      else if (isClosed(error)) reject(new OutputClosed());
      // The stream itself has said why.
      else reject(new Failure('', exitCodes.failed));
    });
  });
}
