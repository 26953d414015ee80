import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { redactJson } from '../../src/errors/redact-json.ts';
import { Redactor } from '../../src/errors/redaction.ts';
import { ConnectionError, createCreditBalancesClient } from '../../src/index.ts';
import { catchError, customerId, makeKey } from '../support/bodies.ts';
import { characterwise, findLeftovers, type Leak, makeBase64Leak, makeLeak, makeLegacyKey } from '../support/leaks.ts';

const key = makeKey();
const legacyKey = makeLegacyKey();
const tokens = fc.constantFrom(key, legacyKey);
const whole = fc
  .tuple(tokens, fc.constantFrom(...Object.values(characterwise)))
  .map(([token, encode]) => makeLeak(token, encode));
const base64 = fc
  .tuple(tokens, fc.stringMatching(/^[ -~]{0,9}$/), fc.stringMatching(/^[ -~]{0,9}$/), fc.boolean())
  .map((parts) => makeBase64Leak(...parts));
const part = fc.tuple(fc.oneof(whole, base64), fc.nat(60), fc.nat(60)).map(([{ text, forbidden }, from, to]) => ({
  text: text.slice(from, text.length - to),
  forbidden,
}));
const around = fc.oneof(
  fc.constantFrom('', 'Bearer ', '{"key":"', 'https://user:', '/v1/', 'ab', 'İ'.repeat(40), 'ß'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const leaks: fc.Arbitrary<Leak> = fc
  .tuple(around, fc.oneof(whole, base64, part), around)
  .map(([before, { text, forbidden }, after]) => ({ text: before + text + after, forbidden }));

/** Makes a value: fast-check looks into what it is given, which a revoked Proxy does not bear. */
type Make = () => unknown;

/** Every value that a `fetch` may throw, with a text in it wherever a text can be. */
function thrownWith(text: string): fc.Arbitrary<Make> {
  const plain = [text, { [text]: text }, [text], 1, null, undefined, 5n, Number.NaN].map((value) => () => value);
  const odd: Make[] = [
    () => new Map([[text, text]]),
    () => new Set([text]),
    () => Buffer.from(text),
    () => new Headers({ 'X-Key': encodeURIComponent(text) }),
    () => new Request('https://gateway.example', { headers: { 'X-Key': encodeURIComponent(text) } }),
    () => new URL(`https://gateway.example/${encodeURIComponent(text)}`),
    () => Object(text),
    () => Object.assign(() => text, { [Symbol(text)]: text, message: text }),
    () => Symbol(text),
    () => new DOMException(text, text),
    () => revoked(),
    () => ({ toJSON: () => text, [inspect.custom]: () => text, toString: () => text }),
    () => Object.defineProperty(new Error(text), 'message', { get: fail(text) }),
    () => Object.defineProperty(new Error(text), 'cause', { get: fail(text) }),
    () => new Proxy({}, { get: fail(text), getPrototypeOf: fail(text) }),
    () => Object.assign(Object.create(null), { message: text, name: text, stack: text }),
  ];
  const errorOf = (value: fc.Arbitrary<Make>) =>
    fc
      .record({
        type: fc.constantFrom(Error, TypeError, RangeError),
        message: fc.constantFrom('fetch failed', text),
        cause: value,
        more: fc.dictionary(fc.constantFrom('code', 'name', 'stack', 'errors', 'request', 'toJSON', 'x', text), value, {
          maxKeys: 4,
        }),
        isCyclic: fc.boolean(),
        isHooked: fc.boolean(),
      })
      .map(({ type, message, cause, more, isCyclic, isHooked }): Make => {
        return () => {
          const error = new type(message, { cause: cause() });
          const put = (name: PropertyKey, given: unknown) =>
            Object.defineProperty(error, name, { value: given, configurable: true });
          for (const [name, make] of Object.entries(more)) put(name, make());
          if (isCyclic) put('cause', error);
          if (isHooked) for (const name of ['toJSON', inspect.custom]) put(name, () => text);
          return error;
        };
      });
  return fc.letrec<{ thrown: Make }>((tie) => ({
    thrown: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(...plain, ...odd),
      errorOf(tie('thrown')),
      fc.array(tie('thrown'), { maxLength: 3 }).map(
        (errors) => () =>
          new AggregateError(
            errors.map((make) => make()),
            text,
          ),
      ),
    ),
  })).thrown;
}
function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
function fail(text: string): () => never {
  return () => {
    throw new Error(text);
  };
}

/** Everything that a log, a console or a report may show of an error. */
function printed(error: unknown): string {
  let texts = inspect(error, { depth: Infinity, showHidden: true, getters: true, maxStringLength: null });
  texts += JSON.stringify(error) + String(error);
  for (let current = error; current instanceof Error; current = current.cause) {
    texts += `${current.stack}${current.message}${current.name}${JSON.stringify(current, Object.getOwnPropertyNames(current))}`;
  }
  return texts;
}

function redactorOf(...secrets: string[]): Redactor {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor;
}

it('no error that fetch throws shows ten characters in a row of a key, in any encoding', async () => {
  const cases = leaks.chain((leak) => fc.record({ leak: fc.constant(leak), thrown: thrownWith(leak.text) }));
  const start = performance.now();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(cases, fc.boolean(), async ({ leak, thrown }, isFunction) => {
      runs += 1;
      const client = createCreditBalancesClient({
        apiKey: isFunction ? async () => key : key,
        baseUrl: 'https://gateway.example',
        headers: { 'X-Legacy': legacyKey },
        maxRetries: 0,
        fetch: () => Promise.reject(thrown()),
      });
      const error = await catchError(client.listCreditBalances(customerId));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(findLeftovers(leak.forbidden, printed(error))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
  // The mean: a single one may be interrupted by anything else on the machine.
  expect((performance.now() - start) / runs).toBeLessThan(50);
}, 60_000);

it('no JSON value shows ten characters in a row of a key, in a name or in a value, in any encoding', () => {
  const redactor = redactorOf(key, legacyKey);
  const cases = leaks.chain((leak) =>
    fc.record({
      leak: fc.constant(leak),
      value: fc.letrec((tie) => ({
        value: fc.oneof(
          { maxDepth: 5 },
          fc.constantFrom<unknown>(leak.text, 1, true, null),
          fc.array(tie('value'), { maxLength: 4 }),
          fc.dictionary(fc.constantFrom('a', '__proto__', 'constructor', leak.text), tie('value'), { maxKeys: 4 }),
        ),
      })).value,
    }),
  );
  fc.assert(
    fc.property(cases, ({ leak, value }) => {
      const before = JSON.stringify(value);
      expect(findLeftovers(leak.forbidden, JSON.stringify(redactJson(value, redactor)))).toEqual([]);
      expect(JSON.stringify(value)).toBe(before);
    }),
    { numRuns: 2_000 },
  );
}, 30_000);

it('a text without a secret stays as it is', () => {
  const redactor = redactorOf(key, legacyKey);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.lorem(), fc.webUrl(), fc.base64String()), (text) => {
      expect(redactor.text(text)).toBe(text);
      expect(redactJson([text, { [text]: text }], redactor)).toEqual([text, { [text]: text }]);
    }),
    { numRuns: 2_000 },
  );
}, 30_000);

test.each<[string, () => unknown]>([
  ['10 MB of text', () => redactorOf(key).text('x'.repeat(1e7))],
  ['10 MB that may be base64', () => redactorOf(key).text('aB3d'.repeat(2.5e6))],
  ['10 MB of escapes', () => redactorOf(key).text('%25252541'.repeat(1e6))],
  ['a secret of 1 MB', () => redactorOf('aB3d'.repeat(250_000)).text('a word')],
  ['a JSON value 100,000 deep', () => redactJson(nested(100_000), redactorOf(key))],
  ['a JSON value that holds itself', () => redactJson(cyclic(), redactorOf(key))],
  [
    'a list of 1,000,000 values',
    () =>
      redactJson(
        Array.from({ length: 1e6 }, () => 'a'),
        redactorOf(key),
      ),
  ],
  ['a list of 1,000 long texts', () => redactJson(Array(1_000).fill('aB3d'.repeat(5_000)), redactorOf(key))],
  ['a list of 1,000,000 holes', () => redactJson(Array(1e6), redactorOf(key))],
  ['a chain of 10,000 causes', () => redactorOf(key).cause(chain(10_000))],
  [
    'an error with 10 MB in it',
    () => redactorOf(key).cause(Object.assign(chain(50), { body: Buffer.alloc(1e7, key) })),
  ],
])('%s is redacted in bounded time', (_, redact) => {
  redact();
  const start = process.cpuUsage();
  for (let run = 0; run < 3; run += 1) redact();
  const { user } = process.cpuUsage(start);
  // In microseconds, as a mean; making the value takes its part.
  expect(user / 3).toBeLessThan(400_000);
});

function nested(depth: number): unknown {
  let value: unknown = key;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
}
function cyclic(): unknown {
  const value: Record<string, unknown> = {};
  value.self = [value, key];
  return value;
}
function chain(length: number): Error {
  let error = new Error(key);
  for (let level = 0; level < length; level += 1) error = new Error('aB3d'.repeat(5_000), { cause: error });
  return error;
}
