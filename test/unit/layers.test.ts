import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, test } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const sources = listFiles('src', '.ts');

/** The folders of `src/`, each with those that it may import from. The files directly in `src/` are the entries. */
const below: Record<string, string[]> = {
  errors: [],
  options: ['errors'],
  http: ['errors', 'options'],
  mock: ['errors', 'options', 'http'],
  verify: ['errors', 'options', 'http'],
  'credit-balances': ['errors', 'options', 'http', 'mock', 'verify'],
  cli: ['errors', 'options', 'http', 'mock', 'verify', 'credit-balances'],
};
const entries = sources.filter((file) => folderOf(file) === undefined);

function listFiles(folder: string, ...endings: string[]): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`);
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function folderOf(file: string): string | undefined {
  return /^src\/([^/]+)\//.exec(file)?.[1];
}

/** What a file imports, types too: files as paths from the root, packages as they are named. */
function importsOf(file: string): { files: string[]; packages: string[] } {
  const specifiers = [...read(file).matchAll(/(?:\bfrom|\bimport) ?\(?'([^']+)'/g)].map(([, name]) => name as string);
  const files = specifiers
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.join(path.posix.dirname(file), name).replace(/\.js$/, ''))
    .map((name) => ['.ts', '.js', '.d.ts'].map((ending) => name + ending).find(isFile) ?? `nothing at ${name}`);
  return { files, packages: specifiers.filter((name) => !name.startsWith('.')) };
}

function isFile(file: string): boolean {
  return existsSync(path.join(root, file));
}

/** All files that loading one may load, but for itself unless a file among them imports it. */
function reachableFrom(file: string, found = new Set<string>()): Set<string> {
  for (const imported of importsOf(file).files) {
    if (found.has(imported)) continue;
    found.add(imported);
    reachableFrom(imported, found);
  }
  return found;
}

it('every folder of src/ is a layer that imports from those below it and from generated/ alone', () => {
  expect([...new Set(sources.flatMap((file) => folderOf(file) ?? []))].sort()).toEqual(Object.keys(below).sort());
  const wrong = sources.flatMap((file) => {
    const own = folderOf(file);
    const allowed = own === undefined ? Object.keys(below) : [own, ...(below[own] ?? [])];
    return importsOf(file)
      .files.filter((other) => !other.startsWith('generated/') && !allowed.includes(folderOf(other) ?? 'an entry'))
      .map((other) => `${file} imports ${other}`);
  });
  expect(wrong).toEqual([]);
});

it('generated/ imports nothing but itself', () => {
  const imports = listFiles('generated', '.js', '.d.ts').map(importsOf);
  expect(imports.flatMap(({ files }) => files.filter((file) => !file.startsWith('generated/')))).toEqual([]);
  expect(imports.flatMap(({ packages }) => packages)).toEqual([]);
});

it('no file of src/ imports itself, however far around', () => {
  expect(sources.filter((file) => reachableFrom(file).has(file))).toEqual([]);
});

it('the command line is loaded by its own entry alone', () => {
  const users = sources.filter((file) => importsOf(file).files.some((other) => folderOf(other) === 'cli'));
  expect(users.filter((file) => folderOf(file) !== 'cli')).toEqual(['src/cli.ts']);
});

it('the entries re-export and do nothing else', () => {
  const others = entries.filter((file) => file !== 'src/cli.ts');
  expect(others).toContain('src/index.ts');
  const statements = others.flatMap((file) =>
    read(file)
      .replace(/\/\*\*[\s\S]*?\*\/\n/g, '')
      .split(/;\n/)
      .filter(Boolean),
  );
  expect(statements.filter((statement) => !/^export (type )?\{[^}]+\} from '[^']+'$/.test(statement))).toEqual([]);
});

it('what a worker loads needs neither Node nor Prism', () => {
  const wrong = entries
    .filter((entry) => !['src/mock.ts', 'src/cli.ts'].includes(entry))
    .flatMap((entry) => [entry, ...reachableFrom(entry)])
    .filter((file) => importsOf(file).packages.some((name) => /^node:|^@stoplight\/|^commander$/.test(name)));
  expect(wrong).toEqual([]);
});

it('one file knows Prism', () => {
  const users = sources.filter((file) => importsOf(file).packages.some((name) => name.startsWith('@stoplight/')));
  expect(users).toEqual(['src/mock/prism.ts']);
});

it('credit-balances/ and cli/ alone know which operation the contract describes', () => {
  const words = sources.flatMap((file) => {
    const folder = folderOf(file) ?? '';
    if (['', 'credit-balances', 'cli'].includes(folder)) return [];
    // What the probes look for is given to verify/, another customer among it.
    const known =
      folder === 'verify'
        ? /credit|balance|(?<!con)currenc|ledger/gi
        : /credit|balance|(?<!con)currenc|ledger|customer/gi;
    return (read(file).match(known) ?? []).map((word) => `${file} says ${word}`);
  });
  expect(words).toEqual([]);
});

test('no file of src/ has more than 150 lines', () => {
  expect(sources.filter((file) => read(file).split('\n').length > 151)).toEqual([]);
});
