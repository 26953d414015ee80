import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, test, vi } from 'vitest';
import {
  type ApiError,
  type ClientOptions,
  ContractError,
  createCreditBalancesClient,
  TimeoutError,
} from '../../src/index.ts';
import { checkResponse } from '../../src/verify.ts';
import { catchError, customerId, getCredit, getErrorBody } from '../support/bodies.ts';

const json = { 'Content-Type': 'application/json' };
const gateway = { apiKey: 'test-key', baseUrl: 'https://gateway.example' };
const list = (options: ClientOptions) =>
  createCreditBalancesClient({ ...gateway, ...options }).listCreditBalances(customerId);

/** A body that is pulled piece by piece; it counts what was taken of it, and knows when it was dropped. */
function bodyOf(piece: string | Uint8Array, count = Number.POSITIVE_INFINITY, compression?: CompressionFormat) {
  const state = { pieces: 0, isDropped: false };
  const bytes = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (state.pieces >= count) return controller.close();
        state.pieces += 1;
        controller.enqueue(bytes.slice());
      },
      cancel() {
        state.isDropped = true;
      },
    },
    { highWaterMark: 0 },
  );
  const stream = compression === undefined ? source : source.pipeThrough(new DecompressionStream(compression));
  return { state, respond: async (status: number) => new Response(stream, { status, headers: json }) };
}

/** Bodies of more than the million bytes that are read. */
const large: [string, () => ReturnType<typeof bodyOf>][] = [
  ['that never ends', () => bodyOf(`"${'x'.repeat(65_536)}"`)],
  ['of 20 MB, a detail', () => bodyOf(`{"error":{"code":"x","detail":"${'x'.repeat(20_000_000)}"}}`, 1)],
  ['that decompresses to a gigabyte', () => bodyOf(gzipSync(Buffer.alloc(1e8)), 10, 'gzip')],
  [
    'of white space, and sound at its end',
    () => bodyOf(' '.repeat(2_000_000) + JSON.stringify(getCredit('one-currency')), 1),
  ],
];

describe.each(large)('a body %s', (_, make) => {
  it('ends the call at once as a ContractError where it is a success', async () => {
    const { state, respond } = make();
    const fetch = vi.fn(() => respond(200));
    const error = (await catchError(list({ fetch }))) as ContractError;
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({ status: 200, retryable: false, issues: [{ path: '' }] });
    expect(error.message).toContain('the body is larger than maxBodySize allows');
    expect(error.message.length).toBeLessThan(1_000);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(state.pieces).toBeLessThan(40);
  });

  test.each([400, 404, 429, 500, 503])(
    'ends the call at once as an ApiError where the status is %i',
    async (status) => {
      const { state, respond } = make();
      const fetch = vi.fn(() => respond(status));
      const error = (await catchError(list({ fetch }))) as ApiError;
      expect(error).toMatchObject({ name: 'ApiError', status, retryable: false, code: undefined });
      expect(error.message.length).toBeLessThan(1_000);
      expect(fetch).toHaveBeenCalledTimes(1);
      expect(state.pieces).toBeLessThan(40);
    },
  );

  it('is an error for checkResponse too', async () => {
    const { state, respond } = make();
    const findings = await checkResponse(await respond(200));
    expect(findings).toMatchObject([{ severity: 'error', rule: 'body-size', location: 'body' }]);
    expect(state.pieces).toBeLessThan(40);
  });
});

describe('maxBodySize', () => {
  const text = JSON.stringify(getCredit('one-currency'));

  it('counts bytes, and lets a body of just that size through', async () => {
    const body = text.replace('"data"', '"name":"ключ","data"');
    const size = new TextEncoder().encode(body).length;
    const fetch = async () => new Response(body, { headers: json });
    expect((await list({ fetch, maxBodySize: size })).data).toHaveLength(1);
    expect(await catchError(list({ fetch, maxBodySize: size - 1 }))).toBeInstanceOf(ContractError);
  });

  it('is a mebibyte by default', async () => {
    const padded = (size: number) => text + ' '.repeat(size - text.length);
    const sized = (size: number) => list({ fetch: async () => new Response(padded(size), { headers: json }) });
    expect((await sized(1_048_576)).data).toHaveLength(1);
    expect(await catchError(sized(1_048_577))).toBeInstanceOf(ContractError);
  });

  it('holds across pieces, and cuts no character in two', async () => {
    const bytes = new TextEncoder().encode(text.replace('"data"', '"name":"ключ","data"'));
    const pieces = (size: number) =>
      new ReadableStream({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
          controller.close();
        },
      });
    for (const size of [1, 2, 3, 7]) {
      const body = await list({
        fetch: async () => new Response(pieces(size), { headers: json }),
        maxBodySize: bytes.length,
      });
      expect(body).toHaveProperty('name', 'ключ');
    }
  });

  it('also holds where a fetch gives no stream', async () => {
    const respond = (body: string): Response =>
      ({ status: 200, ok: true, headers: new Headers(json), body: null, text: async () => body }) as never;
    expect((await list({ fetch: async () => respond(text) })).data).toHaveLength(1);
    const fetch = async () => respond(text + ' '.repeat(100));
    expect(await catchError(list({ fetch, maxBodySize: text.length }))).toBeInstanceOf(ContractError);
  });

  it("also holds where a fetch gives a stream of Node's", async () => {
    let pieces = 0;
    const respond = (count: number): Response => {
      const body = Readable.from(
        (function* () {
          for (pieces = 0; pieces < count; pieces += 1) yield Buffer.from(pieces === 0 ? text : ' '.repeat(100));
        })(),
      );
      return { status: 200, ok: true, headers: new Headers(json), body, text: () => Promise.reject() } as never;
    };
    expect((await list({ fetch: async () => respond(3) })).data).toHaveLength(1);
    const fetch = async () => respond(1_000_000);
    expect(await catchError(list({ fetch, maxBodySize: text.length + 500 }))).toBeInstanceOf(ContractError);
    expect(pieces).toBeLessThan(100);
  });

  it('drops the rest of the body', async () => {
    const { state, respond } = bodyOf('x'.repeat(1_000));
    await catchError(list({ fetch: () => respond(200), maxBodySize: 10 }));
    expect(state).toEqual({ pieces: 1, isDropped: true });
  });

  it('is not waited for where dropping the rest never ends, or fails', async () => {
    for (const cancel of [() => new Promise<void>(() => {}), () => Promise.reject(new Error('no'))]) {
      const stream = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(100)), cancel });
      const fetch = async () => new Response(stream, { headers: json });
      expect(await catchError(list({ fetch, maxBodySize: 10 }))).toBeInstanceOf(ContractError);
    }
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '1 MB', null])('may not be %s', (maxBodySize) => {
    expect(() => createCreditBalancesClient({ ...gateway, maxBodySize: maxBodySize as number })).toThrow(
      /maxBodySize must be an integer, 1 or more/,
    );
  });
});

describe('timeout', () => {
  const never = () => new Promise<never>(() => {});

  it('covers an apiKey function that never settles', async () => {
    const fetch = vi.fn();
    const apiKey = vi.fn(never);
    const error = await catchError(list({ apiKey, fetch, timeout: 5, maxRetries: 0 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ timeout: 5, retryable: true });
    expect((error as Error).message).toMatch(
      /^Request timed out after 5 ms: GET https:\/\/gateway\.example\/customers/,
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  it('is counted anew for each attempt at asking for the key', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const apiKey = vi.fn<() => Promise<string>>().mockImplementationOnce(never).mockResolvedValue('test-key');
    const fetch = vi.fn(async () => Response.json(getCredit('one-currency')));
    expect((await list({ apiKey, fetch, timeout: 20 })).data).toHaveLength(1);
    expect(apiKey).toHaveBeenCalledTimes(2);
    expect(fetch).toHaveBeenCalledTimes(1);
    vi.restoreAllMocks();
  });

  it('sends nothing once it is over, even if the key comes later', async () => {
    let give = (_: string) => {};
    const key = new Promise<string>((resolve) => {
      give = resolve;
    });
    const fetch = vi.fn();
    await catchError(list({ apiKey: () => key, fetch, timeout: 5, maxRetries: 0 }));
    give('test-key');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(fetch).not.toHaveBeenCalled();
  });

  it('leaves no timer where the signal cannot be listened to', async () => {
    vi.useFakeTimers();
    const signal = AbortSignal.abort();
    signal.addEventListener = () => {
      throw new Error('no');
    };
    Object.defineProperties(signal, { aborted: { value: false }, throwIfAborted: { value: () => undefined } });
    const client = createCreditBalancesClient({ ...gateway, fetch: never });
    expect(await catchError(client.listCreditBalances(customerId, { signal }))).toMatchObject({ message: 'no' });
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('covers a body that stalls', async () => {
    const stalled = () => new ReadableStream({ pull: never });
    const fetch = async () => new Response(stalled(), { headers: json });
    expect(await catchError(list({ fetch, timeout: 5, maxRetries: 0 }))).toBeInstanceOf(TimeoutError);
  });

  it('covers a fetch that heeds no signal', async () => {
    expect(await catchError(list({ fetch: never, timeout: 5, maxRetries: 0 }))).toBeInstanceOf(TimeoutError);
  });

  it('tells the fetch that it is over', async () => {
    let signal: AbortSignal | undefined;
    const fetch = (request: Request) => {
      ({ signal } = request);
      return never();
    };
    await catchError(list({ fetch, timeout: 5, maxRetries: 0 }));
    expect(signal?.aborted).toBe(true);
  });
});

describe('one signal', () => {
  it('for 11 calls, at once and one after the other, prints no warning', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => void warnings.push(warning);
    process.on('warning', onWarning);
    try {
      const { signal } = new AbortController();
      const client = createCreditBalancesClient({
        ...gateway,
        apiKey: async () => 'test-key',
        fetch: async () => Response.json(getCredit('one-currency')),
      });
      const call = () => client.listCreditBalances(customerId, { signal });
      await Promise.all(Array.from({ length: 60 }, call));
      for (let count = 0; count < 11; count += 1) await call();
      // A warning is printed in a later turn.
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(warnings).toEqual([]);
    } finally {
      process.off('warning', onWarning);
    }
  });

  test.each([null, 0, '', false, undefined])(
    'that aborts with %j ends the call with that very reason',
    async (reason) => {
      const controller = new AbortController();
      const fetch = () => {
        controller.abort(reason);
        return new Promise<never>(() => {});
      };
      const client = createCreditBalancesClient({ ...gateway, fetch });
      const thrown = await catchError(client.listCreditBalances(customerId, { signal: controller.signal }));
      if (reason === undefined) expect(thrown).toBeInstanceOf(DOMException);
      else expect(thrown).toBe(reason);
      const later = client.listCreditBalances(customerId, { signal: controller.signal });
      expect(await catchError(later)).toBe(controller.signal.reason);
    },
  );
});

describe('onRetry', () => {
  const busy = async () => Response.json(getErrorBody('service_unavailable'), { status: 503 });

  test.each<[string, (reason: unknown) => unknown]>([
    ['that throws', (reason) => raise(reason)],
    ['that rejects', (reason) => Promise.reject(reason)],
    ['that rejects later', (reason) => new Promise((_, reject) => setTimeout(reject, 2, reason))],
  ])('%s ends its own call with that reason, and no other', async (_, fail) => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    try {
      const reason = new Error('the log is full');
      const calls = { failing: 0 };
      const fetch = async () => (calls.failing++ === 0 ? busy() : Response.json(getCredit('one-currency')));
      const onRetry = vi.fn(() => fail(reason) as Promise<void>);
      const client = createCreditBalancesClient({ ...gateway, fetch, onRetry });
      const [failed, fine] = await Promise.allSettled([
        client.listCreditBalances(customerId),
        client.listCreditBalances(customerId),
      ]);
      expect(failed).toEqual({ status: 'rejected', reason });
      expect(fine.status).toBe('fulfilled');
      expect(onRetry).toHaveBeenCalledTimes(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(unhandled).not.toHaveBeenCalled();
    } finally {
      process.off('unhandledRejection', unhandled);
    }
  });

  it('that is async is waited for before the next attempt', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const events: string[] = [];
    const fetch = async () => {
      events.push('fetch');
      return events.length === 1 ? busy() : Response.json(getCredit('one-currency'));
    };
    const onRetry = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      events.push('logged');
    };
    await list({ fetch, onRetry });
    expect(events).toEqual(['fetch', 'logged', 'fetch']);
    vi.restoreAllMocks();
  });
});

function raise(reason: unknown): never {
  throw reason;
}
