export interface Peeked {
  /** The first line that is not blank, as far as the limit lets it be read; undefined where there is none. */
  line: string | undefined;
  /** Everything, that line included. */
  bytes: AsyncIterable<Buffer>;
}

/** Reads ahead to the first line of a UTF-8 text that is not blank. @param limit how far, in bytes. */
export async function peekFirstLine(source: AsyncIterable<Buffer | string>, limit: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  let isOver = false;
  while (!isOver && start.length < limit && !hasFirstLine(start)) {
    const { done, value } = await iterator.next();
    if (done) isOver = true;
    else start = Buffer.concat([start, Buffer.from(value)]);
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
  const lines = start.toString().split(/[\r\n]+/);
  return { line: lines.find((line) => line.trim() !== ''), bytes: bytes() };
}

/** To JavaScript a byte order mark is blank. */
function hasFirstLine(start: Buffer): boolean {
  return /[\r\n]/.test(start.toString().trimStart());
}
