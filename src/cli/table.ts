export interface TableOptions {
  /** The numbers of the columns that hold amounts, which end at one edge. */
  right?: number[];
  /** How wide the terminal is, in characters; undefined where there is none, so that nothing breaks. */
  width?: number | undefined;
}

/** Formats columns under their heads; where the terminal is too narrow for them, as records. */
export function formatTable(head: string[], rows: string[][], { right = [], width }: TableOptions = {}): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  if (!fits(widths, width)) return rows.map((row) => formatRecord(head, row)).join('\n');
  return [head, makeRule(widths), ...rows].map((row) => formatRow(row, widths, right)).join('\n');
}

/** Whether columns of these widths fit a terminal. */
export function fits(widths: readonly number[], width = Number.POSITIVE_INFINITY): boolean {
  return formatRow(makeRule(widths), widths).length <= width;
}

/** The line between the heads and the rows. */
export function makeRule(widths: readonly number[]): string[] {
  return widths.map((width) => '-'.repeat(width));
}

/** One line, with two spaces between the cells. */
export function formatRow(cells: readonly string[], widths: readonly number[], right: readonly number[] = []): string {
  const padded = cells.map((cell, column) => {
    const width = widths[column] ?? 0;
    return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
  });
  return padded.join('  ').trimEnd();
}

/** Each cell on a line of its own with its name, those after the first indented. */
export function formatRecord([head, ...names]: readonly string[], [first, ...cells]: readonly string[]): string {
  const longest = Math.max(...names.map((name) => name.length));
  const lines = cells.map((cell, column) => `  ${(names[column] ?? '').padEnd(longest)}  ${cell}`);
  return [`${head} ${first}`, ...lines].join('\n');
}
