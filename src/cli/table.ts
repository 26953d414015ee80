import stringWidth from 'string-width';

export interface TableOptions {
  /** The numbers of the columns that hold amounts, which end at one edge. */
  right?: number[];
  /** How many columns the terminal has; undefined where there is none, so that nothing breaks. */
  width?: number | undefined;
}

/** How many columns a terminal has; undefined for any other stream, and where the terminal does not know it. */
export function findWidth({ columns }: Pick<NodeJS.WriteStream, 'columns'>): number | undefined {
  return columns || undefined;
}

/** How many columns a text takes: Asian characters take two, what is invisible takes none. */
function measure(text: string): number {
  return stringWidth(text.replace(/\p{Cf}/gu, ''));
}

/** Formats columns under their heads; where the terminal is too narrow for them, as records. */
export function formatTable(head: string[], rows: string[][], { right = [], width }: TableOptions = {}): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => measure(row[column] ?? ''))));
  if (!fitsLine(makeRule(widths).join('  '), width)) return rows.map((row) => formatRecord(head, row)).join('\n');
  return [head, makeRule(widths), ...rows].map((row) => formatRow(row, widths, right)).join('\n');
}

/** Whether a line fits a terminal. */
export function fitsLine(line: string, width = Number.POSITIVE_INFINITY): boolean {
  return measure(line) <= width;
}

/** The line between the heads and the rows. */
export function makeRule(widths: readonly number[]): string[] {
  return widths.map((width) => '-'.repeat(width));
}

/** One line, with two spaces between the cells. */
export function formatRow(cells: readonly string[], widths: readonly number[], right: readonly number[] = []): string {
  const padded = cells.map((cell, column) => {
    const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - measure(cell)));
    return right.includes(column) ? space + cell : cell + space;
  });
  return padded.join('  ').trimEnd();
}

/** Each cell on a line of its own with its name, those after the first indented. */
export function formatRecord([head, ...names]: readonly string[], [first, ...cells]: readonly string[]): string {
  const longest = Math.max(...names.map((name) => name.length));
  const lines = cells.map((cell, column) => `  ${(names[column] ?? '').padEnd(longest)}  ${cell}`);
  return [`${head} ${first}`, ...lines].join('\n');
}
