import { createMockFetch } from '../../src/testing.ts';
import { startHttpServer, type TestServer } from './server.ts';

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A real HTTP server that answers as the mock does, but for what a test changes. */
export function startFaultyServer(
  change: (answer: HttpAnswer, request: { url: string; authorization: string | undefined }) => Partial<HttpAnswer>,
): Promise<TestServer> {
  const mock = createMockFetch();
  return startHttpServer(async (response, { url = '', headers: { authorization } }) => {
    const right = await mock(`http://mock${url}`, { headers: authorization === undefined ? {} : { authorization } });
    const answer = { status: right.status, headers: Object.fromEntries(right.headers), body: await right.text() };
    const { status, headers, body } = { ...answer, ...change(answer, { url, authorization }) };
    response.writeHead(status, headers).end(body);
  });
}

/** Changes the value of a JSON body, in place. */
// biome-ignore lint/suspicious/noExplicitAny: a fault may be of any shape
export function changeBody({ body }: HttpAnswer, edit: (value: any) => unknown): Partial<HttpAnswer> {
  const value: unknown = JSON.parse(body);
  edit(value);
  return { body: JSON.stringify(value) };
}
