import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { customerId, makeKey } from '../support/bodies.ts';
import { makeLegacyKey } from '../support/leaks.ts';

// What a module makes once is made for each test, so that a tool that changes it is noticed.
let cleanMessage: (text: string) => string;
let printError: (text: string) => void;
beforeEach(async () => {
  vi.resetModules();
  ({ cleanMessage, printError } = await import('../../src/cli/print-error.ts'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const uuid = '0197a3b1-4c2d-7e8f-9a0b-1c2d3e4f5a6b';
const letters = 'abcdefghijklmnopqrstuvwxyz';

describe('what an error shows', () => {
  test.each([
    customerId,
    uuid,
    uuid.toUpperCase(),
    'credit-of-all-customers-2026-11-25.csv',
    'CREDIT_OF_ALL_CUSTOMERS_2026',
    '20261125-credit-of-all-customers',
    'credit-2026__of--all-CUSTOMERS',
    'the-credit-of-customers-2026-',
    'paddle-credit-balances-live-and-sandbox',
    letters,
    letters.toUpperCase(),
    'short1-2B',
    'http://127.0.0.1:4010/customers',
  ])('is a word that is no key: %s', (word) => {
    vi.stubEnv('PADDLE_API_KEY', undefined);
    expect(cleanMessage(`No ${word} here`)).toBe(`No ${word} here`);
  });

  test.each<[string, () => string]>([
    ['a key', () => makeKey()],
    ['a key of the live environment', () => makeKey('live')],
    ['a key in upper case', () => makeKey().toUpperCase()],
    ['the start of a key', () => makeKey().slice(0, 20)],
    ['a key from before keys had a form', makeLegacyKey],
    ['a prefix and words', () => 'pdl_sdbx_apikey_one_two_three'],
    ['a prefix and words in upper case', () => 'PDL_LIVE_APIKEY_ONE_TWO'],
    ['digits in a row', () => '1234567890'.repeat(3)],
    ['hexadecimal digits in a row', () => uuid.replaceAll('-', '')],
    ['a UUID with more before it', () => `a${uuid}`],
    ['a UUID with more after it', () => `${uuid}a1`],
    ['a mixed part at the start', () => 'aB3-one-two-three-four-five'],
    ['a mixed part at the end', () => 'one-two-three-four-five-aB3'],
    ['a mixed part in the middle', () => 'one-two-three-4f-five-six'],
    ['a part of one upper case letter and others', () => 'one-two-three-four-Five'],
  ])('is never %s', (_, make) => {
    vi.stubEnv('PADDLE_API_KEY', undefined);
    expect(cleanMessage(`No ${make()}, and\nno "${make()}"`)).toBe('No [redacted], and\nno "[redacted]"');
  });

  it('is never the key of this process, also where that looks like words, or has blanks around it', () => {
    vi.stubEnv('PADDLE_API_KEY', ' my-own-gateway-token\n');
    expect(cleanMessage('a my-own-gateway-token\nmy-own-gateway-token b')).toBe('a [redacted]\n[redacted] b');
    vi.stubEnv('PADDLE_API_KEY', undefined);
    expect(cleanMessage('a')).toBe('a');
  });

  it('is nothing that controls a terminal, in its lines', () => {
    vi.stubEnv('PADDLE_API_KEY', undefined);
    expect(cleanMessage('a\u001b]0;b\u0007\nc\u009b2J\u202ed')).toBe('a ]0;b \nc 2J d');
  });

  it('is printed to standard error', () => {
    const print = vi.spyOn(console, 'error').mockReturnValue(undefined);
    printError(`Wrong: ${makeKey()}`);
    expect(print).toHaveBeenCalledExactlyOnceWith('Wrong: [redacted]');
  });
});
