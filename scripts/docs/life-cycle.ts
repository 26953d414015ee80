import type { CreditBalance, CreditBalanceList } from '../../generated/openapi.js';
import { type Description, type Example, methods, resolve } from '../generate/openapi.ts';
import { escaped } from './html.ts';
import { shownAmount, shownTotals, totals } from './totals.ts';

interface Stage {
  name: string;
  title: string;
  story: string;
  after: string | undefined;
  balance: CreditBalance;
}

/** In the units of the drawing, which is as wide as the text of a small phone. */
const width = 292;
const gap = 12;
const arrow = 34;
const padding = 10;
const lineHeight = 17;
const letter = 7;

/** The life cycle of a credit as the examples tell it (`x-life-cycle-after`), drawn as a tree from top to bottom. */
export function lifeCycle(description: Description): string {
  const levels = inLevels(stages(description));
  const places = new Map<string, { x: number; top: number; bottom: number }>();
  let drawing = '';
  let top = 0;
  for (const level of levels) {
    const nodeWidth = (width - gap * (level.length - 1)) / level.length;
    const titles = level.map(({ title }) => wrapped(title, Math.floor((nodeWidth - 2 * padding) / letter)));
    const lines = Math.max(...titles.map(({ length }) => length));
    const height = 2 * padding + (lines + totals.length) * lineHeight + 24;
    level.forEach((stage, index) => {
      const left = index * (nodeWidth + gap);
      const x = left + nodeWidth / 2;
      const parent = places.get(stage.after ?? '');
      if (parent !== undefined) drawing += connector(parent.x, parent.bottom, x, top);
      drawing += `<g transform="translate(${left} ${top})">${node(stage, titles[index] ?? [], lines, nodeWidth, height)}</g>`;
      places.set(stage.name, { x, top, bottom: top + height });
    });
    top += height + arrow;
  }
  const story = levels.flat().map(({ title, story, balance }) => `${title}. ${story} ${shownTotals(balance)}.`);
  const [wide, high] = [width + 2, top - arrow + 2];
  return `<figure class="life-cycle"><svg width="${wide}" height="${high}" viewBox="-1 -1 ${wide} ${high}" role="img" aria-labelledby="life-cycle-title life-cycle-text"><title id="life-cycle-title">The life cycle of a credit</title><desc id="life-cycle-text">${escaped(story.join(' '))}</desc>${drawing}</svg><figcaption>${escaped(caption(levels))}</figcaption></figure>`;
}

function stages(description: Description): Stage[] {
  const found: Stage[] = [];
  for (const item of Object.values(description.paths ?? {})) {
    for (const method of methods) {
      for (const reference of Object.values(resolve(description, item)[method]?.responses ?? {})) {
        for (const { examples = {} } of Object.values(resolve(description, reference).content ?? {})) {
          for (const [name, example] of Object.entries(examples)) {
            found.push(...stage(name, resolve<Example>(description, example)));
          }
        }
      }
    }
  }
  const followed = new Set(found.map(({ after }) => after));
  return found.filter(({ name, after }) => after !== undefined || followed.has(name));
}

function stage(name: string, { summary = name, description: story = '', value, ...rest }: Example): Stage[] {
  const [balance] = (value as Partial<CreditBalanceList>).data ?? [];
  if (balance === undefined) return [];
  const after = rest['x-life-cycle-after'];
  // What stands before the colon groups the examples in a list, which a drawing does by itself.
  const title = summary.replace(/^[^:]*: */, '').replace(/^./, (first) => first.toUpperCase());
  return [{ name, title, story, after: typeof after === 'string' ? after : undefined, balance }];
}

function inLevels(all: Stage[]): Stage[][] {
  const levels: Stage[][] = [];
  let level = all.filter(({ after }) => after === undefined);
  while (level.length > 0) {
    levels.push(level);
    const names = level.map(({ name }) => name);
    level = all.filter(({ after }) => after !== undefined && names.includes(after));
  }
  if (levels.length === 0) throw new Error('No example says x-life-cycle-after, so there is no life cycle to draw.');
  return levels;
}

function node({ balance }: Stage, title: string[], lines: number, nodeWidth: number, height: number): string {
  const inner = nodeWidth - 2 * padding;
  const amounts = totals.map((total) => Number(balance.balance[total]));
  const sum = amounts.reduce((left, right) => left + right, 0);
  let text = title.map((line, index) => words(padding, padding + 12 + index * lineHeight, line, 'stage')).join('');
  let y = padding + lines * lineHeight + 6;
  let x = padding;
  for (const [index, total] of totals.entries()) {
    const share = sum === 0 ? 0 : (inner * (amounts[index] ?? 0)) / sum;
    if (share > 0) text += `<rect class="${total}" x="${x}" y="${y}" width="${share.toFixed(1)}" height="10"></rect>`;
    x += share;
  }
  y += 10 + lineHeight;
  for (const total of totals) {
    text += `<rect class="${total}" x="${padding}" y="${y - 9}" width="10" height="10" rx="2"></rect>`;
    text += words(padding + 17, y, total);
    text += words(nodeWidth - padding, y, shownAmount(balance.balance[total], balance.currency_code), 'amount');
    y += lineHeight;
  }
  return `<rect class="box" width="${nodeWidth}" height="${height}" rx="8"></rect>${text}`;
}

function words(x: number, y: number, text: string, kind?: string): string {
  return `<text${kind === undefined ? '' : ` class="${kind}"`} x="${x}" y="${y}">${escaped(text)}</text>`;
}

function connector(fromX: number, fromY: number, toX: number, toY: number): string {
  const line = `M${fromX} ${fromY}V${(fromY + toY) / 2}H${toX}V${toY - 6}`;
  const head = `M${toX - 5} ${toY - 8}L${toX} ${toY - 1}L${toX + 5} ${toY - 8}Z`;
  return `<path class="line" d="${line}"></path><path class="head" d="${head}"></path>`;
}

function wrapped(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function caption(levels: Stage[][]): string {
  const currencies = new Set(levels.flat().map(({ balance }) => balance.currency_code));
  return `One credit, stage by stage. Amounts in ${[...currencies].join(', ')}.`;
}
