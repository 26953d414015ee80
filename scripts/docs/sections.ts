import { currencies } from '../../generated/currencies.js';
import { errorCodes } from '../../generated/error-codes.js';
import { servers } from '../../generated/operations.js';
import { scenarios } from '../../generated/scenarios.js';

import type { Description } from '../generate/openapi.ts';
import { formatChangelog } from './changes.ts';
import { makeFinanceSection } from './finance.ts';
import { isRetryableStatus } from './from-src.ts';
import { escapeHtml, type Row, renderCode, renderCopyable, renderInline, renderName, renderTable } from './html.ts';
import { renderLifeCycle } from './life-cycle.ts';
import { showAmount, totals } from './totals.ts';

/** Where Redoc puts a section, or what has an id in it. */
export function makeAddress(section: string, id?: string): string {
  return `#/${section.toLowerCase().replace(/[^a-z]+/g, '-')}${id === undefined ? '' : `#${id}`}`;
}

/** What the page adds to the sections of the description's own text, by their headings. */
export function makeAdditions(description: Description): Record<string, string> {
  return {
    'How credit moves': renderLifeCycle(description),
    Amounts: renderCurrencyTable(),
    Keys: renderServerTable(),
    Errors: renderErrorTable(),
    Scenarios: renderScenarioTable(),
  };
}

/** Sections that are of this project, and no part of the contract. */
export function makeNewSections(changelog: string): { name: string; description: string }[] {
  return [
    { name: 'Credit of all customers', description: makeFinanceSection() },
    { name: 'What changed', description: formatChangelog(changelog) },
  ];
}

function renderCurrencyTable(): string {
  const rows = Object.entries<{ name: string; minorUnits?: number }>(currencies).map(([currency, facts]) => ({
    id: `currency-${currency}`,
    cells: [renderCode(currency), escapeHtml(facts.name), String(facts.minorUnits ?? 'not known for certain')],
  }));
  return renderTable(['code', 'name', 'decimals'], rows);
}

function renderServerTable(): string {
  const rows = Object.entries(servers).map(([environment, { url, keyPrefix }]) => ({
    id: `server-${environment}`,
    cells: [escapeHtml(environment), renderCode(url), renderCode(`${keyPrefix}…`)],
  }));
  return renderTable(['environment', 'server', 'its API keys start with'], rows, 'wide');
}

function renderErrorTable(): string {
  const rows = Object.entries<{ cause: string; cure: string; status?: string }>(errorCodes).map(
    ([name, { cause, cure, status: documented }]): Row => {
      const scenario = scenarios.find(({ body }) => 'error' in body && body.error.code === name);
      const status = scenario?.status ?? Number(documented);
      return {
        id: `error-${name}`,
        cells: [
          renderName(name),
          Number.isNaN(status) ? '' : String(status),
          scenario !== undefined && 'error' in scenario.body ? renderName(scenario.body.error.type) : '',
          isRetryableStatus(status) ? 'yes' : status === 401 ? 'once, if the key is a function' : 'no',
          renderInline(cause),
          renderInline(cure),
          scenario === undefined ? '' : renderCopyable(scenario.customerId),
        ],
      };
    },
  );
  return renderTable(
    ['code', 'status', 'type', 'retried by the client', 'cause', 'what to do', 'mock customer'],
    rows,
    'wide',
  );
}

function renderScenarioTable(): string {
  const rows = scenarios.flatMap((scenario): Row[] => {
    if (scenario.status !== 200) return [];
    const { name, summary, description, customerId, body } = scenario;
    const balances = body.data.map(
      ({ currency_code: currency, balance }) =>
        `${currency}: ${totals.map((total) => `${total} ${showAmount(balance[total], currency)}`).join(', ')}`,
    );
    return [
      {
        id: `scenario-${name}`,
        cells: [
          renderName(name),
          `<strong>${escapeHtml(summary)}.</strong> ${renderInline(description)}`,
          balances.map(escapeHtml).join('<br>') || 'empty list',
          renderCopyable(customerId),
        ],
      },
    ];
  });
  return `The scenarios with status 200; those of the errors are in the table above.\n\n${renderTable(['scenario', 'what it shows', 'balances', 'mock customer'], rows, 'wide')}`;
}
