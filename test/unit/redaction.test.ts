import { inspect } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import { redactJson } from '../../src/errors/redact-json.ts';
import { Redactor } from '../../src/errors/redaction.ts';
import { makeKey } from '../support/bodies.ts';
import { base64Leak, characterwise, folds, leakOf, leftOf, makeLegacyKey } from '../support/leaks.ts';

const key = makeKey();
const parts = key.split('_').filter((part) => part.length > 10);
const redactorOf = (...secrets: string[]) => {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor;
};
const redactor = redactorOf(key);

it('takes the key and each of its secret parts out of a text, wherever and however often they stand', () => {
  expect(parts).toHaveLength(2);
  const text = `a ${key} b ${parts[0]} c ${parts[1]} ${parts[1]} ${key}`;
  expect(redactor.text(text)).toBe('a [redacted] b [redacted] c [redacted] [redacted] [redacted]');
  expect(redactor.text(`${parts[1]}${parts[1]}`)).toBe('[redacted]');
});

it('leaves words alone that a key merely begins with', () => {
  expect(redactor.text('use a key that starts with pdl_sdbx_apikey_')).toBe(
    'use a key that starts with pdl_sdbx_apikey_',
  );
  expect(redactorOf('test').text('the test passes')).toBe('the test passes');
  expect(redactorOf('12345678').text('12345678')).toBe('[redacted]');
});

it('redacts JSON in any place, names included, and leaves the rest as it was', () => {
  const value = { [parts[0] as string]: [key, { deep: `x${parts[1]}` }], n: 1, nothing: null };
  expect(redactJson(value, redactor)).toEqual({
    '[redacted]': ['[redacted]', { deep: 'x[redacted]' }],
    n: 1,
    nothing: null,
  });
  expect(redactJson(undefined, redactor)).toBeUndefined();
  expect(redactJson('plain', redactor)).toBe('plain');
});

describe('the cause of an error', () => {
  test.each<[string, unknown, object | undefined]>([
    [
      'an error',
      Object.assign(new TypeError('fetch failed', { cause: new Error('ECONNRESET') }), { code: 'X' }),
      { name: 'TypeError', message: 'fetch failed', code: 'X', cause: { message: 'ECONNRESET' } },
    ],
    ['a string', 'no network', { name: 'Error', message: 'no network' }],
    ['undefined', undefined, undefined],
    ['null', null, undefined],
    [
      'an error that refers to itself',
      (() => {
        const loop = new Error('loop');
        return Object.assign(loop, { self: loop });
      })(),
      { name: 'Error', message: 'loop' },
    ],
    [
      'an error with a getter that throws',
      Object.defineProperty(new Error('x'), 'code', {
        get: () => {
          throw new Error('got');
        },
      }),
      { name: 'Error', message: 'x' },
    ],
  ])('is a copy of %s', (_, thrown, expected) => {
    const copy = redactor.cause(thrown);
    if (expected === undefined) expect(copy).toBeUndefined();
    else {
      expect(copy).toBeInstanceOf(Error);
      expect(copy).not.toBe(thrown);
      expect(copy).toMatchObject(expected);
      if (thrown instanceof Error) expect(copy?.stack).toBe(thrown.stack);
    }
  });

  const request = new Request('https://gateway.example', { headers: { Authorization: `Bearer ${key}` } });
  const leaks: [string, unknown][] = [
    ['its message', new Error(`cannot send ${key}`)],
    ['its cause', new Error('outer', { cause: new Error(`inner ${parts[1]}`) })],
    ['its stack', Object.assign(new Error('x'), { stack: `at ${key}` })],
    [
      'a plain object of headers',
      Object.assign(new Error('x'), { config: { headers: { Authorization: `Bearer ${key}` } } }),
    ],
    ['a Headers object', Object.assign(new Error('x'), { headers: request.headers })],
    ['a Request', Object.assign(new Error('x'), { request })],
    ['a Map', Object.assign(new Error('x'), { sent: new Map([['authorization', key]]) })],
    ['a Set', Object.assign(new Error('x'), { sent: new Set([key]) })],
    ['a list', Object.assign(new Error('x'), { rawHeaders: ['Authorization', `Bearer ${key}`] })],
    ['a property name', Object.assign(new Error('x'), { byKey: { [key]: 1 } })],
    ['a hidden property', Object.defineProperty(new Error('x'), 'secret', { value: key })],
    ['a symbol', Object.assign(new Error('x'), { [Symbol('secret')]: key })],
    ['its code', Object.assign(new Error('x'), { code: key })],
    ['its name', Object.assign(new Error('x'), { name: key })],
    ['a thrown string', `Bearer ${key}`],
    ['a thrown object', { message: key }],
  ];

  test.each(leaks)('is a copy without the key in %s', (_, error) => {
    const safe = redactor.cause(error);
    expect(safe).not.toBe(error);
    expect(safe).toBeInstanceOf(Error);
    const printed = inspect(safe, { depth: Infinity, showHidden: true }) + JSON.stringify(safe) + String(safe);
    for (const part of [key, ...parts]) expect(printed).not.toContain(part);
  });

  it('keeps in the copy what gives nothing away: name, message, code and the chain', () => {
    const inner = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const outer = Object.assign(new TypeError(`sending ${key} failed`, { cause: inner }), { code: 'OUTER' });
    const safe = redactor.cause(outer) as Error & { code: string };
    expect(safe).toMatchObject({ name: 'TypeError', message: 'sending [redacted] failed', code: 'OUTER' });
    expect(safe.cause).toMatchObject({ name: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' });
  });

  it('keeps nothing else, however large', () => {
    const huge = Object.assign(new Error('x'), { list: Array.from({ length: 5000 }, (_, index) => ({ index })) });
    const safe = redactor.cause(huge);
    expect(safe).toMatchObject({ message: 'x' });
    expect(safe).not.toHaveProperty('list');
  });
});

test.each(
  Object.entries(characterwise).flatMap(([name, encode]) =>
    folds.map(([fold, apply]) => [`${name}${fold}`, encode, apply] as const),
  ),
)('a key is found in any place of a text: %s', (_, encode, fold) => {
  const legacyKey = makeLegacyKey();
  const redactor = redactorOf(key, legacyKey);
  for (const token of [key, legacyKey]) {
    const { text, forbidden } = leakOf(token, encode);
    const redacted = redactor.text(`before ${fold(text)} after`);
    expect(leftOf(forbidden, redacted.replace(/\r?\n[\t ]*/g, ''))).toEqual([]);
    expect(redacted).toMatch(/^before .*after$/s);
  }
});

test.each(['', 'a', 'ab', 'abc'].flatMap((before) => [true, false].map((isForUrls) => [before, isForUrls] as const)))(
  'a key is found in base64, wherever that begins: after "%s", for URLs %s',
  (before, isForUrls) => {
    const { text, forbidden } = base64Leak(key, before, '', isForUrls);
    for (let from = 0; from < text.length - 20; from += 1) {
      const redacted = redactor.text(`before ${text.slice(from)} after`);
      expect(leftOf(forbidden, redacted)).toEqual([]);
      expect(redacted).toMatch(/^before .*after$/);
    }
  },
);
