import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MockServer, startMock } from '../../src/mock.ts';
import { customerId, makeKey } from '../support/bodies.ts';
import { runOnTerminal } from '../support/process.ts';

const several = 'ctm_01mock200several0000000000';
let mock: MockServer;
beforeAll(async () => {
  mock = await startMock({ port: 0 });
});
afterAll(() => mock.close());

/** The lines of a command's tables and records, without colours: they alone have several spaces in a row. */
async function showTables(columns: number, ...args: string[]): Promise<string[]> {
  const env = { PADDLE_API_KEY: makeKey(), NO_COLOR: '1' };
  const { code, stdout } = await runOnTerminal([...args, '--server', mock.url], columns, env);
  expect(code).toBe(0);
  return stdout.split('\r\n').filter((line) => / {2}/.test(line));
}

describe('no table breaks on a terminal of 80 or of 60 columns', () => {
  it.each([80, 60])('verify, %d columns', async (columns) => {
    const lines = await showTables(columns, 'verify');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(lines.some((line) => line.startsWith('probe '))).toBe(columns === 80);
    expect(lines.filter((line) => line.endsWith(' passed'))).toHaveLength(8);
  });

  it.each([80, 60])('get for one customer, %d columns', async (columns) => {
    const lines = await showTables(columns, 'get', several, '--locale', 'en-US');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(lines[0]).toBe('currency  available  reserved    used');
  });

  it.each([80, 60])('get for several customers with their totals, %d columns', async (columns) => {
    const args = ['get', several, customerId, '--totals', '--quiet', '--locale', 'en-US'];
    const lines = await showTables(columns, ...args, '--requests-per-minute', 'Infinity');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(lines.some((line) => line.startsWith('customer '))).toBe(columns === 80);
    expect(lines.filter((line) => line === '  available  $5.50')).toHaveLength(columns === 80 ? 0 : 2);
    expect(lines.at(-1)).toMatch(/^USD {2,}2 {2,}\$11\.00 {2,}\$18\.00 {2,}\$26\.00$/);
  });
});
