import { describe, expect, it, test } from 'vitest';
import type { CreditTotals } from '../../generated/openapi.js';
import * as validators from '../../generated/operations.js';
import {
  createLedger,
  findInvoice,
  type Ledger,
  listCustomers,
  listLedgerBalances,
} from '../../src/credit-balances/ledger/ledger.ts';
import { UsageError } from '../../src/errors/errors.ts';
import { customerId, getCredit } from '../support/bodies.ts';

const otherId = 'ctm_01mock404notfound000000000';

/** The totals of one of the contract's life-cycle examples. */
function exampleTotals(name: string): CreditTotals {
  const [first] = getCredit(name).data;
  if (first === undefined) throw new Error(`${name} has no balance`);
  return first.balance;
}

const credited = exampleTotals('credited');
const reserved = exampleTotals('reserved-by-invoice');

function usageError(call: () => unknown): UsageError {
  try {
    call();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

describe('credit moves as in the examples of the contract:', () => {
  const afterCredit = () => {
    const ledger = createLedger();
    ledger.credit(customerId, 'USD', credited.available);
    return ledger;
  };
  const afterInvoice = () => {
    const ledger = afterCredit();
    return { ledger, invoice: ledger.bill(customerId, 'USD', reserved.reserved) };
  };

  it('an adjustment adds to available', () => {
    expect(afterCredit().get(customerId)).toEqual({ USD: credited });
  });

  it('an issued invoice moves credit to reserved', () => {
    const { ledger, invoice } = afterInvoice();
    expect(ledger.get(customerId)).toEqual({ USD: reserved });
    expect(invoice).toMatchObject({ applied: reserved.reserved, status: 'billed' });
  });

  it('a completed invoice moves its credit to used', () => {
    const { ledger, invoice } = afterInvoice();
    invoice.complete();
    expect(ledger.get(customerId)).toEqual({ USD: exampleTotals('used-after-completion') });
    expect(invoice.status).toBe('completed');
  });

  it('a canceled invoice moves its credit back to available', () => {
    const { ledger, invoice } = afterInvoice();
    invoice.cancel();
    expect(ledger.get(customerId)).toEqual({ USD: exampleTotals('released-after-cancellation') });
    expect(invoice.status).toBe('canceled');
  });

  it('a transaction that is collected at once moves credit from available to used', () => {
    const ledger = afterCredit();
    expect(ledger.spend(customerId, 'USD', reserved.reserved)).toEqual({ applied: reserved.reserved });
    expect(ledger.get(customerId)).toEqual({ USD: exampleTotals('used-after-completion') });
  });
});

describe('credit that is applied', () => {
  it('is at most what is available', () => {
    const ledger = createLedger({ [customerId]: { USD: { available: '550', reserved: '900' } } });
    const invoice = ledger.bill(customerId, 'USD', '551');
    expect(invoice.applied).toBe('550');
    expect(ledger.spend(customerId, 'USD', '1')).toEqual({ applied: '0' });
    invoice.cancel();
    expect(ledger.spend(customerId, 'USD', '551')).toEqual({ applied: '550' });
    expect(ledger.get(customerId)).toEqual({ USD: { available: '0', reserved: '900', used: '550' } });
  });

  it('is of its own currency only', () => {
    const ledger = createLedger({ [customerId]: { USD: { available: '550' } } });
    expect(ledger.spend(customerId, 'EUR', '100')).toEqual({ applied: '0' });
    expect(ledger.bill(customerId, 'EUR', '100').applied).toBe('0');
    expect(ledger.get(customerId)).toEqual({ USD: { available: '550', reserved: '0', used: '0' } });
  });

  it('is none for a customer without credit, who is not added to the ledger', () => {
    const ledger = createLedger();
    expect(ledger.spend(customerId, 'USD', '100')).toEqual({ applied: '0' });
    const invoice = ledger.bill(customerId, 'USD', '100');
    ledger.credit(otherId, 'USD', '1');
    invoice.complete();
    expect(invoice).toMatchObject({ applied: '0', status: 'completed' });
    expect(ledger.get(customerId)).toBeUndefined();
  });

  it('is exact for amounts that no float can hold', () => {
    const amount = `${'9'.repeat(999)}1`;
    const ledger = createLedger({ [customerId]: { KRW: { available: amount } } });
    ledger.credit(customerId, 'KRW', '9007199254740993');
    expect(ledger.spend(customerId, 'KRW', '2').applied).toBe('2');
    const available = String(BigInt(amount) + 9007199254740991n);
    expect(ledger.get(customerId)).toEqual({ KRW: { available, reserved: '0', used: '2' } });
  });
});

describe('a ledger', () => {
  const balances = { [customerId]: { USD: { available: '0550', used: '1300' }, XTS: {} }, [otherId]: {} };

  it('is made with the given balances, and a total that is left out is nothing', () => {
    const ledger = createLedger(balances);
    const nothing = { available: '0', reserved: '0', used: '0' };
    const given = { USD: { available: '550', reserved: '0', used: '1300' }, XTS: nothing };
    expect(ledger.get(customerId)).toEqual(given);
    expect(ledger.get(otherId)).toEqual({});
    expect(listCustomers(ledger)).toEqual({ [customerId]: given, [otherId]: {} });
    expect(createLedger(listCustomers(ledger)).get(customerId)).toEqual(given);
  });

  it('has the methods of the design and no others, none of which needs the object it is on', () => {
    const { bill, credit, delete: remove, get, reset, set, spend, ...rest } = createLedger();
    expect(rest).toEqual({});
    set(customerId, { USD: { available: '3' } });
    credit(customerId, 'USD', '4');
    spend(customerId, 'USD', '1');
    const { complete } = bill(customerId, 'USD', '2');
    complete();
    expect(get(customerId)).toEqual({ USD: { available: '4', reserved: '0', used: '3' } });
    reset();
    expect(remove(customerId)).toBe(false);
  });

  it('lists balances as the contract does', () => {
    const list = listLedgerBalances(createLedger(balances), customerId);
    expect(list?.map(({ currency_code }) => currency_code)).toEqual(['USD', 'XTS']);
    expect(validators.CreditBalanceList({ data: list, meta: { request_id: 'a' } })).toBe(true);
    expect(listLedgerBalances(createLedger(balances), otherId)).toEqual([]);
    expect(listLedgerBalances(createLedger(), otherId)).toBeUndefined();
  });

  it('does not change with what it was made with, nor with what it returned', () => {
    const given = { [customerId]: { USD: { available: '550' } } };
    const ledger = createLedger(given);
    const seen = ledger.get(customerId);
    Object.assign(given[customerId] as object, { USD: { available: '1' } });
    expect(() => Object.assign(seen as object, { USD: {} })).toThrow(TypeError);
    expect(() => Object.assign(seen?.USD as object, { available: '1' })).toThrow(TypeError);
    for (const balance of listLedgerBalances(ledger, customerId) ?? []) balance.balance.available = '1';
    ledger.credit(customerId, 'USD', '1');
    expect(seen?.USD?.available).toBe('550');
    expect(ledger.get(customerId)?.USD?.available).toBe('551');
    ledger.reset();
    expect(ledger.get(customerId)?.USD?.available).toBe('550');
  });

  it('gives a customer exactly the balances that are set', () => {
    const ledger = createLedger(balances);
    ledger.set(customerId, { EUR: { reserved: '7' } });
    expect(ledger.get(customerId)).toEqual({ EUR: { available: '0', reserved: '7', used: '0' } });
  });

  it('forgets a customer that is deleted, and says whether it had one', () => {
    const ledger = createLedger(balances);
    expect([ledger.delete(customerId), ledger.delete(customerId)]).toEqual([true, false]);
    expect(ledger.get(customerId)).toBeUndefined();
    ledger.credit(customerId, 'USD', '1');
    expect(ledger.get(customerId)).toEqual({ USD: { available: '1', reserved: '0', used: '0' } });
  });

  it('goes back to what it was made with when it is reset, again and again', () => {
    const ledger = createLedger(balances);
    const before = listCustomers(ledger);
    for (let round = 0; round < 2; round++) {
      ledger.credit(customerId, 'USD', '1');
      ledger.delete(otherId);
      ledger.reset();
      expect(listCustomers(ledger)).toEqual(before);
    }
  });
});

describe('an invoice', () => {
  const ledgerWithInvoice = () => {
    const ledger = createLedger({
      [customerId]: { USD: { available: '100' } },
      [otherId]: { USD: { available: '5' } },
    });
    return { ledger, invoice: ledger.bill(customerId, 'USD', '40') };
  };

  it('has an id as Paddle gives transactions, another one each time, and the same when a test runs again', () => {
    const ids = Array.from({ length: 2 }, () => {
      const { ledger, invoice } = ledgerWithInvoice();
      ledger.reset();
      return [invoice.id, ledger.bill(customerId, 'USD', '1').id];
    });
    expect(ids[0]).toEqual(ids[1]);
    expect(new Set(ids[0]).size).toBe(2);
    for (const id of ids.flat()) expect(id).toMatch(/^txn_[a-z0-9]{26}$/);
  });

  it.each(['complete', 'cancel'] as const)('cannot be settled again after %s', (first) => {
    const { ledger, invoice } = ledgerWithInvoice();
    invoice[first]();
    const before = ledger.get(customerId);
    const done = first === 'complete' ? 'completed' : 'canceled';
    expect(usageError(invoice[first]).message).toBe(`Invoice ${invoice.id} is already ${done}.`);
    const [second, other] =
      first === 'complete' ? (['cancel', 'canceled'] as const) : (['complete', 'completed'] as const);
    expect(usageError(invoice[second]).message).toBe(`Invoice ${invoice.id} is ${done}: it cannot be ${other}.`);
    expect(ledger.get(customerId)).toBe(before);
    expect(invoice.status).toBe(done);
  });

  it.each([
    ['set', (ledger: Ledger) => ledger.set(customerId, { USD: { available: '1' } })],
    ['deleted', (ledger: Ledger) => ledger.delete(customerId)],
    ['reset', (ledger: Ledger) => ledger.reset()],
  ])('is void once its customer was %s', (_, change) => {
    const { ledger, invoice } = ledgerWithInvoice();
    change(ledger);
    const before = listCustomers(ledger);
    for (const settle of [invoice.complete, invoice.cancel]) {
      expect(usageError(settle).message).toContain('is void, since its customer was set, deleted or reset');
    }
    expect(invoice.status).toBe('void');
    expect(listCustomers(ledger)).toEqual(before);
  });

  it('of another customer stays open when one is set or deleted', () => {
    const { ledger, invoice } = ledgerWithInvoice();
    ledger.set(otherId, {});
    ledger.delete(otherId);
    invoice.complete();
    expect(ledger.get(customerId)?.USD?.used).toBe('40');
  });

  it('stays open when the customer cannot be set', () => {
    const { ledger, invoice } = ledgerWithInvoice();
    usageError(() => ledger.set(customerId, { USD: { available: '-1' } }));
    expect(invoice.status).toBe('billed');
  });

  it('can be found while it is open; of those that are settled, the latest 10,000', () => {
    const { ledger, invoice: open } = ledgerWithInvoice();
    const settled = Array.from({ length: 10_001 }, () => {
      const invoice = ledger.bill(customerId, 'USD', '1');
      invoice.cancel();
      return invoice;
    });
    expect(findInvoice(ledger, open.id)).toBe(open);
    expect(settled.filter(({ id }) => findInvoice(ledger, id) === undefined)).toEqual([settled[0]]);
    expect(usageError(() => settled[0]?.complete()).message).toContain('is canceled');
    expect(findInvoice(ledger, '__proto__')).toBeUndefined();
  });
});

describe('a wrong argument is named and changes nothing:', () => {
  const wrongAmounts = [
    '-1',
    '1.5',
    '1e3',
    '',
    ' 1',
    '1\n',
    '٣',
    '0x1',
    5,
    5n,
    null,
    undefined,
    ['1'],
    '9'.repeat(1001),
  ];
  const wrongIds = ['', '__proto__', 'constructor', 'ctm_x', `${customerId}\n`, undefined, 7, [customerId]];
  const wrongCodes = ['usd', '', '__proto__', 'USDX', undefined, ['USD']];
  const events = ['credit', 'spend', 'bill'] as const;

  function expectRefusal(option: string, call: (ledger: Ledger) => unknown): string {
    const ledger = createLedger({ [customerId]: { USD: { available: '100' } } });
    const before = listCustomers(ledger);
    const error = usageError(() => call(ledger));
    expect(error).toMatchObject({ name: 'UsageError', option });
    expect(error.message).toMatch(/^\w+ must (match pattern|be|have) .*; received .*\.$/);
    expect(error.message.split(' ')[0]).toBe(option);
    expect(listCustomers(ledger)).toEqual(before);
    return error.message;
  }

  it.each(events)('the amount of %s', (event) => {
    const option = event === 'credit' ? 'amount' : 'total';
    for (const amount of wrongAmounts) {
      expectRefusal(option, (ledger) => ledger[event](customerId, 'USD', amount as string));
    }
  });

  it.each(events)('the currency of %s', (event) => {
    for (const code of wrongCodes) {
      expectRefusal('currencyCode', (ledger) => ledger[event](customerId, code as string, '1'));
    }
  });

  it.each([...events, 'get', 'set', 'delete'] as const)('the customer of %s', (method) => {
    for (const id of wrongIds) {
      expectRefusal('customerId', (ledger) =>
        method === 'set' ? ledger.set(id as string, {}) : ledger[method](id as string, 'USD', '1'),
      );
    }
  });

  it('an amount is shown with what is right', () => {
    expect(expectRefusal('amount', (ledger) => ledger.credit(customerId, 'USD', 5 as never))).toBe(
      'amount must be a string of digits, in the currency\'s lowest denomination, such as "550"; received 5.',
    );
    expect(expectRefusal('total', (ledger) => ledger.spend(customerId, 'USD', '9'.repeat(1001)))).toBe(
      'total must have at most 1000 digits; received 1001.',
    );
  });
});

describe('balances that are wrong', () => {
  const amount = 'must be a string of digits, in the currency\'s lowest denomination, such as "550"';
  const names = 'known names are available, reserved, used';
  const usd = (totals: unknown) => ({ [customerId]: { USD: totals } }) as Record<string, object>;
  const place = `balances.${customerId}`;

  test.each<[unknown, string]>([
    [null, 'balances must be an object; received null.'],
    ['{}', 'balances must be an object; received "{}".'],
    [[], 'balances must be an object; received an array.'],
    [new Map([[customerId, {}]]), 'balances must be an object; received an object.'],
    [{ [customerId]: null }, `${place} must be an object; received null.`],
    [{ [customerId]: [] }, `${place} must be an object; received an array.`],
    [usd('550'), `${place}.USD must be an object; received "550".`],
    [usd({ available: 5 }), `${place}.USD.available ${amount}; received 5.`],
    [usd({ reserved: '-5' }), `${place}.USD.reserved ${amount}; received "-5".`],
    [usd({ used: null }), `${place}.USD.used ${amount}; received null.`],
    [usd({ used: { a: 1 } }), `${place}.USD.used ${amount}; received an object.`],
    [usd({ avail: '5' }), `${place}.USD has the unknown name "avail"; ${names}.`],
    [usd(JSON.parse('{"__proto__":"5"}')), `${place}.USD has the unknown name "__proto__"; ${names}.`],
  ])('are refused with the place of the mistake: %j', (balances, message) => {
    const error = usageError(() => createLedger(balances as never));
    expect(error.message).toBe(message);
    expect(error.option).toBe('balances');
  });

  it.each([
    ['balances', '{"__proto__":{}}'],
    [place, `{"${customerId}":{"__proto__":{}}}`],
  ])('are refused for a name that the contract does not allow in %s', (where, json) => {
    const { message } = usageError(() => createLedger(JSON.parse(json)));
    expect(message).toMatch(/^Each name in .* must match pattern ".*"; received "__proto__"\.$/);
    expect(message).toContain(`in ${where} must`);
    expect(({} as Record<string, unknown>).USD).toBeUndefined();
  });

  it('are refused for an amount of more than 1,000 digits', () => {
    const balances = (digits: number) => usd({ used: '9'.repeat(digits) });
    expect(usageError(() => createLedger(balances(1001))).message).toBe(
      `${place}.USD.used must have at most 1000 digits; received 1001.`,
    );
    expect(createLedger(balances(1000)).get(customerId)?.USD?.used).toHaveLength(1000);
  });

  it('are described with all their mistakes, or with the first ten', () => {
    const two = usageError(() => createLedger({ ...usd({ used: 1 }), [otherId]: 7 } as never)).message.split('\n');
    expect(two.map((line) => line.split(' ')[0])).toEqual([`${place}.USD.used`, `balances.${otherId}`]);
    const many = (count: number) => {
      const wrong = Object.fromEntries(Array.from({ length: count }, (_, index) => [`customer-${index}`, {}]));
      return usageError(() => createLedger(wrong)).message.split('\n');
    };
    expect(many(12)).toEqual([...many(10), 'Mistakes that are not shown: 2.']);
  });

  it('of one customer are refused as well, and the customer keeps those before', () => {
    const ledger = createLedger({ [customerId]: { USD: { available: '1' } } });
    const error = usageError(() => ledger.set(customerId, { EUR: {}, USD: { available: 5 as never } }));
    expect(error.message).toBe(`balances.USD.available ${amount}; received 5.`);
    expect(ledger.get(customerId)).toEqual({ USD: { available: '1', reserved: '0', used: '0' } });
  });
});
