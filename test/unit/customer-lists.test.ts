import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openIds } from '../../src/cli/many/read-ids.ts';
import { countCustomers, selectCustomers } from '../../src/cli/many/select.ts';
import { catchError } from '../support/bodies.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lists-'));
});
afterAll(() => rm(folder, { recursive: true }));

const [a, b, c] = ['a', 'b', 'c'].map((letter) => `ctm_${letter.repeat(26)}`) as [string, string, string];

async function read(content: string | Buffer, column?: string): Promise<string[]> {
  const file = path.join(folder, 'list.txt');
  await writeFile(file, content);
  const ids: string[] = [];
  for await (const id of await openIds(file, column)) ids.push(id);
  return ids;
}

describe('a list of customers in a file', () => {
  test.each<[string, string, string[]]>([
    ['one a line', `${a}\n${b}\n${c}\n`, [a, b, c]],
    ['without an end of the last line', `${a}\n${b}`, [a, b]],
    ['with CRLF', `${a}\r\n${b}\r\n`, [a, b]],
    ['with CR alone', `${a}\r${b}\r${c}\r`, [a, b, c]],
    ['with a byte order mark', `\ufeff${a}\n${b}\n`, [a, b]],
    ['with blank lines and spaces', `\n  \n${a}\n\n  ${b}\t\n   \n`, [a, b]],
    ['with quotes', `"${a}"\n" ${b} "\n`, [a, b]],
    ['with one that is none', `${a}\nfoo\n`, [a, 'foo']],
    ['with more columns and no header', `${a},x\n${b},y\n`, [a, b]],
    ['with one that comes twice', `${a}\n${a}\n`, [a, a]],
    ['of one', a, [a]],
    ['as CSV with customer_id', `name,customer_id\nx,${a}\ny,${b}\n`, [a, b]],
    ['as CSV with id', `id,name\n${a},x\n`, [a]],
    ['as CSV with both', `id,customer_id\n${a},${b}\n`, [b]],
    ['as CSV with a heading in other case', `Name,"Customer_ID "\nx,${a}\n`, [a]],
    ['as CSV in quotes', `"name","customer_id"\r\n"A, ""B""\r\nC","${a}"\r\n"",${b}\r\n`, [a, b]],
    ['as CSV with a byte order mark', `\ufeffcustomer_id,name\n${a},x\n`, [a]],
    ['as CSV with a quoted heading after a byte order mark', `\ufeff"customer_id"\n${a}\n`, [a]],
    ['as CSV after blank lines', `\r\n \r\ncustomer_id\r\n${a}\r\n`, [a]],
    ['as CSV with CR alone', `name,customer_id\rx,${a}\ry,${b}\r`, [a, b]],
    ['as CSV with semicolons', `customer_id;name\n${a};"x;y"\n`, [a]],
    ['as CSV with tabs', `name\tcustomer_id\nx, y\t${a}\n`, [a]],
    ['as CSV with blank rows', `customer_id,name\n,\n\n${a},x\n" ",\n`, [a]],
    ['as CSV with a row without an ID', `customer_id,name\n,x\n${a},y\n`, ['', a]],
    ['as CSV with short and long rows', `name,customer_id\nx\ny,${a},z,z\n`, ['', a]],
    ['as CSV with a quote within a cell', `customer_id\tname\n${a}\t5" pipe\n${b}\t6"\n${c}\tx\n`, [a, b, c]],
    ['as CSV with a quote at the end of a cell', `customer_id,x\n${a},5"\n${b},y`, [a, b]],
    ['as CSV with a quote in the heading', `customer_id,5" pipe\n${a},x\n${b},y\n`, [a, b]],
    ['as CSV with blanks around quotes', `name,customer_id\n "x, y" ,"${a}" \n`, [a]],
    ['as CSV with CR and LF in turn', `customer_id,x\r\n${a},"x\r\ny"\r${b},y\n${c}`, [a, b, c]],
    ['as CSV with a separator in a quoted heading', `"a,b,c";customer_id\nx;${a}\n`, [a]],
    ['as CSV with a column without a heading', `\tcustomer_id\n${a}\t${b}\n`, [b]],
    ['as CSV with an empty cell in quotes', `customer_id,x\n${a},""\n${b},""""\n`, [a, b]],
  ])('is read %s', async (_, content, ids) => {
    expect(await read(content)).toEqual(ids);
  });

  it('is read from the column that was named', async () => {
    expect(await read(`customer_id,Payer\n${a},${b}\n`, 'payer')).toEqual([b]);
    expect(await read(`"Kunde, neu",id\n${a},${b}\n`, 'Kunde, neu')).toEqual([a]);
  });

  it('is read the same however it is cut into chunks', async () => {
    const filler = `${'x'.repeat(65_000)}`;
    for (let length = 0; length < 40; length += 1) {
      const content = `name,customer_id\r\n${filler}${'y'.repeat(500 + length)},${a}\r\n"é",${b}\r\n`;
      expect(await read(content)).toEqual([a, b]);
    }
  });

  test.each<[string, string | Buffer, string | undefined, RegExp]>([
    ['is empty', '', undefined, /is empty: there are no customer IDs/],
    ['is blank', '\ufeff\n \r\n', undefined, /is empty/],
    [
      'has no such column',
      'name,mail\nx,y\n',
      undefined,
      /no column customer_id or id, but name, mail\..*--column NAME/,
    ],
    ['has not the column that was named', `id\n${a}\n`, 'payer', /has no column payer, but id\./],
    ['is no list', 'not\u001b[31m a list', undefined, /has no column customer_id or id, but not \[31m a list\./],
    ['is in UTF-16', Buffer.from(`\ufeff${a}\n`, 'utf16le'), undefined, /UTF-8/],
    ['is a zip file', Buffer.from('PK\u0003\u0004\0\0\0'), undefined, /UTF-8/],
    ['has several IDs on a line', `${a}, ${b}\n`, undefined, /several customer IDs: write one a line\.$/],
    ['has several IDs on a later line', `${a}\tx\n${a}\t"${b}"\n`, undefined, /several customer IDs/],
    ['has a header only', 'customer_id,name\n', undefined, /is empty: there are no customer IDs\./],
    ['has a header only, without an end', 'customer_id', undefined, /is empty/],
    ['has blank rows only', 'customer_id,name\n,\n\n" ",\n', undefined, /is empty/],
    ['has a first line without an end', 'x'.repeat(3_000_000), undefined, /row of more than 1048576 characters\.$/],
    [
      'has a line without an end',
      `${a}\n${'x'.repeat(3_000_000)}`,
      undefined,
      /row of more than 1048576 characters\.$/,
    ],
    [
      'has a quote that is open at its end',
      `\ncustomer_id,x\n${a},"open\n${b},y`,
      undefined,
      /quote in line 3 .*never closed/,
    ],
    ['has an open quote in its heading', `customer_id,"x\n${a},y\n`, undefined, /quote in line 1 that is never closed/],
    [
      'has text after quotes',
      `customer_id,x\n${a},"5" pipe\n${b},y\n`,
      undefined,
      /text after a quoted cell in line 2/,
    ],
    [
      'has quotes after quotes',
      `customer_id,x\n${a},"5" "6"\n${b},y\n`,
      undefined,
      /text after a quoted cell in line 2/,
    ],
    [
      'has a stray quote, and the next one after other customers',
      `customer_id,x\n${a},"5 in\n${b},y\n${c},6"\n${a},z\n`,
      undefined,
      /quote in line 2 that is closed only after other customers/,
    ],
    [
      'has a quote that is never closed',
      `id,n\n${a},"${`x\n`.repeat(900_000)}`,
      undefined,
      /quote in line 2 that is never closed/,
    ],
  ])('is refused in words where it %s', async (_, content, column, message) => {
    expect(await catchError(read(content, column))).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(message),
    });
  });

  it('is refused where it is none, or is not there', async () => {
    expect(await catchError(openIds(folder, undefined))).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/cannot be read: EISDIR/),
    });
    expect(await catchError(openIds(path.join(folder, 'none.csv'), undefined))).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/none\.csv cannot be read: ENOENT/),
    });
  });
});

describe('the customers that are asked for', () => {
  const select = async (ids: string[], done: string[]) => {
    const tally = { selected: 0, skipped: 0, repeated: 0, isListRead: false };
    const asked: string[] = [];
    for await (const id of selectCustomers(ids, new Set(done), tally, new AbortController().signal)) asked.push(id);
    return { asked, ...tally };
  };

  it('are each asked for once, and not where they are done', async () => {
    expect(await select([a, b, a, c, b, b], [c])).toEqual({
      asked: [a, b],
      selected: 2,
      skipped: 1,
      repeated: 3,
      isListRead: true,
    });
    expect(await select(['', ''], [])).toMatchObject({ asked: ['', ''], repeated: 0 });
    expect(await countCustomers([a, b, a, c], new Set([c]))).toBe(2);
  });

  it('end when the run is to stop, also where the next one does not come', async () => {
    const controller = new AbortController();
    const tally = { selected: 0, skipped: 0, repeated: 0, isListRead: false };
    async function* slow() {
      yield a;
      await new Promise(() => undefined);
    }
    const selected = selectCustomers(slow(), new Set(), tally, controller.signal);
    expect(await selected.next()).toEqual({ done: false, value: a });
    const next = selected.next();
    controller.abort();
    expect(await next).toMatchObject({ done: true });
    expect(tally.isListRead).toBe(false);
  });
});
