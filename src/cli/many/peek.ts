export interface Peeked {
  /** The first line that is not blank, as far as the limit lets it be read; undefined where there is none. */
  line: string | undefined;
  /** Everything from that line on. */
  bytes: AsyncIterable<Buffer>;
}

/** Reads ahead to the first line of a UTF-8 text that is not blank. A byte order mark is dropped. */
export async function peekFirstLine(source: AsyncIterable<Buffer | string>, limit: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  let isOver = false;
  let found: RegExpExecArray | null = null;
  while (!isOver && found === null && start.length < limit) {
    const { done, value } = await iterator.next();
    if (done) isOver = true;
    else start = Buffer.concat([start, Buffer.from(value)]);
    // One byte a character, so that positions are those of the bytes.
    found = /[^\r\n]*\S[^\r\n]*(?=[\r\n])/.exec(start.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '   '));
  }
  const rest = start.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '   ');
  const whole = found ?? /[^\r\n]*\S[^\r\n]*/.exec(rest);
  const text = Buffer.from(whole?.[0] ?? '', 'latin1')
    .toString()
    .trim();

  async function* bytes(): AsyncGenerator<Buffer> {
    try {
      if (whole !== null) yield Buffer.from(rest.slice(whole.index).trimStart(), 'latin1');
      while (!isOver) {
        const { done, value } = await iterator.next();
        if (done) isOver = true;
        else yield Buffer.from(value);
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { line: text === '' ? undefined : text, bytes: bytes() };
}
