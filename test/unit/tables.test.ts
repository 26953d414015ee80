import { describe, expect, it, test } from 'vitest';
import { findWidth, fitsLine, formatRecord, formatRow, formatTable } from '../../src/cli/table.ts';

const head = ['currency', 'sum', 'note'];
const rows = [
  ['USD', '1.00', 'a'],
  ['EUR', '-100.00', 'longer'],
];
const table = `currency      sum  note
--------  -------  ------
USD          1.00  a
EUR       -100.00  longer`;

describe('a table', () => {
  it('has columns as wide as their widest cell, amounts end at one edge, and no line ends with blanks', () => {
    expect(formatTable(head, rows, { right: [1] })).toBe(table);
    expect(formatTable(head, [], {})).toBe('currency  sum  note\n--------  ---  ----');
    expect(formatTable(['a', 'b'], [['1']])).toBe('a  b\n-  -\n1');
  });

  it('fits a terminal that is as wide as its widest line, and becomes records on a narrower one', () => {
    expect(formatTable(head, rows, { right: [1], width: 25 })).toBe(table);
    expect(formatTable(head, rows, { right: [1], width: 24 })).toBe(`currency USD
  sum   1.00
  note  a
currency EUR
  sum   -100.00
  note  longer`);
  });

  it('counts the columns that a terminal needs: two for an Asian character, none for what is invisible', () => {
    expect(formatTable(['a', 'b'], [['円\u200b', 'x']])).toBe('a   b\n--  -\n円\u200b  x');
    expect(fitsLine('円円', 4)).toBe(true);
    expect(fitsLine('円円', 3)).toBe(false);
    expect(fitsLine('x'.repeat(1_000))).toBe(true);
  });
});

test('a row has two spaces between its cells, and cells that are wider than their column', () => {
  expect(formatRow(['a', 'bb', 'c'], [3, 1, 3], [2])).toBe('a    bb    c');
  expect(formatRow(['a', 'b'], [2])).toBe('a   b');
});

test('a record has names of one width, also where a cell has none', () => {
  expect(formatRecord(['a', 'long', 'b'], ['1', '2', '3', '4'])).toBe('a 1\n  long  2\n  b     3\n        4');
});

test('the width of a terminal is what it knows of itself', () => {
  expect([80, 0, undefined].map((columns) => findWidth({ columns: columns as number }))).toEqual([
    ...[80, undefined, undefined],
  ]);
});
