import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import type { CreditBalanceList } from '../../generated/openapi.js';
import { type FileFormat, makeCsv, makeNdjson, makeTable } from '../../src/cli/many/formats.ts';
import { openOutFile } from '../../src/cli/many/out-file.ts';
import { Totals } from '../../src/cli/many/totals.ts';
import { findWidth, formatTable } from '../../src/cli/table.ts';
import { catchError, getCredit } from '../support/bodies.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'results-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  file = path.join(folder, 'credit');
  await rm(file, { force: true, recursive: true });
});

const idOf = (number: number) => `ctm_${String(number).padStart(26, '0')}`;

/** What customers have, from none to three currencies; the text is not ASCII. */
const bodies = new Map<string, CreditBalanceList>(
  ['several-currencies', 'no-credit', 'one-currency', 'several-currencies'].map((scenario, number) => {
    const { data, meta } = getCredit(scenario);
    const own = data.map((balance) => ({ ...balance, customer_id: idOf(number), note: 'é\u2028€' }));
    return [idOf(number), { data: own, meta }];
  }),
);

const open = async (format: FileFormat, resume = false) => {
  const totals = new Totals();
  return { ...(await openOutFile(file, { format, resume, totals })), totals };
};

async function writeAll(format: FileFormat, resume = false): Promise<string> {
  const out = await open(format, resume);
  for (const [id, body] of bodies) {
    if (out.done.has(id)) continue;
    await out.write(format.format(id, body));
    out.totals.add(body.data);
  }
  await out.close();
  return out.totals.format(undefined, 'en-US');
}

const doneIn = async (format: FileFormat, resume: boolean) => {
  const { done, close } = await open(format, resume);
  await close();
  return [...done];
};

/** Places in a file: around the end of each line, and some within. */
function cuts(whole: Buffer): number[] {
  const places = Array.from({ length: whole.length + 1 }, (_, place) => place);
  const isNearEnd = (place: number) => [0, 1, 2].some((more) => whole[place - 2 + more] === 10);
  return places.filter((place) => isNearEnd(place) || place % 31 === 0 || place < 3);
}

describe.each([
  ['CSV', makeCsv],
  ['NDJSON', makeNdjson],
])('a file of results as %s', (_, make) => {
  it('is whole again after a run that goes on, wherever the first one was killed', async () => {
    const format = make(undefined);
    const sums = await writeAll(format);
    const whole = await readFile(file);
    const customers = [...bodies].map(([id, body]) => format.format(id, body));
    for (const length of cuts(whole)) {
      await writeFile(file, whole.subarray(0, length));
      // Those whose last line has its end before the cut, and no others.
      let end = Buffer.byteLength(format.head);
      const expected = [...bodies.keys()].filter((__, index) => {
        end += Buffer.byteLength(customers[index] ?? '');
        return end <= length;
      });
      expect(await doneIn(format, true)).toEqual(expected);

      await writeFile(file, whole.subarray(0, length));
      expect(await writeAll(format, true)).toBe(sums);
      expect(await readFile(file)).toEqual(whole);
    }
  });

  it('is not written over, but with --resume', async () => {
    await writeFile(file, 'mine');
    expect(await catchError(open(make(undefined)))).toMatchObject({
      exitCode: 2,
      message: `${file} exists. To go on with it, add --resume.`,
    });
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  it('is begun with --resume where there is none yet', async () => {
    await writeAll(make(undefined), true);
    expect(await doneIn(make(undefined), true)).toHaveLength(4);
  });

  it('of another question is refused, and stays as it is', async () => {
    for (const [first, second] of [
      [undefined, ['USD']],
      [['USD'], undefined],
      [['USD'], ['USD', 'EUR']],
    ]) {
      await rm(file, { force: true });
      await writeAll(make(first));
      const before = await readFile(file);
      expect(await catchError(open(make(second), true))).toMatchObject({
        exitCode: 2,
        message: expect.stringMatching(/is of a run with another --currency/),
      });
      expect(await readFile(file)).toEqual(before);
    }
    expect(await doneIn(make(['USD']), true)).toHaveLength(4);
  });

  test.each([
    ['a text of somebody', 'Dear diary,\nnothing\n'],
    ['a text of one line', 'Dear diary'],
    ['another table', 'id,name\n1,x\n'],
    ['JSON of something else', '{"customer_id":1}\n'],
    ['JSON without an end', '{"a'],
    ['zeros', '\0'.repeat(100)],
    ['a line without an end', 'x'.repeat(9_000_000)],
  ])('is refused where it is none, and stays as it is: %s', async (__, text) => {
    await writeFile(file, text);
    expect(await catchError(open(make(undefined), true))).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/Choose another file for --out/),
    });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('of the other format is refused', async () => {
    const other = make === makeCsv ? makeNdjson : makeCsv;
    await writeAll(other(undefined));
    expect(await catchError(open(make(undefined), true))).toMatchObject({ exitCode: 2 });
  });

  it('in which a customer stands twice is refused', async () => {
    await writeAll(make(undefined));
    const whole = await readFile(file, 'utf8');
    const lines = make(undefined).format(idOf(2), bodies.get(idOf(2)) as CreditBalanceList);
    await writeFile(file, whole + lines);
    expect(await catchError(open(make(undefined), true))).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/has other lines of ctm_0+2 than one run writes/),
    });
  });

  it('is refused where it is a folder, or its folder is not there', async () => {
    await mkdir(file);
    expect(await catchError(open(make(undefined)))).toMatchObject({ exitCode: 2 });
    expect(await catchError(open(make(undefined), true))).toMatchObject({ exitCode: 2 });
    file = path.join(folder, 'none', 'credit');
    expect(await catchError(open(make(undefined)))).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/cannot be written: ENOENT/),
    });
    file = '/dev/null';
    expect(await catchError(open(make(undefined), true))).toMatchObject({ message: '/dev/null is not a file.' });
  });
});

it('a file of CSV that lacks lines in its middle is refused', async () => {
  const format = makeCsv(undefined);
  await writeAll(format);
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, lines.filter((_, index) => index !== 2).join('\n'));
  expect(await catchError(open(format, true))).toMatchObject({ exitCode: 2 });
});

it('a file of CSV in which a customer has a currency twice is refused', async () => {
  const format = makeCsv(undefined);
  await writeAll(format);
  await writeFile(file, (await readFile(file, 'utf8')).replace(',EUR,', ',USD,'));
  expect(await catchError(open(format, true))).toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/ has a currency of ctm_\w+ twice, at line \d+\./),
  });
});

it('a line of JSON is of the customer and the currencies that were asked for, whatever the body has', () => {
  const body = { ...getCredit('one-currency'), customer_id: idOf(9), currency_code: ['JPY'] };
  for (const asked of [undefined, ['USD']]) {
    const { format, parse } = makeNdjson(asked);
    expect(parse(format(idOf(1), body).trim())).toMatchObject({ customerId: idOf(1), isSameQuestion: true });
    expect(JSON.parse(format(idOf(1), body))).toEqual({ ...body, customer_id: idOf(1), currency_code: asked });
  }
});

it.each([
  ['CSV', makeCsv],
  ['NDJSON', makeNdjson],
])('two runs that write %s to one file at a time lose no line, and one of them fails', async (_, make) => {
  const format = make(undefined);
  await writeAll(format);
  await truncate(file, format.head.length);
  const [first, second] = [await open(format, true), await open(format, true)];
  const [lines, others] = [0, 1].map((number) =>
    format.format(idOf(number), bodies.get(idOf(number)) as CreditBalanceList),
  );
  await first.write(lines ?? '');
  expect(await catchError(second.write(others ?? ''))).toMatchObject({
    exitCode: 1,
    message: `${file} was changed by another process, such as a second run with it.`,
  });
  expect(await catchError(second.close())).toMatchObject({ exitCode: 1 });
  await first.close();
  expect(await readFile(file, 'utf8')).toBe(format.head + lines);
});

it('two runs that write to one file at the same moment keep both lines, and both fail', async () => {
  const format = makeNdjson(undefined);
  const [first, second] = [await open(format), await open(format, true)];
  await Promise.all([first.write('first\n'), second.write('other\n')]);
  expect([await catchError(first.close()), await catchError(second.close())]).toMatchObject([
    { exitCode: 1 },
    { exitCode: 1 },
  ]);
  expect((await readFile(file, 'utf8')).split('\n').sort()).toEqual(['', 'first', 'other']);
});

it('CSV says that there is no credit, and never without the currencies that were asked for', () => {
  const body = getCredit('no-credit');
  expect(makeCsv(undefined).format(idOf(1), body)).toBe(`${idOf(1)},,,,,,,,0,no credit\n`);
  expect(makeCsv(['GBP']).format(idOf(1), body)).toBe(`${idOf(1)},,,,,,,,0,no credit in GBP\n`);
  expect(makeCsv(['GBP', 'SEK']).format(idOf(1), body)).toBe(`${idOf(1)},,,,,,,,0,"no credit in GBP, SEK"\n`);
  expect(makeNdjson(['GBP']).format(idOf(1), body)).toContain(`{"customer_id":"${idOf(1)}","currency_code":["GBP"],`);
  expect(makeTable(['GBP'], 'en-US').format(idOf(1), body)).toBe(`${idOf(1)}  no credit in GBP\n`);
  expect(makeTable(undefined, 'en-US').format(idOf(1), body)).toBe(`${idOf(1)}  no credit\n`);
});

it('a table of many customers fits 80 columns', () => {
  const { head, format } = makeTable(undefined, 'en-US');
  const { data, meta } = getCredit('one-currency');
  const [balance] = data;
  const large = { ...balance, balance: { available: '123456789', reserved: '123456789', used: '0' } };
  const lines = `${head}${format(idOf(1), { data: [large as never], meta })}`.split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBe(80);
});

describe('on a narrow terminal', () => {
  const { data, meta } = getCredit('one-currency');
  const id = idOf(1);

  it('many customers are shown as records, and nothing is wider than 60 columns', () => {
    const { head, format } = makeTable(['USD', 'GBP'], 'en-US', 60);
    expect(head).toBe('');
    expect(format(id, { data, meta })).toBe(
      `customer ${id}\n  cur        USD\n  available  $5.50\n  reserved   $9.00\n  used       $13.00\ncustomer ${id}\n  no credit in GBP\n`,
    );
  });

  it('a row that is too wide is a record, and the others stay rows', () => {
    const { head, format } = makeTable(undefined, 'en-US', 80);
    const [balance] = data;
    const large = { ...balance, balance: { available: '9'.repeat(14), reserved: '0', used: '0' } };
    const lines = `${head}${format(id, { data: [balance as never, large as never], meta })}`.split('\n');
    expect(lines[2]).toMatch(new RegExp(`^${id}  USD +\\$5\\.50 +\\$9\\.00 +\\$13\\.00$`));
    expect(lines[3]).toBe(`customer ${id}`);
    expect(lines[5]).toBe('  available  $999,999,999,999.99');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('a table of exactly the width of the terminal stays one, and a wider one is records', () => {
    const table = (width: number) =>
      formatTable(
        ['name', 'amount'],
        [
          ['a', '10'],
          ['b', '5'],
        ],
        { right: [1], width },
      );
    expect(table(12)).toBe('name  amount\n----  ------\na         10\nb          5');
    expect(table(11)).toBe('name a\n  amount  10\nname b\n  amount  5');
  });

  it('what takes two columns counts as two, and what is invisible as none', () => {
    const { head, format } = makeTable(undefined, 'ja-JP', 80);
    const [balance] = getCredit('several-currencies').data.filter(({ currency_code }) => currency_code === 'JPY');
    const lines = `${head}${format(id, { data: [balance as never], meta })}`.split('\n');
    // The yen sign of Japanese is as wide as two others, and three of them stand in a row of 80.
    expect(lines[2]).toContain('￥');
    expect(lines[2]).toHaveLength(77);
    const table = (width: number) => formatTable(['name'], [['￥1'], ['\u200f1']], { right: [0], width });
    expect(table(4)).toBe('name\n----\n ￥1\n   \u200f1');
  });

  it('a terminal that does not know its width is none', () => {
    expect(findWidth({ columns: 0 })).toBeUndefined();
    expect(findWidth({ columns: 60 })).toBe(60);
    expect(findWidth({} as never)).toBeUndefined();
  });
});

describe('totals of many customers', () => {
  it('are exact, and count the customers of each currency', () => {
    const totals = new Totals();
    const huge = '9'.repeat(400);
    totals.add([{ currency_code: 'USD', balance: { available: '9007199254740993', reserved: '-5', used: '0' } }]);
    totals.add([
      { currency_code: 'USD', balance: { available: '1', reserved: '5', used: '-0' } },
      { currency_code: 'EUR', balance: { available: huge, reserved: '007', used: '0' } },
    ]);
    totals.add([]);
    const lines = totals.format(undefined, 'en-US').split('\n');
    expect(lines[2]).toMatch(new RegExp(`^EUR +1 +${'9'.repeat(398)}\\.99 +€0\\.07 +€0\\.00$`));
    expect(lines[3]).toMatch(/^USD +2 +\$90,071,992,547,409\.94 +\$0\.00 +\$0\.00$/);
  });

  it('mark what has no certain decimals, and say where nobody has credit', () => {
    const totals = new Totals();
    expect(totals.format(undefined, 'en-US')).toBe('No customer has credit.');
    expect(totals.format(['GBP', 'SEK'], 'en-US')).toBe('No customer has credit in GBP, SEK.');
    totals.add([{ currency_code: 'VND', balance: { available: '5', reserved: '0', used: '0' } }]);
    expect(totals.format(undefined, 'en-US')).toMatch(/VND +1 +5\* +0\* +0\*\n\* in the lowest denomination/);
  });
});

it('what is cut off a file by hand is written again', async () => {
  const format = makeCsv(undefined);
  await writeAll(format);
  await truncate(file, 5);
  await writeAll(format, true);
  expect((await readFile(file, 'utf8')).split('\n')[0]).toBe(format.head.trim());
});
