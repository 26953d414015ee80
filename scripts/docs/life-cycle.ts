import type { CreditBalance, CreditBalanceList } from '../../generated/openapi.js';
import { type Description, type Example, methods, resolve } from '../generate/openapi.ts';
import { escapeHtml, renderCode } from './html.ts';
import { makeAddress } from './sections.ts';
import { showAmount, totals } from './totals.ts';

interface Stage {
  name: string;
  event: string;
  after: string | undefined;
  balance: CreditBalance;
}

/** The life cycle of a credit as the examples tell it (`x-life-cycle-after`): a tree of events, and what each leaves. */
export function renderLifeCycle(description: Description): string {
  const stages = findStages(description);
  if (stages.length === 0) throw new Error('No example has x-life-cycle-after, so there is no life cycle to draw.');
  const currencies = new Set(stages.map(({ balance }) => balance.currency_code));
  return `<figure class="life-cycle">${renderBranches(stages, undefined)}<figcaption>One credit, event by event, in ${[...currencies].join(', ')}.</figcaption></figure>`;
}

function renderBranches(stages: Stage[], after: string | undefined): string {
  const items = stages
    .filter((stage) => stage.after === after)
    .map((stage) => `<li>${renderArrow(stage)}${renderBox(stage)}${renderBranches(stages, stage.name)}</li>`);
  return items.length === 0 ? '' : `<ul>${items.join('')}</ul>`;
}

function renderArrow({ event }: Stage): string {
  return `<div class="event">${escapeHtml(event)}</div>`;
}

function renderBox({ name, balance: { balance, currency_code: currency } }: Stage): string {
  const bars = totals.map((total) => `<div class="${total}" style="flex-grow: ${Number(balance[total])}"></div>`);
  const amounts = totals.map(
    (total) => `<div class="${total}">${total} <b>${showAmount(balance[total], currency)}</b></div>`,
  );
  return `<a class="stage" href="${makeAddress('Scenarios', `scenario-${name}`)}">${renderCode(name)}<div class="bar">${bars.join('')}</div><div class="amounts">${amounts.join('')}</div></a>`;
}

function findStages(description: Description): Stage[] {
  const found: Stage[] = [];
  for (const item of Object.values(description.paths ?? {})) {
    for (const method of methods) {
      for (const response of Object.values(resolve(description, item)[method]?.responses ?? {})) {
        for (const { examples = {} } of Object.values(resolve(description, response).content ?? {})) {
          for (const [name, example] of Object.entries(examples)) {
            found.push(...readStage(name, resolve<Example>(description, example)));
          }
        }
      }
    }
  }
  const followed = new Set(found.map(({ after }) => after));
  return found.filter(({ name, after }) => after !== undefined || followed.has(name));
}

function readStage(name: string, { summary = name, value, ...rest }: Example): Stage[] {
  const [balance] = (value as Partial<CreditBalanceList> | undefined)?.data ?? [];
  if (balance === undefined) return [];
  const after = rest['x-life-cycle-after'];
  // What stands before the colon groups the examples in a list, which a drawing does by itself.
  return [
    { name, event: summary.replace(/^[^:]*: */, ''), after: typeof after === 'string' ? after : undefined, balance },
  ];
}
