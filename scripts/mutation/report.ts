import { readFileSync } from 'node:fs';

interface Position {
  line: number;
  column: number;
}

/** What of Stryker's JSON report is read. */
interface StrykerReport {
  files: Record<
    string,
    {
      source: string;
      mutants: {
        status: string;
        replacement: string;
        location: { start: Position; end: Position };
      }[];
    }
  >;
}

/** A change of the sources that no test noticed. */
export interface Survivor {
  line: number;
  column: number;
  original: string;
  replacement: string;
}

export interface FileResult {
  file: string;
  killed: number;
  survivors: Survivor[];
}

/** Reads the results of each source. @param reports the files that Stryker's runs wrote. */
export function readResults(reports: readonly string[]): FileResult[] {
  return reports
    .flatMap((report) => Object.entries((JSON.parse(readFileSync(report, 'utf8')) as StrykerReport).files))
    .map(([file, { source, mutants }]) => {
      const lines = source.split('\n');
      const survivors = mutants
        .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
        .map(({ location: { start, end }, replacement }) => ({
          ...start,
          original: readText(lines, start, end),
          replacement,
        }))
        .sort((left, right) => left.line - right.line || left.column - right.column);
      // What runs into the time limit is noticed too; what does not compile, or is ignored, counts nowhere.
      const killed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
      return { file, killed, survivors };
    })
    .sort((left, right) => (left.file < right.file ? -1 : 1));
}

function readText(lines: readonly string[], start: Position, end: Position): string {
  const chosen = lines.slice(start.line - 1, end.line);
  const last = chosen.length - 1;
  return chosen
    .map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined))
    .join('\n');
}

export interface Score {
  name: string;
  killed: number;
  all: number;
}

/** The score of each folder of src, and of all together. */
export function countScores(results: readonly FileResult[]): Score[] {
  const folders = [...new Set(results.map(({ file }) => findFolder(file)))].sort();
  const countOf = (name: string, chosen: readonly FileResult[]) => {
    const killed = chosen.reduce((sum, result) => sum + result.killed, 0);
    return { name, killed, all: chosen.reduce((sum, { survivors }) => sum + survivors.length, killed) };
  };
  return [
    ...folders.map((folder) =>
      countOf(
        folder,
        results.filter(({ file }) => findFolder(file) === folder),
      ),
    ),
    countOf('all', results),
  ];
}

const findFolder = (file: string) => file.split('/').slice(0, 2).join('/');

export const shareOf = ({ killed, all }: Score) => (all === 0 ? 1 : killed / all);

/** The scores, and each survivor by its place, as Markdown. */
export function formatResults(results: readonly FileResult[]): string {
  const scores = countScores(results).map(
    (score) =>
      `| ${score.name} | ${score.all} | ${score.all - score.killed} | ${(100 * shareOf(score)).toFixed(1)} % |`,
  );
  const files = results
    .filter(({ survivors }) => survivors.length > 0)
    .flatMap(({ file, survivors }) => ['', `### ${file}`, '', ...survivors.map(formatSurvivor)]);
  return ['| folder | mutants | survivors | score |', '| --- | --- | --- | --- |', ...scores, ...files].join('\n');
}

function formatSurvivor({ line, column, original, replacement }: Survivor): string {
  return `- ${line}:${column} ${quoteCode(original)} → ${quoteCode(replacement)}`;
}

/** Between more backticks than there are in a row in it. */
function quoteCode(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const shown = line.length > 70 ? `${line.slice(0, 70)}…` : line;
  const runs = shown.match(/`+/g) ?? [];
  if (shown === '' || runs.length === 0) return shown === '' ? '(nothing)' : `\`${shown}\``;
  const ticks = '`'.repeat(Math.max(...runs.map((run) => run.length)) + 1);
  return `${ticks} ${shown} ${ticks}`;
}
