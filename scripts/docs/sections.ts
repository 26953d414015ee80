import { currencies } from '../../generated/currencies.js';
import { errorCodes } from '../../generated/error-codes.js';
import { servers } from '../../generated/operations.js';
import { scenarios } from '../../generated/scenarios.js';

import type { Description } from '../generate/openapi.ts';
import { changes } from './changes.ts';
import { finance } from './finance.ts';
import { isRetryableStatus } from './from-src.ts';
import { breakable, code, copyable, escaped, inline, type Row, table } from './html.ts';
import { lifeCycle } from './life-cycle.ts';
import { shownAmount, totals } from './totals.ts';

/** Where Redoc puts a section, or what has an id in it. */
export function address(section: string, id?: string): string {
  return `#/${section.toLowerCase().replace(/[^a-z]+/g, '-')}${id === undefined ? '' : `#${id}`}`;
}

/** What the page adds to the sections of the description's own text, by their headings. */
export function additions(description: Description): Record<string, string> {
  return {
    'How credit moves': lifeCycle(description),
    Amounts: currencyTable(),
    Keys: serverTable(),
    Errors: errorTable(),
    Scenarios: scenarioTable(),
  };
}

/** Sections that are of this project, and no part of the contract. */
export function newSections(changelog: string): { name: string; description: string }[] {
  return [
    { name: 'Credit of all customers', description: finance() },
    { name: 'What changed', description: changes(changelog) },
  ];
}

function currencyTable(): string {
  const rows = Object.entries<{ name: string; minorUnits?: number }>(currencies).map(([currency, facts]) => ({
    id: `currency-${currency}`,
    cells: [code(currency), escaped(facts.name), String(facts.minorUnits ?? 'not known for certain')],
  }));
  return table(['code', 'name', 'decimals'], rows);
}

function serverTable(): string {
  const rows = Object.entries(servers).map(([environment, { url, keyPrefix }]) => ({
    id: `server-${environment}`,
    cells: [escaped(environment), code(url), code(`${keyPrefix}…`)],
  }));
  return table(['environment', 'server', 'its API keys start with'], rows, 'wide');
}

function errorTable(): string {
  const rows = Object.entries<{ cause: string; cure: string; status?: string }>(errorCodes).map(
    ([name, { cause, cure, status: documented }]): Row => {
      const scenario = scenarios.find(({ body }) => 'error' in body && body.error.code === name);
      const status = scenario?.status ?? Number(documented);
      return {
        id: `error-${name}`,
        cells: [
          breakable(name),
          Number.isNaN(status) ? '' : String(status),
          scenario !== undefined && 'error' in scenario.body ? breakable(scenario.body.error.type) : '',
          isRetryableStatus(status) ? 'yes' : status === 401 ? 'once, if the key is a function' : 'no',
          inline(cause),
          inline(cure),
          scenario === undefined ? '' : copyable(scenario.customerId),
        ],
      };
    },
  );
  return table(
    ['code', 'status', 'type', 'retried by the client', 'cause', 'what to do', 'mock customer'],
    rows,
    'wide',
  );
}

function scenarioTable(): string {
  const rows = scenarios.flatMap((scenario): Row[] => {
    if (scenario.status !== 200) return [];
    const { name, summary, description, customerId, body } = scenario;
    const balances = body.data.map(
      ({ currency_code: currency, balance }) =>
        `${currency}: ${totals.map((total) => `${total} ${shownAmount(balance[total], currency)}`).join(', ')}`,
    );
    return [
      {
        id: `scenario-${name}`,
        cells: [
          breakable(name),
          `<strong>${escaped(summary)}.</strong> ${inline(description)}`,
          balances.map(escaped).join('<br>') || 'empty list',
          copyable(customerId),
        ],
      },
    ];
  });
  return `The scenarios with status 200; those of the errors are in the table above.\n\n${table(['scenario', 'what it shows', 'balances', 'mock customer'], rows, 'wide')}`;
}
