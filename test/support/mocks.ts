import { type MockServerOptions, startMock } from '../../src/mock.ts';
import { createMockFetch, type MockFetchOptions } from '../../src/testing.ts';

type Ledger = ReturnType<typeof createMockFetch>['ledger'];

/** A mock of one of the two kinds, as a test sees it. */
export interface TestMock extends AsyncDisposable {
  /** Sends a request with a key, unless the headers say otherwise. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** As an option of a client. */
  clientOptions: { baseUrl: string; fetch?: (request: Request) => Promise<Response> };
  ledger: Ledger;
  /** What Prism found in the answers; the mock in process has no Prism. */
  violations: string[];
}

const withKey = { Authorization: 'Bearer test' };

/** Both kinds of mock, by what a test calls them. */
export const mockKinds = {
  'the mock server': async (options: MockServerOptions = {}): Promise<TestMock> => {
    const violations: string[] = [];
    const onViolation = (message: string) => violations.push(message);
    const { url, ledger, close } = await startMock({ port: 0, onViolation, ...options });
    return {
      ask: (path, init) => fetch(url + path, { headers: withKey, ...init }),
      clientOptions: { baseUrl: url },
      ledger,
      violations,
      [Symbol.asyncDispose]: close,
    };
  },
  'the mock fetch': async (options: MockFetchOptions = {}): Promise<TestMock> => {
    const mock = createMockFetch(options);
    return {
      ask: (path, init) => mock(`http://localhost${path}`, { headers: withKey, ...init }),
      clientOptions: { baseUrl: 'http://localhost', fetch: mock },
      ledger: mock.ledger,
      violations: [],
      [Symbol.asyncDispose]: async () => {},
    };
  },
};

export const kindsOfMock = Object.keys(mockKinds) as (keyof typeof mockKinds)[];

export const makeBalancesPath = (customerId: string) => `/customers/${customerId}/credit-balances`;
