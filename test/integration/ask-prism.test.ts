import { describe, expect, it, test, vi } from 'vitest';
import document from '../../generated/openapi.json' with { type: 'json' };
import { type Scenario, scenarios } from '../../generated/scenarios.js';
import { findRoute } from '../../src/http/operations.ts';
import { createPrism } from '../../src/mock/ask-prism.ts';
import { describeProblem } from '../../src/mock/problem.ts';
import { type Answer, respond } from '../../src/mock/respond.ts';
import { serveMock } from '../../src/mock/server.ts';
import { readServerSettings } from '../../src/mock/server-options.ts';
import { customerId } from '../support/bodies.ts';

const pathname = `/customers/${customerId}/credit-balances`;
const find = (path = pathname) => findRoute('GET', path, new URLSearchParams());
const route = find();
const [success] = scenarios as readonly [Scenario, ...Scenario[]];
const notFound = scenarios.find(({ name }) => name === 'not_found');
const answerWith = (more: Partial<Answer> = {}): Answer => ({
  ...{ scenario: success, body: success.body, source: 'scenario' },
  ...more,
});

/** What Prism makes of an answer to a request, and what it says of it. */
async function ask(more: object = {}, choose: (...args: never[]) => unknown = () => answerWith()) {
  const violations: string[] = [];
  const askPrism = createPrism(document, (message) => violations.push(message));
  const answered = await askPrism({ method: 'GET', pathname, route, ...more }, choose as never);
  return { ...answered, violations };
}

describe('Prism sends the answer that was chosen', () => {
  it('with the status and the headers of its scenario, which others may replace', async () => {
    const choose = vi.fn(() => answerWith({ headers: { 'X-Own': '1', 'Content-Type': 'application/json; own=1' } }));
    const { headers, ...answered } = await ask({}, choose);
    expect(answered).toEqual({
      status: 200,
      body: success.body,
      answer: choose.mock.results[0]?.value,
      violations: [],
    });
    expect(headers).toMatchObject({ 'Content-Type': 'application/json; own=1', 'X-Own': '1' });
    expect(choose).toHaveBeenCalledExactlyOnceWith(route);
  });

  it('of every scenario, in which Prism finds nothing wrong', async () => {
    for (const scenario of scenarios) {
      const { status, body, headers, violations } = await ask({}, () => answerWith({ scenario, body: scenario.body }));
      expect([status, body, violations]).toEqual([scenario.status, scenario.body, []]);
      // As HTTP, it takes no account of case.
      const sent = new Headers(headers);
      for (const [name, value] of Object.entries(scenario.headers)) expect(sent.get(name)).toBe(value);
    }
  });

  it('of an operation that has no such example', async () => {
    const scenario = { ...notFound, operation: 'another' };
    const choose = () => answerWith({ scenario: scenario as never, headers: { 'X-Own': '1' }, body: notFound?.body });
    expect(await ask({}, choose)).toMatchObject({
      ...{ status: 404, body: notFound?.body, headers: { ...notFound?.headers, 'X-Own': '1' } },
      answer: { scenario },
    });
  });

  it('whatever the request holds, of which it judges nothing itself', async () => {
    const path = '/customers/cus_1/credit-balances';
    // Without a key, and with a customer that is none.
    const answered = await ask({ pathname: path, route: find(path) }, (found) => respond(found, () => undefined));
    expect(answered).toMatchObject({ status: 403, body: { error: { code: 'authentication_missing' } } });
  });
});

describe('Prism says what breaks the contract', () => {
  test.each<[string, unknown, string]>([
    ['a field of another type', { data: [], meta: { request_id: 1 } }, 'meta.request_id'],
    ['a field that is missing', { data: [] }, "Response body must have required property 'meta'"],
  ])('%s', async (_, body, message) => {
    const { status, violations } = await ask({}, () => answerWith({ body }));
    expect(status).toBe(200);
    expect(violations).toEqual([expect.stringContaining(message)]);
    for (const violation of violations) expect(violation).toBe(violation.trim());
  });

  it('also in each of several operations', async () => {
    const { '/customers/{customer_id}/credit-balances': first } = document.paths;
    const paths = { ...document.paths, '/other/{customer_id}': { get: { ...first.get, operationId: 'other' } } };
    const messages: string[] = [];
    const askPrism = createPrism({ ...document, paths }, (message) => messages.push(message));
    for (const path of [pathname, `/other/${customerId}`]) {
      await askPrism({ method: 'GET', pathname: path, route }, () => answerWith({ body: { data: [{}], meta: {} } }));
    }
    expect(messages.filter((message) => message.startsWith('body.data.0 '))).toHaveLength(6);
    expect(messages.filter((message) => message.startsWith('body.meta '))).toHaveLength(2);
  });

  it('to nobody, where nobody listens', async () => {
    const answered = await createPrism(document, undefined)({ method: 'GET', pathname, route }, () =>
      answerWith({ body: {} }),
    );
    expect(answered).toMatchObject({ status: 200, body: {} });
  });

  it('to the listener of the server', async () => {
    const onViolation = vi.fn();
    // A description whose answers are other ones than those of the scenarios.
    const changed = structuredClone(document) as typeof document & {
      components: { schemas: Record<string, { required?: string[] }> };
    };
    changed.components.schemas.Meta = { ...changed.components.schemas.Meta, required: ['request_id', 'other'] };
    const { url, close } = await serveMock(changed, readServerSettings({ port: 0, onViolation }));
    expect((await fetch(url + pathname, { headers: { Authorization: 'Bearer test' } })).status).toBe(200);
    await close();
    expect(onViolation).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("required property 'other'"));
  });
});

describe('Prism sends a problem', () => {
  const type = 'application/problem+json';

  test.each([
    ['of a path that it does not know', { pathname: '/nothing' }, 404, 'Route not resolved, no path matched'],
    ['of no path at all', { pathname: '' }, 404, 'Route not resolved, no path matched'],
    ['of a method that it does not know', { method: 'PUT' }, 405, 'Route resolved, but no method matched'],
  ])('%s', async (_, request, status, title) => {
    const choose = vi.fn();
    const answered = await ask({ ...request, route: undefined }, choose);
    expect(answered).toMatchObject({ status, headers: { 'Content-Type': type }, body: { status, title } });
    expect(answered.answer).toBeUndefined();
    expect(choose).not.toHaveBeenCalled();
  });

  it('that was chosen, as it is', async () => {
    const problem = describeProblem('UNPROCESSABLE_ENTITY', 'Nothing has that name.');
    expect(await ask({}, () => problem)).toEqual({
      ...{ status: 422, headers: { 'Content-Type': type }, body: problem, answer: undefined, violations: [] },
    });
  });

  it('of what failed while the answer was chosen', async () => {
    const thrown = await ask({}, () => {
      throw new Error('no answer');
    });
    expect(thrown).toMatchObject({ status: 500, headers: { 'Content-Type': type }, body: { detail: 'no answer' } });
    expect(thrown.answer).toBeUndefined();
  });

  it('of a request that it knows and the mock does not', async () => {
    expect(await ask({ route: undefined })).toMatchObject({
      ...{ status: 500, body: { status: 500, detail: 'The mock does not know the route.' } },
    });
  });
});
