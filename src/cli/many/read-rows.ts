/** Why rows cannot be read, in words that follow the name of what holds them. */
export class RowsError extends Error {}

/** A quoted cell with one of these on a later line of its own has taken in the rows of other customers. */
const customerId = /ctm_[a-z\d]{26}/i;

/** Of a cell: `closing` directly after a quote that ends it, or is the first one of two. */
type State = 'plain' | 'quoted' | 'closing' | 'closed';

/**
 * Reads CSV (RFC 4180) as a stream. A line ends with LF, CRLF or CR; blanks around a quoted cell are dropped; a quote
 * within a cell that does not begin with one is a character as any other.
 *
 * @param limit the longest row, in characters.
 * @throws {RowsError} a row is longer, or its quotes leave open where a cell or a row ends: none is skipped.
 */
export async function* readRows(
  source: AsyncIterable<Buffer>,
  separator: string,
  limit: number,
): AsyncGenerator<string[], void, undefined> {
  const decoder = new TextDecoder();
  const token = new RegExp(`["\r\n${separator}]|[^"\r\n${separator}]+`, 'g');
  let row: string[] = [];
  let cell = '';
  let state = 'plain' as State;
  let length = 0;
  let line = 1;
  let openedAt = 1;
  let isAfterCr = false;

  function endCell(): void {
    if (state !== 'plain' && customerId.test(cell.slice(cell.search(/[\r\n]|$/)))) {
      throw new RowsError(
        `has a quote in line ${openedAt} that is closed only after other customers: two quotes stand for one within a quoted cell.`,
      );
    }
    row.push(cell);
    cell = '';
    state = 'plain';
  }

  function read(text: string): void {
    if (state === 'quoted') {
      if (text === '"') state = 'closing';
      else cell += text;
    } else if (text === '"' && state === 'closing') {
      cell += text;
      state = 'quoted';
    } else if (text === '"' && state === 'plain' && cell.trim() === '') {
      cell = '';
      state = 'quoted';
      openedAt = line;
    } else if (state === 'plain') cell += text;
    else if (text.trim() === '') state = 'closed';
    else throw new RowsError(`has text after a quoted cell in line ${line}: two quotes stand for one within it.`);
  }

  const chunks = (async function* () {
    for await (const chunk of source) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  })();
  for await (const chunk of chunks) {
    for (const [text] of chunk.matchAll(token)) {
      const isSecondHalf = text === '\n' && isAfterCr;
      isAfterCr = text === '\r';
      const isLineEnd = (text === '\n' || text === '\r') && !isSecondHalf;
      length += text.length;
      if (length > limit) {
        const quote = state === 'quoted' ? ` It has a quote in line ${openedAt} that is never closed.` : '';
        throw new RowsError(`has a row of more than ${limit} characters.${quote}`);
      }
      if (state === 'quoted') read(text);
      else if (text === separator) endCell();
      else if (isLineEnd) {
        endCell();
        yield row;
        row = [];
        length = 0;
      } else if (!isSecondHalf) read(text);
      if (isLineEnd) line += 1;
    }
  }
  if (state === 'quoted') throw new RowsError(`has a quote in line ${openedAt} that is never closed.`);
  if (row.length > 0 || cell !== '') {
    endCell();
    yield row;
  }
}
