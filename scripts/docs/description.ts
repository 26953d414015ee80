import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type Description,
  methods,
  type Operation,
  type Parameter,
  type Reference,
  resolve,
  type Schema,
} from '../generate/openapi.ts';
import { type CodeSample, makeSamples } from './samples.ts';
import { makeAdditions, makeAddress, makeNewSections } from './sections.ts';

type Described = Description & {
  info: { summary?: string; description: string };
  externalDocs?: { description: string; url: string };
  tags?: { name: string; description?: string; kind?: string }[];
};
type ItemSchema = { items?: Schema | Reference };
type Shown = Operation & { tags?: string[]; 'x-codeSamples'?: CodeSample[] };

export interface ForReaders {
  title: string;
  summary: string;
  /** The labels of the samples, in their order. */
  samples: string[];
  text: string;
}

/**
 * The bundle as Redoc is to show it: the operation first, and then the sections of the description's text, each with
 * what is generated for it.
 */
export async function describeForReaders(root: string, { apiReference = false } = {}): Promise<ForReaders> {
  const description = JSON.parse(await readFile(path.join(root, 'generated/openapi.json'), 'utf8')) as Described;
  const changelog = await readFile(path.join(root, 'CHANGELOG.md'), 'utf8');
  const { info } = description;
  const { title, summary = title } = info;
  const [lead = '', ...sections] = info.description.split(/^## /m);
  info.description = `${lead}${formatLinks(description, apiReference)}`;
  // Redoc would take a paragraph for each.
  delete info.summary;
  delete description.externalDocs;

  const labels = new Set<string>();
  for (const [url, item] of Object.entries(description.paths ?? {})) {
    for (const method of methods) {
      const operation: Shown | undefined = resolve(description, item)[method];
      if (operation === undefined) continue;
      // Redoc folds what has a tag. What has none comes last and at #/other, unless a nameless tag comes first and
      // a second one that is only a badge.
      operation.tags = ['', ...(operation.tags ?? ['Operation'])];
      // Keys have a section of their own.
      delete operation.security;
      operation.parameters = operation.parameters?.map((parameter) => simplify(description, parameter)) ?? [];
      operation['x-codeSamples'] = makeSamples(url);
      for (const { label } of operation['x-codeSamples']) labels.add(label);
    }
  }
  delete description.security;
  description.tags = [
    { name: '' },
    ...(description.tags ?? [{ name: 'Operation' }]).map(({ name }) => ({ name, kind: 'badge' })),
    ...extend(sections, makeAdditions(description)),
    ...makeNewSections(changelog),
  ];
  for (const schema of Object.values(description.components?.schemas ?? {})) shorten(schema);
  return { title, summary, samples: [...labels], text: JSON.stringify(description) };
}

function formatLinks({ info, externalDocs }: Described, apiReference: boolean): string {
  const all = [`Version ${info.version}`, `[What changed](${makeAddress('What changed')})`];
  if (externalDocs !== undefined) all.push(`[${externalDocs.description}](${externalDocs.url})`);
  // Only a build that has the other pages beside it may lead there. Redoc takes a relative link for one of its own.
  if (apiReference) all.push('<a href="./api/index.html">API reference</a>');
  return all.join(' · ');
}

/** Puts what is generated below the text of its section. */
function extend(sections: string[], generated: Record<string, string>): { name: string; description: string }[] {
  const unused = new Set(Object.keys(generated));
  const extended = sections.map((section) => {
    const [name = '', ...text] = section.split('\n');
    unused.delete(name);
    return { name, description: [text.join('\n').trim(), generated[name] ?? ''].join('\n\n') };
  });
  if (unused.size > 0) {
    throw new Error(`info.description has no "## ${[...unused].join('", no "## ')}" to add the generated part to.`);
  }
  return extended;
}

/** A list in as few lines as Redoc can show it, and without its examples, which Redoc writes as JSON. */
function simplify(description: Description, reference: Parameter | Reference): Parameter {
  const parameter = resolve(description, reference);
  const { items, ...schema } = resolve<Schema & ItemSchema>(description, parameter.schema ?? {});
  if (items === undefined) return parameter;
  const { examples: _, ...simple } = parameter as Parameter & { examples?: unknown };
  return { ...simple, schema: { ...schema, items: { type: resolve(description, items).type } } };
}

/** Known values are in a table of the page, which the schema leads to. */
function shorten(schema: Record<string, unknown>): void {
  const place = { currencies: 'Amounts', 'error-codes': 'Errors' }[String(schema['x-known-values-module'])];
  if (place === undefined) return;
  const [first = ''] = String(schema.description).split('\n\n');
  schema.description = `${first.trim()} [All known values](${makeAddress(place)}).`;
}
