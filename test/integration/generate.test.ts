import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { scenarios as ours } from '../../generated/scenarios.js';
import { inlineImports } from '../../scripts/generate/compile.ts';
import { makeFiles } from '../../scripts/generate/files.ts';
import { inlineDefinitions } from '../../scripts/generate/inline.ts';
import type { Description, Schema } from '../../scripts/generate/openapi.ts';
import { description } from '../support/description.ts';
import { makeLargeDescription } from '../support/large-description.ts';
import { root, runScript } from '../support/process.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'contract-'));
});
afterEach(() => rm(folder, { recursive: true }));

const generate = (...args: string[]) => runScript('scripts/generate.ts', args, folder);
const edit = async (file: string, change: (text: string) => string) => {
  const text = await readFile(path.join(folder, file), 'utf8');
  expect(change(text)).not.toBe(text);
  await writeFile(path.join(folder, file), change(text));
};

/** The parts of the project that the generator reads and writes, in a folder of their own. */
async function copyProject() {
  for (const name of ['openapi', 'generated', 'redocly.yaml', 'scripts/redocly-rules.js']) {
    await cp(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
}

describe('npm run check:generated', () => {
  beforeEach(copyProject);

  it('is content with the files as they are, writes nothing, and generating again changes nothing', async () => {
    const before = await files();
    const check = await generate('--check');
    expect(check.stdout).toMatch(/files in generated are up to date/);
    expect(check.code).toBe(0);
    const again = await generate();
    expect(again.stdout).toMatch(/were up to date/);
    expect(await files()).toEqual(before);
  });

  test.each<[string, string, (text: string) => string, RegExp]>([
    [
      'a comment in a source',
      'openapi/components/schemas/Meta.yaml',
      (text) => `${text}# why\n`,
      /^generated\/README\.md is out of date$/m,
    ],
    [
      'a pattern',
      'openapi/components/schemas/Amount.yaml',
      (text) => text.replace('-?', ''),
      /^generated\/operations\.js is out of date$/m,
    ],
    [
      'a total in an example',
      'openapi/components/examples/CreditBalanceList/credited.yaml',
      (text) => text.replace('10000', '1'),
      /^generated\/scenarios\.js is out of date$/m,
    ],
    [
      'a currency',
      'openapi/components/schemas/CurrencyCode.yaml',
      (text) => text.replace('US Dollar', 'Dollar'),
      /^generated\/currencies\.js is out of date$/m,
    ],
    [
      'a generated file',
      'generated/openapi.d.ts',
      (text) => text.replace('string', 'number'),
      /^generated\/openapi\.d\.ts is out of date$/m,
    ],
  ])(
    'notices an edit of %s, names the stale file and the command, and writes nothing',
    async (_, file, change, line) => {
      await edit(file, change);
      const before = await files();
      const { code, stderr } = await generate('--check');
      expect(stderr).toMatch(line);
      expect(stderr).toMatch(/^To fix (it|them): npm run generate$/m);
      expect(code).toBe(1);
      expect(await files()).toEqual(before);
    },
  );

  it('notices a generated file that is missing and one that does not belong, which generate mends', async () => {
    const before = await files();
    await rm(path.join(folder, 'generated/scenarios.d.ts'));
    await writeFile(path.join(folder, 'generated/notes.txt'), 'mine');
    const { code, stderr } = await generate('--check');
    expect(stderr).toMatch(/generated\/scenarios\.d\.ts is missing\n.*generated\/notes\.txt is not generated/);
    expect(code).toBe(1);
    expect((await generate()).stdout).toBe('wrote generated/scenarios.d.ts\nremoved generated/notes.txt\n');
    expect(await files()).toEqual(before);
  });

  it('notices a contract that breaks its rules', async () => {
    await edit('openapi/components/examples/CreditBalanceList/credited.yaml', (text) =>
      text.replace('"10000"', '10000'),
    );
    const { code, stderr, stdout } = await generate('--check');
    expect(stdout + stderr).toMatch(/must be string/);
    expect(code).toBe(1);
  });

  async function files() {
    const names = await readdir(path.join(folder, 'generated'));
    return Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, 'generated', name), 'utf8')]));
  }
});

describe('the generator', () => {
  it('makes the same files each time, each with a banner that names tool, source and command', async () => {
    const spec = path.join(root, 'openapi/openapi.yaml');
    const [first, second] = [await makeFiles(spec), await makeFiles(spec)];
    expect(first).toEqual(second);
    for (const [name, text] of first) {
      expect(text.slice(0, 200), name).toMatch(
        /Generated by scripts\/generate\.ts from openapi\/openapi\.yaml.*npm run generate/,
      );
    }
    expect(first.get('operations.js')).not.toMatch(/\bimport\b|\brequire\(/);
  });

  it('holds no word about credit balances', async () => {
    const sources = [
      'generate.ts',
      ...(await readdir(path.join(root, 'scripts/generate'))).map((name) => `generate/${name}`),
    ];
    expect(sources.length).toBeGreaterThan(5);
    for (const source of sources) {
      expect(await readFile(path.join(root, 'scripts', source), 'utf8'), source).not.toMatch(
        /credit|balance|customer|currenc|paddle/i,
      );
    }
  });

  it('gives a second operation its types, data, validators and scenarios from YAML alone', async () => {
    await cp(path.join(root, 'openapi'), path.join(folder, 'openapi'), { recursive: true });
    await addOperation(path.join(folder, 'openapi'));
    const { code, stderr } = await generate('--spec', 'openapi/openapi.yaml', '--out', 'out');
    expect(stderr).toBe('');
    expect(code).toBe(0);

    const { scenarios } = await import(pathToFileURL(path.join(folder, 'out/scenarios.js')).href);
    expect(scenarios).toContainEqual({
      operation: 'get-refund',
      name: 'partial',
      summary: 'Part of the money is back',
      status: 200,
      refundId: 'ref_1',
      headers: { 'Content-Type': 'application/json', 'X-Left': '1', 'X-Kind': 'partial' },
      body: { id: 'ref_1', tags: ['late'], state: 'partial' },
    });
    expect(
      scenarios.filter(({ operation }: { operation: string }) => operation === 'list-credit-balances'),
    ).toHaveLength(ours.length);

    const { Refund, operations, errorResponses, outlines } = await import(
      pathToFileURL(path.join(folder, 'out/operations.js')).href
    );
    const refund = { id: 'ref_1', tags: ['late'], state: 'partial' };
    expect(Refund(refund)).toBe(true);
    expect(Refund({ ...refund, state: 'a state that comes later' })).toBe(true);
    for (const wrong of [{ id: '' }, { id: 5 }, { tags: ['a', 'a'] }, { state: null }]) {
      expect(Refund({ ...refund, ...wrong }), JSON.stringify(wrong)).toBe(false);
    }

    const { method, path: template, parameters, responses } = operations['get-refund'];
    expect({ method, template }).toEqual({ method: 'GET', template: '/refunds/{refund_id}' });
    expect(parameters).toMatchObject([{ name: 'refund_id', in: 'path', required: true, property: 'refundId' }]);
    const { 200: found } = responses;
    const { 404: missing, default: any } = errorResponses['get-refund'];
    expect([responses, errorResponses['get-refund']].map(Object.keys)).toEqual([['200'], ['404', 'default']]);
    expect(any).toEqual({ headers: {}, content: {} });
    expect(Object.keys(missing.content)).toEqual(['application/json']);
    const { schema, validate } = found.content['application/json'];
    expect(outlines[schema].properties).toMatchObject({ made: { format: 'date' }, state: { refs: ['RefundState'] } });
    expect(outlines.RefundState).toMatchObject({ known: ['partial', 'full'] });
    // A format is no more than an annotation.
    expect([validate(refund), validate({ ...refund, made: 'today' }), validate({})]).toEqual([true, true, false]);
    const { 'X-Left': left, 'X-Kind': kind } = found.headers;
    expect({ left, kind }).toMatchObject({
      left: { required: true, types: ['integer'] },
      kind: { required: false, types: ['string'] },
    });
    const checked = [left.validate(1), left.validate('1'), kind.validate('partial'), kind.validate(5)];
    expect(checked).toEqual([true, false, true, false]);

    const { refundStates } = await import(pathToFileURL(path.join(folder, 'out/refund-states.js')).href);
    expect(refundStates).toEqual({ partial: { words: 'a part' }, full: { words: 'all of it' } });

    await writeFile(
      path.join(folder, 'use.ts'),
      `import type { operations, Refund } from './out/openapi.js';
       import type { Scenario } from './out/scenarios.js';
       export const answer: operations['get-refund']['responses'][200]['content']['application/json'] = { id: 'r', tags: [], state: 'partial' };
       export const state: Refund['state'] = 'a state that comes later';
       export const scenario = (one: Extract<Scenario, { name: 'partial' }>): 'ref_1' => one.refundId;
       // @ts-expect-error the id is a string
       export const wrong: Refund['id'] = 5;`,
    );
    expect(compile(path.join(folder, 'use.ts'))).toEqual([]);
  });

  it('puts the schemas of our own description into each other, so that one function checks a body', () => {
    const schemas = definitions(description);
    expect(JSON.stringify(schemas)).toContain('"$ref"');
    expect(JSON.stringify(inlineDefinitions(schemas))).not.toContain('"$ref"');
  });

  it('makes of a large description no more code than plain Ajv makes with references', async () => {
    const large = makeLargeDescription();
    await writeFile(path.join(folder, 'large.json'), JSON.stringify(large));
    const files = await makeFiles(path.join(folder, 'large.json'));

    const ajv = new Ajv2020({
      code: { source: true, esm: true, lines: true },
      allErrors: true,
      validateFormats: false,
    });
    ajv.addVocabulary(['example']);
    ajv.addSchema({ $id: 'large', $defs: definitions(large) });
    const names = Object.keys(definitions(large)).map((name) => [name, `large#/$defs/${name}`]);
    const plain = await inlineImports(standaloneCode.default(ajv, Object.fromEntries(names)));
    const modules = [...files].filter(([name]) => name.endsWith('.js'));
    expect(modules.filter(([, text]) => text.includes('Entity74')).length).toBeGreaterThan(0);
    for (const [name, text] of modules) expect(text.length, name).toBeLessThanOrEqual(plain.length);
  });

  it('says how to renew the files of another description, and takes no other file of its folder for a source', async () => {
    const options = ['--spec', 'other.yaml', '--out', 'out'];
    const other = 'openapi: 3.1.0\ninfo: {title: Other, version: "1"}\npaths: {/a: {$ref: a.yaml}}\n';
    await writeFile(path.join(folder, 'other.yaml'), other);
    await writeFile(path.join(folder, 'a.yaml'), 'get: {responses: {"200": {description: Done.}}}\n');
    expect(await generate(...options)).toMatchObject({ code: 0, stderr: '' });
    const banner = 'Do not edit; to renew: npm run generate -- --spec other.yaml --out out';
    expect(await readFile(path.join(folder, 'out/openapi.d.ts'), 'utf8')).toContain(banner);

    await writeFile(path.join(folder, 'notes.txt'), 'mine');
    expect(await generate(...options, '--check')).toMatchObject({ code: 0, stderr: '' });
    await writeFile(path.join(folder, 'a.yaml'), 'get: {responses: {"200": {description: Done.}}} # why\n');
    const { code, stderr } = await generate(...options, '--check');
    expect(stderr).toBe('out/README.md is out of date\nTo fix it: npm run generate -- --spec other.yaml --out out\n');
    expect(code).toBe(1);
  });

  test.each<[string[], number, RegExp]>([
    [['--spec', 'x.yaml'], 2, /--spec and --out go together/],
    [['--out', 'x'], 2, /--spec and --out go together/],
    [['--force'], 2, /Unknown option '--force'/],
    [['--spec', 'x.yaml', '--out', 'x'], 1, /x\.yaml/],
  ])('with the arguments %j exits with %i and says why', async (args, code, message) => {
    const ended = await generate(...args);
    expect(ended.stderr).toMatch(message);
    expect(ended.code).toBe(code);
  });

  it('refuses a description of another OpenAPI version', async () => {
    await writeFile(path.join(folder, 'old.yaml'), 'openapi: 3.0.3\ninfo: {title: Old, version: "1"}\npaths: {}\n');
    const { code, stderr } = await generate('--spec', 'old.yaml', '--out', 'out');
    expect(stderr).toMatch(/says openapi: 3\.0\.3; this generator reads OpenAPI 3\.1/);
    expect(code).toBe(1);
  });

  it('makes do with a description that has no paths, components or servers', async () => {
    await writeFile(path.join(folder, 'bare.yaml'), 'openapi: 3.1.0\ninfo: {title: Bare, version: "1"}\n');
    expect((await generate('--spec', 'bare.yaml', '--out', 'out')).code).toBe(0);
    const { scenarios } = await import(pathToFileURL(path.join(folder, 'out/scenarios.js')).href);
    expect(scenarios).toEqual([]);
  });

  it('explains itself with --help', async () => {
    const { code, stdout } = await generate('--help');
    expect(stdout).toMatch(/Usage: npm run generate/);
    expect(code).toBe(0);
  });
});

/** The schemas as Ajv takes them. */
function definitions({ components }: Description): Record<string, Schema> {
  return JSON.parse(JSON.stringify(components?.schemas).replaceAll('#/components/schemas/', '#/$defs/'));
}

/** Adds `GET /refunds/{refund_id}` as a maintainer would: files for its parts, and one line in the entry. */
async function addOperation(openapi: string) {
  const write = (file: string, text: string) => writeFile(path.join(openapi, file), text);
  await mkdir(path.join(openapi, 'components/examples/Refund'));
  await write(
    'components/schemas/RefundState.yaml',
    'type: string\nx-known-values-module: refund-states\nx-known-values:\n  partial: { words: a part }\n  full: { words: all of it }\n',
  );
  await write(
    'components/schemas/Refund.yaml',
    `type: object
required: [id, tags, state]
properties:
  id: { type: string, minLength: 1 }
  tags: { type: array, uniqueItems: true, items: { type: string } }
  state: { $ref: RefundState.yaml }
  made: { type: string, format: date }
  note: { type: string, format: a-format-of-our-own }
`,
  );
  await write(
    'components/examples/Refund/partial.yaml',
    'summary: Part of the money is back\nx-mock-refund-id: ref_1\nvalue: { id: ref_1, tags: [late], state: partial }\n',
  );
  await write(
    'paths/refunds_{refund_id}.yaml',
    `get:
  operationId: get-refund
  parameters:
    - { name: refund_id, in: path, required: true, schema: { type: string } }
  responses:
    '200':
      description: The refund.
      headers:
        X-Left: { required: true, example: 1, schema: { type: integer } }
        X-Kind: { example: partial, schema: { $ref: ../components/schemas/RefundState.yaml } }
      content:
        application/json:
          schema: { $ref: ../components/schemas/Refund.yaml }
          examples: { partial: { $ref: ../components/examples/Refund/partial.yaml } }
    '404': { $ref: ../components/responses/NotFound.yaml }
    default: { description: Anything else. }
`,
  );
  const entry = await readFile(path.join(openapi, 'openapi.yaml'), 'utf8');
  await write(
    'openapi.yaml',
    entry.replace('paths:\n', "paths:\n  /refunds/{refund_id}:\n    $ref: 'paths/refunds_{refund_id}.yaml'\n"),
  );
}

function compile(file: string): string[] {
  const program = ts.createProgram([file], { strict: true, noEmit: true, module: ts.ModuleKind.NodeNext, types: [] });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
