import { currencies } from '../../generated/currencies.js';
import { errorCodes } from '../../generated/error-codes.js';
import { type Scenario, scenarios } from '../../generated/scenarios.js';
import { servers } from '../../generated/servers.js';
import { apiKeyPattern, keyPrefixes } from '../../src/keys.ts';
import type { Description } from '../generate/openapi.ts';
import { cards, code, escaped, inline, table } from './html.ts';
import { lifeCycle } from './life-cycle.ts';
import { shownTotals } from './totals.ts';

/** What the page adds to the description's own words, by the name that the description calls it by. */
export function sections(description: Description): Record<string, string> {
  return {
    version: version(description),
    'life-cycle': lifeCycle(description),
    currencies: currencyTable(),
    keys: keys(),
    errors: errors(),
    scenarios: credits(),
  };
}

function version({ info, paths = {} }: Description): string {
  const operations = Object.values(paths).flatMap((item) => ('get' in item && item.get ? [item.get.operationId] : []));
  const links = operations.map((id) => `[The operation](#/other/${id})`);
  return [`Version ${info.version}`, ...links, '[What changed](#/section/what-changed)'].join(' · ');
}

function currencyTable(): string {
  const rows = Object.entries<{ name: string; minorUnits?: number }>(currencies).map(([currency, facts]) => [
    code(currency),
    escaped(facts.name),
    String(facts.minorUnits ?? 'uncertain'),
  ]);
  return `<div class="currencies">${table(['code', 'name', 'decimals'], rows)}</div>`;
}

function keys(): string {
  const entries = Object.entries(servers).map(([environment, url]) => ({
    id: `key-${environment}`,
    term: `The ${escaped(environment)} server`,
    lines: [code(url), `takes keys that start with ${code(keyPrefixes[environment as keyof typeof servers])}`],
  }));
  return `${cards(entries)}\n\nThe whole pattern of a current key:\n\n\`\`\`text\n${apiKeyPattern.source}\n\`\`\``;
}

function errors(): string {
  const entries = Object.entries(errorCodes).map(([name, { cause, cure }]) => {
    const scenario = scenarios.find(({ status, body }) => status !== 200 && body.error.code === name);
    return {
      id: `error-${name}`,
      term: `${code(name)}${scenario === undefined ? '' : ` <span class="status">${scenario.status}</span>`}`,
      lines: [
        inline(cause),
        `<strong>What to do:</strong> ${inline(cure)}`,
        ...(scenario === undefined ? [] : [reservedId(scenario)]),
      ],
    };
  });
  return cards(entries);
}

function credits(): string {
  const entries = scenarios.flatMap((scenario) => {
    if (scenario.status !== 200) return [];
    const { name, summary, description, body } = scenario;
    const term = `${code(name)} <span class="status">${scenario.status}</span>`;
    const lines = [
      `<strong>${escaped(summary)}.</strong> ${inline(description)}`,
      ...body.data.map((balance) => `<span class="totals">${escaped(shownTotals(balance))}</span>`),
      reservedId(scenario),
    ];
    return [{ id: `scenario-${name}`, term, lines }];
  });
  return cards(entries);
}

function reservedId({ customerId }: Scenario): string {
  return `<span class="reserved-id">Mock customer: ${code(customerId)}</span>`;
}
