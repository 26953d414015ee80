import { readFileSync, writeFileSync } from 'node:fs';

/** Puts the text where a README has the last one, between two comments. */
export function insertTable(readme: URL, text: string): void {
  const parts = readFileSync(readme, 'utf8').split(/(?<=<!-- table -->\n)[\s\S]*(?=<!-- \/table -->)/);
  if (parts.length !== 2) throw new Error(`${readme.pathname} has no place for the table.`);
  writeFileSync(readme, parts.join(`\n${text}\n\n`));
}
