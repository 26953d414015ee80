export interface Peeked {
  /** The first line that is not blank, as far as the limit lets it be read; undefined where there is none. */
  line: string | undefined;
  /** What ends a line; a CR before it is no part of the line. */
  newline: '\r' | '\n';
  /** Everything from that line on. */
  bytes: AsyncIterable<Buffer>;
}

/** Reads ahead to the first line of a UTF-8 text that is not blank. A byte order mark is dropped. */
export async function peekFirstLine(source: AsyncIterable<Buffer | string>, limit: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  let isOver = false;
  while (!isOver && start.length < limit && !hasFirstLine(start)) {
    const { done, value } = await iterator.next();
    if (done) isOver = true;
    else start = withoutBlankStart(Buffer.concat([start, Buffer.from(value)]));
  }

  async function* bytes(): AsyncGenerator<Buffer> {
    try {
      yield start;
      while (!isOver) {
        const { done, value } = await iterator.next();
        if (done) isOver = true;
        else yield Buffer.from(value);
      }
    } finally {
      await iterator.return?.();
    }
  }
  const [, line = '', newline] = /^([^\r\n]*)(\r\n?|\n|$)/.exec(start.toString()) ?? [];
  return { line: line === '' ? undefined : line, newline: newline === '\r' ? '\r' : '\n', bytes: bytes() };
}

/** A CR at the end may be the half of a CRLF. */
function hasFirstLine(start: Buffer): boolean {
  return /\n|\r./s.test(start.toString('latin1'));
}

function withoutBlankStart(start: Buffer): Buffer {
  const mark = start.subarray(0, 3).equals(Buffer.from('\ufeff')) ? 3 : 0;
  const blank = start.subarray(mark).findIndex((byte) => !/\s/.test(String.fromCharCode(byte)));
  return blank < 0 ? Buffer.alloc(0) : start.subarray(mark + blank);
}
