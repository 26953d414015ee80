import { scenarios } from '../../../generated/scenarios.js';
import { UsageError } from '../../errors/errors.js';
import type { ControlResponse } from '../../mock/state.js';
import { readCustomerBalances } from '../ledger/balances-option.js';
import { findInvoice, type Ledger, listCustomers } from '../ledger/ledger.js';
import { readControlEvent, readControlJson } from './body.js';
import { controlRoot, makeProblemType, problems, replyEmpty, replyJson, replyProblem } from './reply.js';

export interface ControlRoute {
  method: 'GET' | 'PUT' | 'DELETE' | 'POST';
  /** At most one part of it is a parameter, in braces. */
  path: string;
  summary: string;
  /** An example of the body; undefined where the route takes none. */
  body?: object;
  /** @throws {UsageError} the id or the body is wrong. */
  reply(ledger: Ledger, id: string, body: string): ControlResponse;
}

const customer = `${controlRoot}/customers/{customer_id}`;
const invoice = `${controlRoot}/invoices/{invoice_id}`;
const creditEvent = { currency_code: 'USD', amount: '3000' };

/** Everything that the control surface does. Routing, `Allow` and the description at `/_mock` follow from it. */
export const controlRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: controlRoot,
    summary: 'Describes this control surface, and lists the scenarios and the balances of all customers.',
    reply: (ledger) => replyJson(200, describeMock(ledger)),
  },
  {
    method: 'GET',
    path: `${customer}/credit-balances`,
    summary: 'Returns the balances of a customer, by currency.',
    reply: replyBalances,
  },
  {
    method: 'PUT',
    path: `${customer}/credit-balances`,
    summary: 'Gives a customer these balances, in place of those before. Totals that are left out are "0".',
    body: { USD: { available: '10000', used: '500' } },
    reply(ledger, id, body) {
      ledger.set(id, readCustomerBalances('body', readControlJson(body)));
      return replyBalances(ledger, id);
    },
  },
  {
    method: 'DELETE',
    path: `${customer}/credit-balances`,
    summary: 'Forgets a customer.',
    reply: (ledger, id) => (ledger.delete(id) ? replyEmpty() : replyUnknownCustomer(id)),
  },
  {
    method: 'POST',
    path: `${customer}/credits`,
    summary: 'An adjustment leaves credit over: available grows.',
    body: creditEvent,
    reply(ledger, id, body) {
      const { currencyCode, amount } = readControlEvent(body);
      ledger.credit(id, currencyCode, amount);
      return replyBalances(ledger, id);
    },
  },
  {
    method: 'POST',
    path: `${customer}/charges`,
    summary: 'A transaction is collected at once: credit moves from available to used, as much as there is.',
    body: creditEvent,
    reply(ledger, id, body) {
      const { currencyCode, amount } = readControlEvent(body);
      return replyJson(200, ledger.spend(id, currencyCode, amount));
    },
  },
  {
    method: 'POST',
    path: `${customer}/invoices`,
    summary: 'An invoice is issued: credit moves from available to reserved, as much as there is.',
    body: creditEvent,
    reply(ledger, id, body) {
      const { currencyCode, amount } = readControlEvent(body);
      return replyJson(201, ledger.bill(id, currencyCode, amount));
    },
  },
  {
    method: 'POST',
    path: `${invoice}/complete`,
    summary: 'The invoice is completed: its credit moves from reserved to used.',
    reply: (ledger, id) => settleInvoice(ledger, id, 'complete'),
  },
  {
    method: 'POST',
    path: `${invoice}/cancel`,
    summary: 'The invoice is canceled: its credit moves back from reserved to available.',
    reply: (ledger, id) => settleInvoice(ledger, id, 'cancel'),
  },
  {
    method: 'POST',
    path: `${controlRoot}/reset`,
    summary: 'Goes back to the balances that the mock was started with.',
    reply(ledger) {
      ledger.reset();
      return replyEmpty();
    },
  },
];

function describeMock(ledger: Ledger): object {
  return {
    description: 'The control surface of a mock server. It is not part of the Paddle API.',
    routes: controlRoutes.map(({ method, path, summary, body }) => ({ method, path, summary, body })),
    problems: Object.entries(problems).map(([name, problem]) => ({ type: makeProblemType(name), ...problem })),
    scenarios: scenarios.map(({ operation, name, status, summary, customerId }) => {
      return { operation, name, status, summary, customer_id: customerId };
    }),
    balances: listCustomers(ledger),
  };
}

function replyBalances(ledger: Ledger, id: string): ControlResponse {
  const found = ledger.get(id);
  return found === undefined ? replyUnknownCustomer(id) : replyJson(200, found);
}

function replyUnknownCustomer(id: string): ControlResponse {
  const hint = `PUT ${customer}/credit-balances or POST ${customer}/credits adds one.`;
  return replyProblem('unknown-customer', `There is no customer ${id} in the ledger. ${hint}`);
}

function settleInvoice(ledger: Ledger, id: string, action: 'complete' | 'cancel'): ControlResponse {
  const found = findInvoice(ledger, id);
  if (found === undefined) {
    const hint = `POST ${customer}/invoices returns the id of the invoice that it issues.`;
    return replyProblem('unknown-invoice', `There is no invoice ${id}. ${hint}`);
  }
  try {
    found[action]();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return replyProblem('invoice-settled', error.message);
  }
  return replyJson(200, found);
}
