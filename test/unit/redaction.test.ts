import { inspect } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import { redactJson } from '../../src/errors/redact-json.ts';
import { Redactor } from '../../src/errors/redaction.ts';
import { UsageError } from '../../src/index.ts';
import { makeKey } from '../support/bodies.ts';
import { characterwise, findLeftovers, folds, makeBase64Leak, makeLeak, makeLegacyKey } from '../support/leaks.ts';

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
    const { text, forbidden } = makeLeak(token, encode);
    const redacted = redactor.text(`before ${fold(text)} after`);
    expect(findLeftovers(forbidden, redacted.replace(/\r?\n[\t ]*/g, ''))).toEqual([]);
    expect(redacted).toMatch(/^before .*after$/s);
  }
});

test.each(['', 'a', 'ab', 'abc'].flatMap((before) => [true, false].map((isForUrls) => [before, isForUrls] as const)))(
  'a key is found in base64, wherever that begins: after "%s", for URLs %s',
  (before, isForUrls) => {
    const { text, forbidden } = makeBase64Leak(key, before, '', isForUrls);
    for (let from = 0; from < text.length - 20; from += 1) {
      const redacted = redactor.text(`before ${text.slice(from)} after`);
      expect(findLeftovers(forbidden, redacted)).toEqual([]);
      expect(redacted).toMatch(/^before .*after$/);
    }
  },
);

test.each(['trace-token', 'accept-token', 'cache-key', 'x-request-id-secret', 'user-agent-key'])(
  'a header whose name only begins like a public one may hold a secret: %s',
  (name) => {
    const redactor = new Redactor();
    redactor.addHeaders({ [name]: 'supersecrettoken12345' });
    expect(redactor.text('echo supersecrettoken12345')).toBe('echo [redacted]');
  },
);
describe('what is redacted of a text', () => {
  const long = 'Ab3dE5gH7jK9mN1pQ2rS';
  test.each([
    ['the start of a secret alone', long, `x ${long.slice(0, 10)} y`, 'x [redacted] y'],
    ['the end of a secret alone', long, `x ${long.slice(-10)} y`, 'x [redacted] y'],
    ['nine characters of a secret, which stay', long, `x ${long.slice(0, 9)} y`, `x ${long.slice(0, 9)} y`],
    ['a secret of eight characters', 'Ab3dE5gH', 'x ab3de5gh y', 'x [redacted] y'],
    ['a secret of seven characters, which stays', 'Ab3dE5g', 'x Ab3dE5g y', 'x Ab3dE5g y'],
    ['a key whose secret part has eight characters', 'pdl_live_apikey_Ab3dE5gH', 'x Ab3dE5gH y', 'x [redacted] y'],
    [
      'a key whose secret part has seven characters, whole',
      'pdl_live_apikey_Ab3dE5g',
      'x pdl_live_apikey_Ab3dE5g y',
      'x [redacted] y',
    ],
    ['the whole of a key, its public part included', key, `x ${key}${key} y`, 'x [redacted] y'],
    ['hexadecimal that is another text', long, `x ${'0a1b'.repeat(10)} y`, `x ${'0a1b'.repeat(10)} y`],
    [
      'hexadecimal that begins in the middle of a pair',
      long,
      `x 0${Buffer.from(long).toString('hex')} y`,
      'x [redacted] y',
    ],
    ['base64 with a sign at its end', long, `x ${btoa(`${long}12`)} y`, 'x [redacted] y'],
    [
      'an escape of an escape of an escape',
      long,
      `x ${[...long].map((c) => `%2525${c.charCodeAt(0).toString(16)}`).join('')} y`,
      'x [redacted] y',
    ],
  ])('is %s', (_, secret, text, redacted) => {
    expect(redactorOf(secret).text(text)).toBe(redacted);
  });

  it('is what follows its first 10,000 characters, which is cut off', () => {
    expect(redactor.text('x'.repeat(10_000))).toBe('x'.repeat(10_000));
    expect(redactor.text('x'.repeat(10_001))).toBe(`${'x'.repeat(10_000)}…`);
    expect(redactor.text(`${'x'.repeat(9_985)}${parts[1]}`)).toBe(`${'x'.repeat(9_985)}[redacted]…`);
  });

  it('is each word of a header with a secret, and each long part of a path, decoded too', () => {
    const other = new Redactor();
    other.addHeaders({ cookie: 'session="Ab3dE5gH7j"; b=Zz1Yy2Xx3Ww4', accept: 'application/json' });
    other.addPath('/v1/paddle/tok%2DAb3d%2DE5gH');
    expect(other.text('Ab3dE5gH7j')).toBe('[redacted]');
    expect(other.text('Zz1Yy2Xx3Ww4 b= session')).toBe('[redacted] b= session');
    expect(other.text('tok-Ab3d-E5gH')).toBe('[redacted]');
    expect(other.text('application/json /v1/paddle')).toBe('application/json /v1/paddle');
  });

  it('is the value of a header as a whole, whatever its words', () => {
    const own = new Redactor();
    own.addHeaders({ 'x-password': 'one two six ten;a=b', accept: 'text/html, text/plain' });
    expect(own.text('<one two six ten;a=b> text/html, text/plain')).toBe('<[redacted]> text/html, text/plain');
    expect(own.text('wo six ten;')).toBe('[redacted]');
    own.addHeaders({ 'x-pair': 'abcdefgh; ijklmnop="qrstuvwx"' });
    expect(own.text('ABCDEFGH ijklmnop qrstuvwx')).toBe('[redacted] [redacted] [redacted]');
  });

  test.each<[string, (text: string) => string]>([
    ['plain', (text) => text],
    ['in UTF-8, percent-encoded', encodeURIComponent],
    ['in UTF-8, as Base64', (text) => Buffer.from(text).toString('base64')],
    ['in UTF-8, as hexadecimal', (text) => Buffer.from(text).toString('hex')],
    ['in Latin-1, as Base64', (text) => Buffer.from(text, 'latin1').toString('base64')],
    ['in UTF-8, read as Latin-1', (text) => Buffer.from(text).toString('latin1')],
  ])('is not of ASCII alone: %s', (_, encode) => {
    const secret = 'pässwörtgehéîmnïß12';
    const own = new Redactor();
    own.addHeaders({ 'x-password': secret });
    expect(own.text(`a ${encode(secret)} b`)).toBe('a [redacted] b');
    const ofPath = new Redactor();
    ofPath.addPath(new URL(`https://a.example/${secret}`).pathname);
    expect(ofPath.text(`a ${encode(secret)} b`)).toBe('a [redacted] b');
    expect(ofPath.copy().text(`a ${encode(secret)} b`)).toBe('a [redacted] b');
  });

  test.each([
    ['a slash, as PHP writes it', (text: string) => text.replaceAll('/', '\\/')],
    ['JSON in JSON', (text: string) => JSON.stringify(JSON.stringify(text.replaceAll('/', '"')))],
    ['escapes of JSON in JSON', (text: string) => text.replaceAll('/', '\\\\u002F')],
    [
      'escapes of a shell in JSON',
      (text: string) => JSON.stringify(text.replace(/./g, (c) => `\\x${c.charCodeAt(0).toString(16)}`)),
    ],
  ])('is escaped by backslashes: %s', (_, encode) => {
    const secret = 'ab12/cd34/ef56/gh78/ij90/kl12';
    const text = redactorOf(secret, secret.replaceAll('/', '"')).text(encode(secret));
    expect(text).toMatch(/^[\\"]*\[redacted\][\\"]*$/);
  });

  it('is known to a copy, which may learn more for itself', () => {
    const original = redactorOf('Ab3dE5gH7j');
    const copy = original.copy();
    copy.add('Zz1Yy2Xx3Ww4');
    expect(copy.text('Ab3dE5gH7j Zz1Yy2Xx3Ww4')).toBe('[redacted] [redacted]');
    expect(original.text('Ab3dE5gH7j Zz1Yy2Xx3Ww4')).toBe('[redacted] Zz1Yy2Xx3Ww4');
  });
});

describe('a secret of lowercase words', () => {
  const words = redactorOf('not_found', key);
  it('stays where it may be an error code, which a key does not', () => {
    expect(words.code('not_found')).toBe('not_found');
    expect(words.text('not_found')).toBe('[redacted]');
    expect(words.code('Error not_found')).toBe('Error [redacted]');
    expect(words.code(key)).toBe('[redacted]');
    expect(redactorOf('abcdefghijklmnop').code('abcdefghijklmnop')).toBe('abcdefghijklmnop');
    expect(redactorOf('abcdefghij1').code('abcdefghij')).toBe('[redacted]');
  });

  it('stays in JSON as a name, a code or a type, and nowhere else', () => {
    expect(
      redactJson({ not_found: 'not_found', code: 'not_found', type: 'not_found', list: ['not_found'] }, words),
    ).toEqual({
      ...{ not_found: '[redacted]', code: 'not_found', type: 'not_found', list: ['[redacted]'] },
    });
  });
});

describe('a JSON value', () => {
  it('keeps a number but one that a secret contains', () => {
    const digits = redactorOf('a1234567890z');
    expect(redactJson([1234567890, 123456789, -1.5, 1e21], digits)).toEqual(['[redacted]', 123456789, -1.5, 1e21]);
  });

  it('is masked below 40 levels', () => {
    const nest = (depth: number): unknown => (depth === 0 ? { a: 1 } : [nest(depth - 1)]);
    expect(redactJson(nest(40), redactor)).toEqual(nest(40));
    expect(JSON.stringify(redactJson(nest(41), redactor))).toBe(`${'['.repeat(41)}"[redacted]"${']'.repeat(41)}`);
    const objects = (depth: number): unknown => (depth === 0 ? [] : { a: objects(depth - 1) });
    expect(redactJson(objects(40), redactor)).toEqual(objects(40));
    expect(JSON.stringify(redactJson(objects(41), redactor))).toContain('"[redacted]"');
  });

  it('ends after 5,000 values, of a list after 1,000', () => {
    expect(redactJson(Array(1_000).fill(1), redactor)).toHaveLength(1_000);
    expect(redactJson(Array(6_000).fill(1), redactor)).toHaveLength(1_000);
    const names = Object.fromEntries(Array.from({ length: 6_000 }, (_, index) => [`n${index}`, 1]));
    expect(Object.keys(redactJson(names, redactor) as object)).toHaveLength(5_000);
    const long = Array.from({ length: 5 }, () => Array(997).fill(1));
    const lists = redactJson([...long, ...Array.from({ length: 20 }, () => [1])], redactor) as unknown[];
    expect(lists[5]).toEqual([1]);
    expect(lists.length).toBeLessThan(25);
    expect(lists.every(Array.isArray)).toBe(true);
    const objects = Object.fromEntries(Array.from({ length: 6_000 }, (_, index) => [`n${index}`, { a: 1 }]));
    expect(Object.values(redactJson(objects, redactor) as object).at(-1)).toBe('[redacted]');
  });

  it('is of the same types after lists that used the values up', () => {
    const fields = Array.from({ length: 1_000 }, (_, index) => ({
      field: `f${index}`,
      message: 'm',
      a: 1,
      b: 2,
      c: 3,
    }));
    const { errors, meta } = redactJson({ errors: fields, meta: { request_id: 'r' } }, redactor) as {
      errors: object[];
      meta: object;
    };
    expect(meta).toEqual({ request_id: 'r' });
    expect(errors).toEqual(fields.slice(0, errors.length));
  });

  it('keeps its names and short texts after a long one, and after a long list', () => {
    const error = { detail: 'x'.repeat(120_000), code: 'not_found', errors: Array(6_000).fill({ field: 'a' }) };
    const body = { error, more: ['x'.repeat(90_000), 'x'.repeat(2_000)], meta: { request_id: 'r' } };
    expect(redactJson(body, redactor)).toMatchObject({ error: { code: 'not_found' }, meta: { request_id: 'r' } });
  });

  it('is masked after 100,000 characters', () => {
    const texts = redactJson(Array(12).fill('x'.repeat(10_000)), redactor) as string[];
    expect(texts.map((text) => text.length)).toEqual([...Array(10).fill(10_000), 10, 10]);
  });
});

describe('the causes of an error', () => {
  const chain = (length: number): Error =>
    length === 0 ? new Error('0') : new Error(String(length), { cause: chain(length - 1) });
  const messages = (error: unknown): string[] =>
    error instanceof Error ? [error.message, ...messages(error.cause)] : [];

  it('are copied, six errors in all', () => {
    expect(messages(redactor.cause(chain(5)))).toEqual(['5', '4', '3', '2', '1', '0']);
    expect(messages(redactor.cause(chain(9)))).toEqual(['9', '8', '7', '6', '5', '4']);
  });

  it('are none where the error has none', () => {
    expect(Object.hasOwn(redactor.cause(new Error('x')) as Error, 'cause')).toBe(false);
  });

  it('may be changed, as those of any error', () => {
    const copy = redactor.cause(new Error('x', { cause: 'y' })) as Error;
    Object.assign(copy, { name: 'Renamed', stack: 's', cause: undefined });
    expect(copy).toMatchObject({ name: 'Renamed', stack: 's', cause: undefined });
    expect(Object.keys(copy)).toEqual([]);
  });
});

describe('guard', () => {
  it('returns what the check returns, redacts a UsageError, and makes one of anything else', () => {
    expect(redactor.guard(() => 7)).toBe(7);
    const other = new TypeError(`no ${key}`);
    expect(() => redactor.guard(() => raise(other))).toThrow(
      new UsageError('What was given could not be read: reading it threw an error.'),
    );
    const wrong = new UsageError(`no ${key}`, { option: 'timeout', cause: key });
    let thrown: unknown;
    try {
      redactor.guard(() => raise(wrong));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: 'UsageError', message: 'no [redacted]', option: 'timeout' });
    expect(thrown).not.toHaveProperty('cause');
  });
});

function raise(error: Error): never {
  throw error;
}
