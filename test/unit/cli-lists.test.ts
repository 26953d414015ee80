import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { Failure } from '../../src/cli/exit.ts';
import { peekFirstLine } from '../../src/cli/many/peek.ts';
import type * as ReadIds from '../../src/cli/many/read-ids.ts';
import { catchError } from '../support/bodies.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cli-lists-'));
});
// What a module makes once is made for each test, so that a tool that changes it is noticed.
let { isRepeatable, openIds } = {} as typeof ReadIds;
beforeEach(async () => {
  vi.resetModules();
  ({ isRepeatable, openIds } = await import('../../src/cli/many/read-ids.ts'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => void vi.restoreAllMocks());

const [a, b] = ['a', 'b'].map((letter) => `ctm_${letter.repeat(26)}`) as [string, string];

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The IDs of standard input, which is text or bytes. */
async function readInput(chunks: Iterable<unknown> | Readable, column?: string): Promise<string[]> {
  const input = chunks instanceof Readable ? chunks : Readable.from(chunks);
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(input as never);
  return collect(await openIds('-', column));
}

describe('a first line of a list', () => {
  test.each([
    `${a}`,
    ` ${a} `,
    `"${a}"`,
    ` " ${a} " `,
    `${a}\t`,
    `${a},x`,
    `${a};x`,
    `${a}\tx`,
    `"${a}" ,x`,
    `  "${a}"  ;x`,
    `\t${a}`,
    `\t"${a}",x`,
  ])('that begins with an ID is no header: %j', async (line) => {
    expect(await readInput([Buffer.from(`${line}\n${b}\n`)])).toEqual([a, b]);
  });

  test.each([
    `${a}x`,
    `${a}.`,
    `"${a}x"`,
    `${a} x`,
    `x${a}`,
    `x ${a}`,
    `"x${a}"`,
    `" x ${a}"`,
    `x,${a}`,
    `${a}"x"`,
    `"${a}" x`,
    a.slice(0, -1),
    a.toUpperCase(),
  ])('that begins with anything else is one: %j', async (line) => {
    const reason = /^Standard input has (no column customer_id or id, but |text after a quoted cell in line 1)/;
    const error = await catchError(readInput([Buffer.from(`${line}\n${b}\n`)]));
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(reason) });
  });

  it('may have an ID of digits', async () => {
    const digits = `ctm_${'1'.repeat(26)}`;
    expect(await readInput([`${digits}\n${b}\n`])).toEqual([digits, b]);
  });

  it('is a header where a column is named, whatever it looks like', async () => {
    expect(await readInput([`${a},other\n${b},x\n`], 'other')).toEqual(['x']);
    expect(await readInput([`${a},other\n${b},x\n`], a)).toEqual([b]);
  });
});

describe('the column of the IDs', () => {
  it('is the one that is named, in any case, and with blanks around it', async () => {
    expect(await readInput(['id,Other\n1,2\n'], ' oTHER ')).toEqual(['2']);
  });

  it('is customer_id, or else id', async () => {
    expect(await readInput(['name,ID\n1,2\n'])).toEqual(['2']);
    expect(await readInput(['id,customer_id\n1,2\n'])).toEqual(['2']);
  });

  test.each([
    ['name,number\n', undefined, 'no column customer_id or id, but name, number.'],
    ['name;"a, b"\n', ' none ', 'no column none, but name, a, b.'],
    ['na\u001bme\n', 'none', 'no column none, but na me.'],
    [`${'x'.repeat(200)}\n`, undefined, `no column customer_id or id, but ${'x'.repeat(200)}.`],
    [`${'x'.repeat(201)}\n`, undefined, `no column customer_id or id, but ${'x'.repeat(200)}….`],
  ])('is missed by name: %#', async (text, column, words) => {
    expect(await catchError(readInput([text], column))).toEqual(
      new Failure(`Standard input has ${words} Name the column of the IDs with --column NAME.`, 2),
    );
  });

  it('is found with the separator that the header has most of, which is a comma where that is not decided', async () => {
    expect(await readInput(['id;a,b;c\n1;2,3;4\n'])).toEqual(['1']);
    expect(await readInput(['id,a;b\n1,2;3\n'])).toEqual(['1']);
    expect(await readInput(['id\ta;b\tc,d\n1\t2;3\t4\n'])).toEqual(['1']);
    expect(await readInput(['"a;b;c",id\n1,2\n'])).toEqual(['2']);
    expect(await readInput(['"a;b"",c",id\n1,2\n'])).toEqual(['2']);
  });
});

describe('a list on standard input', () => {
  it('is read to its end, also in pieces', async () => {
    expect(await readInput([`\n ${a.slice(0, 9)}`, a.slice(9), '\r', `\n${b}`])).toEqual([a, b]);
  });

  test.each([[[]], [['']], [['\n \r\n', ' \n']], [['customer_id\n']]])('is empty: %j', async (chunks) => {
    const empty = new Failure('Standard input is empty: there are no customer IDs.', 2);
    expect(await catchError(readInput(chunks))).toEqual(empty);
  });

  it('is refused with the reason', async () => {
    const zeros = 'Standard input is no text in UTF-8: save it as CSV in UTF-8.';
    expect(await catchError(readInput(['c\0t\0m\0_\0\n']))).toEqual(new Failure(zeros, 2));
    const open = 'Standard input has a quote in line 2 that is never closed.';
    expect(await catchError(readInput([`${a}\n"${b}\n`]))).toEqual(new Failure(open, 2));
    const broken = new Readable({
      read() {
        this.destroy(new Error('EIO: no disk'));
      },
    });
    expect(await catchError(readInput(broken))).toEqual(new Failure('Standard input cannot be read: EIO: no disk', 2));
  });

  it('cannot be read a second time; a file can', async () => {
    const file = path.join(folder, 'ids');
    await writeFile(file, a);
    expect(await Promise.all([undefined, '-', file, '/dev/null'].map((name) => isRepeatable(name)))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(await collect(await openIds(file, undefined))).toEqual([a]);
  });

  it('of a file is told from it in what goes wrong', async () => {
    const file = path.join(folder, 'no\nfile');
    const { message } = (await catchError(openIds(file, undefined))) as Failure;
    expect(message).toMatch(/no file cannot be read: ENOENT/);
  });
});

describe('a look at the first line', () => {
  /** A source that counts how much of it was taken, and knows whether it was let go. */
  function watch(...chunks: string[]) {
    const state = { taken: 0, isClosed: false };
    const source = (async function* () {
      try {
        for (const chunk of chunks) {
          state.taken += 1;
          yield chunk;
        }
      } finally {
        state.isClosed = true;
      }
    })();
    return { state, source };
  }

  test.each<[string[], number, string | undefined, number]>([
    [['a\n', 'b\n'], 100, 'a', 1],
    [['a', 'b\r', 'c\n'], 100, 'ab', 2],
    [['\r\n\n', ' \n', 'a', '\n', 'b'], 100, 'a', 4],
    [['\ufeff', 'a\n', 'b'], 100, '\ufeffa', 2],
    [['ab', 'cd', 'ef'], 4, 'abcd', 2],
    [['ab', 'cd', 'ef'], 5, 'abcdef', 3],
    [['a', 'b'], 100, 'ab', 2],
    [[' \n'], 100, undefined, 1],
    [[], 100, undefined, 0],
  ])('of %j, to %d bytes, takes no more than it needs', async (chunks, limit, line, taken) => {
    const { state, source } = watch(...chunks);
    const peeked = await peekFirstLine(source, limit);
    expect([peeked.line, state.taken]).toEqual([line, taken]);
    expect(Buffer.concat(await collect(peeked.bytes)).toString()).toBe(chunks.join(''));
    expect(state.isClosed).toBe(true);
  });

  it('lets the source go where nobody reads on', async () => {
    const { state, source } = watch('a\n', 'b\n', 'c\n');
    const { bytes } = await peekFirstLine(source, 100);
    expect(state.isClosed).toBe(false);
    for await (const _ of bytes) break;
    expect(state).toEqual({ taken: 1, isClosed: true });
  });
});
