import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { CreditBalanceList } from '../../generated/openapi.ts';
import { describeMissing, describeUncertain, formatMoney } from '../../src/cli/balances.ts';
import { formatCsv } from '../../src/cli/csv.ts';
import { Failure } from '../../src/cli/exit.ts';
import type * as Formats from '../../src/cli/many/formats.ts';
import { readResults } from '../../src/cli/many/read-results.ts';
import { Totals } from '../../src/cli/many/totals.ts';
import { catchError, getCredit } from '../support/bodies.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cli-formats-'));
});
// What a module makes once is made for each test, so that a tool that changes it is noticed.
let { makeCsv, makeNdjson, makeTable } = {} as typeof Formats;
beforeEach(async () => {
  vi.resetModules();
  ({ makeCsv, makeNdjson, makeTable } = await import('../../src/cli/many/formats.ts'));
});
afterAll(() => rm(folder, { recursive: true }));

const idOf = (letter: string) => `ctm_${letter.repeat(26)}`;
const [id, other] = ['a', 'b'].map(idOf) as [string, string];
const bodyOf = (...currencies: string[]) =>
  ({
    data: currencies.map((currency_code) => ({
      ...{ customer_id: id, currency_code },
      balance: { available: '550', reserved: '-9', used: '0' },
    })),
    meta: { request_id: 'r1' },
  }) as CreditBalanceList;
const balanceOf = (currency_code: string) => ({
  currency_code,
  balance: { available: '550', reserved: '-9', used: '0' },
});
const usd = 'USD,550,-9,0,5.50,-0.09,0.00';

describe('a line of CSV', () => {
  it('says of each customer and currency what was asked for', () => {
    const head = `customer_id,currency_code,available,reserved,used,available_decimal,reserved_decimal,used_decimal,currencies,note\n`;
    expect(makeCsv(undefined).head).toBe(head);
    expect(makeCsv(undefined).format(id, bodyOf('USD'))).toBe(`${id},${usd},1,\n`);
    expect(makeCsv(['USD']).format(id, bodyOf('USD'))).toBe(`${id},${usd},1,only USD asked for\n`);
    expect(makeCsv(['USD', 'EUR']).format(id, bodyOf('USD', 'EUR'))).toBe(
      `${id},${usd},2,"only EUR, USD asked for"\n${id},EUR,550,-9,0,5.50,-0.09,0.00,2,"only EUR, USD asked for"\n`,
    );
    expect(makeCsv(['USD', 'EUR']).format(id, bodyOf())).toBe(`${id},,,,,,,,0,"no credit in EUR, USD"\n`);
  });

  test.each<[string[] | undefined, string, object]>([
    [undefined, `${id},${usd},1,`, { balances: [balanceOf('USD')], lines: 1, isSameQuestion: true }],
    [undefined, `${id},${usd},12,`, { balances: [balanceOf('USD')], lines: 12, isSameQuestion: true }],
    [undefined, `${id},,,,,,,,0,no credit`, { balances: [], lines: 1, isSameQuestion: true }],
    [['USD'], `${id},,,,,,,,0,no credit`, { balances: [], lines: 1, isSameQuestion: false }],
    [['USD'], `${id},${usd},1,`, { balances: [balanceOf('USD')], lines: 1, isSameQuestion: false }],
    [['USD'], `${id},${usd},1,only USD asked for`, { balances: [balanceOf('USD')], lines: 1, isSameQuestion: true }],
    [['USD'], `${id},${usd},1,no credit in USD`, { balances: [balanceOf('USD')], lines: 1, isSameQuestion: false }],
    [['VND'], `${id},VND,550,-9,0,,,,1,only VND asked for`, { balances: [balanceOf('VND')], isSameQuestion: true }],
  ])('that a run for %j wrote is read: %s', (currencies, line, parsed) => {
    expect(makeCsv(currencies).parse(line)).toMatchObject({ customerId: id, ...parsed });
  });

  it('has amounts and customers of any digits', () => {
    const customerId = `ctm_${'1'.repeat(26)}`;
    const balance = { available: '-10', reserved: '20', used: '30' };
    expect(makeCsv(undefined).parse(`${customerId},USD,-10,20,30,-0.10,0.20,0.30,1,`)).toMatchObject({
      ...{ customerId, balances: [{ currency_code: 'USD', balance }] },
    });
  });

  test.each([
    '',
    `x${id},${usd},1,`,
    `${id}a,${usd},1,`,
    `sub_${'a'.repeat(26)},${usd},1,`,
    `${id},USDX,550,-9,0,5.50,-0.09,0.00,1,`,
    `${id},usd,550,-9,0,5.50,-0.09,0.00,1,`,
    `${id},USD,5.5,-9,0,5.50,-0.09,0.00,1,`,
    `${id},USD,--5,-9,0,5.50,-0.09,0.00,1,`,
    `${id},USD,,-9,0,5.50,-0.09,0.00,1,`,
    `${id},USD,550,-9,0,5.50,-0.09,x,1,`,
    `${id},USD,550,-9,0,5.50,x,0.00,1,`,
    `${id},USD,550,-9,0,x,-0.09,0.00,1,`,
    `${id},USD,550,-9,0,5.50,-0.09,1,`,
    `${id},${usd},x,`,
    `${id},${usd},,`,
    `${id},${usd},1`,
    `${id},${usd},1,\r`,
    `${id},${usd},0,`,
    `${id},,,,,,,,1,no credit`,
    `${id},,,,,,,,,no credit`,
    `${id},,,,,,,0,no credit`,
  ])('that no run writes is none: %j', (line) => {
    expect(makeCsv(undefined).parse(line)).toBeUndefined();
  });
});

describe('a line of NDJSON', () => {
  const line = (more: object) => JSON.stringify({ ...bodyOf('USD'), customer_id: id, ...more });

  it('that a run wrote is read, with whether the question was the same', () => {
    const read = { customerId: id, lines: 1, balances: bodyOf('USD').data };
    expect(makeNdjson(undefined).parse(line({}))).toEqual({ ...read, isSameQuestion: true });
    expect(makeNdjson(['USD', 'EUR']).parse(line({ currency_code: ['EUR', 'USD'] }))).toEqual({
      ...read,
      isSameQuestion: true,
    });
    expect(makeNdjson(['USD']).parse(line({}))).toEqual({ ...read, isSameQuestion: false });
  });

  it.each(['', '{', 'null', '[]', '{"customer_id":"ctm_"}', line({ data: null }), line({ customer_id: 1 })])(
    'that no run writes is none: %s',
    (text) => {
      expect(makeNdjson(undefined).parse(text)).toBeUndefined();
    },
  );
});

describe('what a file of results holds', () => {
  const read = async (format: Formats.FileFormat, text: string) => {
    const name = path.join(folder, 'results');
    await writeFile(name, text);
    const file = await open(name);
    const totals = new Totals();
    const results = await readResults(file, { name: 'credit.csv', format, totals }).finally(() => file.close());
    return { ...results, sums: totals.format(undefined, 'en-US') };
  };
  let csv: Formats.FileFormat;
  beforeEach(() => {
    csv = makeCsv(undefined);
  });
  const one = `${id},${usd},1,\n`;
  const half = `${id},${usd},2,\n`;

  it('is the customers all of whose lines are there', async () => {
    const whole = csv.head + one;
    expect(await read(csv, '')).toMatchObject({ done: new Set(), length: 0 });
    expect(await read(csv, csv.head.slice(0, 5))).toMatchObject({ done: new Set(), length: 0 });
    expect(await read(csv, csv.head)).toMatchObject({ done: new Set(), length: csv.head.length });
    for (const rest of ['', 'ct', other.slice(0, 9), half.replace(id, other)]) {
      expect(await read(csv, whole + rest)).toMatchObject({ done: new Set([id]), length: whole.length });
    }
    const { sums } = await read(
      csv,
      whole + half.replaceAll(id, other) + half.replaceAll(id, other).replace('USD', 'EUR'),
    );
    expect(sums).toMatch(/EUR +1 .*\nUSD +2 +\$11\.00 +-\$0\.18 /);
  });

  test.each<[string, () => string, string]>([
    ['a head of something else', () => `x${csv.head}`, 'does not begin as this command writes CSV.'],
    ['a line of something else', () => `${csv.head}${one}x\n`, 'has a line 3 that is not as this command writes CSV.'],
    [
      'a line of another question',
      () => csv.head + makeCsv(['USD']).format(id, bodyOf('USD')),
      'is of a run with another --currency, as line 2 shows.',
    ],
    ['a customer twice', () => csv.head + one + one, `has other lines of ${id} than one run writes, at line 3.`],
    [
      'another customer within the lines of one',
      () => csv.head + half + half.replace(id, other),
      `has other lines of ${other} than one run writes, at line 3.`,
    ],
    [
      'lines of one that count another number',
      () => csv.head + half + half.replace(',2,', ',3,'),
      `has other lines of ${id} than one run writes, at line 3.`,
    ],
    ['a currency twice', () => csv.head + half + half, `has a currency of ${id} twice, at line 3.`],
    ['an end of something else', () => `${csv.head}x`, 'has an end that is not as this command writes CSV.'],
    [
      'an end that is longer than any line',
      () => csv.head + id + 'x'.repeat(8_388_608 - id.length + 1),
      'has an end that is not as this command writes CSV.',
    ],
  ])('is refused with %s', async (_, makeText, words) => {
    const refused = new Failure(`credit.csv ${words} Choose another file for --out.`, 2);
    expect(await catchError(read(csv, makeText()))).toEqual(refused);
  });

  it('may end with as much as a line may have', async () => {
    const rest = id + 'x'.repeat(8_388_608 - id.length);
    expect(await read(csv, csv.head + one.replace(id, other) + rest)).toMatchObject({ done: new Set([other]) });
  });

  it('is named as the format that was chosen', async () => {
    expect(String(await catchError(read(makeNdjson(undefined), 'x\n')))).toContain('as this command writes NDJSON.');
  });
});

test('cells of CSV are no formulas, and in quotes where they must be', () => {
  expect(formatCsv([['a', '=1+1', '+1', '-x', '@a', '\tb', 'a=1']])).toBe("a,'=1+1,'+1,'-x,'@a,'\tb,a=1");
  expect(formatCsv([['-1', '-12.50', '550', '-1.', '-1x', 'a"b', 'a,b', 'a\nb', '\rb']])).toBe(
    `-1,-12.50,550,'-1.,'-1x,"a""b","a,b","a\nb","'\rb"`,
  );
});

describe('an amount', () => {
  it('without certain decimals is what Paddle sends, and the mark is explained', () => {
    expect([formatMoney('550', 'VND', 'en-US'), formatMoney('550', 'USD', 'en-US')]).toEqual(['550*', '$5.50']);
    expect(describeUncertain(['USD'])).toEqual([]);
    expect(describeUncertain(['VND', 'USD', 'XYZ'])).toEqual([
      '* in the lowest denomination, as Paddle sends it: the decimals of VND, XYZ are not certain.',
      "  Paddle's GET /currencies has them as decimal_places.",
    ]);
  });

  it('of more than 300 digits is written as a decimal', () => {
    expect(formatMoney('9'.repeat(300), 'JPY', 'en-US')).toBe(`¥${'999,'.repeat(100).slice(0, -1)}`);
    expect(formatMoney('9'.repeat(301), 'JPY', 'en-US')).toBe('9'.repeat(301));
  });

  it('that is missing is told for all, or for the currencies that were asked for', () => {
    const { data } = bodyOf('USD');
    expect([describeMissing([], undefined), describeMissing(data, undefined)]).toEqual(['', undefined]);
    expect([describeMissing(data, ['USD']), describeMissing(data, ['EUR', 'USD', 'GBP'])]).toEqual([
      ...[undefined, ' in EUR, GBP'],
    ]);
  });
});

describe('tables of many customers', () => {
  it('have the sums in the order of the currencies, and amounts that end at one edge', () => {
    const totals = new Totals();
    totals.add(['USD', 'EUR', 'JPY', 'GBP'].map(balanceOf));
    totals.add([balanceOf('USD')]);
    expect(totals.format(undefined, 'en-US')).toBe(`currency  customers  available  reserved   used
--------  ---------  ---------  --------  -----
EUR               1      €5.50    -€0.09  €0.00
GBP               1      £5.50    -£0.09  £0.00
JPY               1       ¥550       -¥9     ¥0
USD               2     $11.00    -$0.18  $0.00`);
    expect(totals.format(undefined, 'en-US', 20)).toContain('currency EUR\n  customers  1\n  available  €5.50\n');
  });

  it('have no head on a narrow terminal', () => {
    const { head } = makeTable(undefined, 'en-US', 80);
    expect(head).toMatch(/^customer {24}cur {6}available {7}reserved {11}used\n-{30} {2}---( {2}-{13}){3}\n$/);
    expect(makeTable(undefined, 'en-US', 79).head).toBe('');
    expect(makeTable(undefined, 'en-US').format(id, getCredit('no-credit'))).toBe(`${id}  no credit\n`);
  });
});
