import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Description, methods, type Operation, resolve } from '../generate/openapi.ts';
import { changes } from './changes.ts';
import { type CodeSample, samples } from './samples.ts';
import { sections } from './sections.ts';

type Described = Description & { info: { summary: string; description: string } };
type Parameter = { style?: string; explode?: boolean; examples?: Record<string, { value?: unknown }> };
type Sampled = Operation & { tags?: string[]; parameters?: Parameter[]; 'x-codeSamples'?: CodeSample[] };

export interface ForReaders {
  title: string;
  summary: string;
  /** The labels of the samples, in their order. */
  samples: string[];
  text: string;
}

/**
 * The bundle as the page shows it: each `<!-- docs:name -->` of its text becomes the section of that name, and
 * every operation gets its samples.
 */
export async function forReaders(root: string): Promise<ForReaders> {
  const description = JSON.parse(await readFile(path.join(root, 'generated/openapi.json'), 'utf8')) as Described;
  const { info } = description;
  info.description = filled(info.description, sections(description));
  info.description += `\n\n${changes(await readFile(path.join(root, 'CHANGELOG.md'), 'utf8'))}`;

  // Redoc folds the operations of a tag, and this page has one to show.
  delete (description as { tags?: unknown }).tags;
  const labels = new Set<string>();
  for (const [url, item] of Object.entries(description.paths ?? {})) {
    for (const method of methods) {
      const operation: Sampled | undefined = resolve(description, item)[method];
      if (operation === undefined) continue;
      for (const { style, explode, examples = {} } of operation.parameters ?? []) {
        if (style !== 'form' || explode !== false) continue;
        // Redoc writes a list as JSON, which is not how it is sent.
        for (const example of Object.values(examples)) {
          if (Array.isArray(example.value)) example.value = example.value.join(',');
        }
      }
      delete operation.tags;
      operation['x-codeSamples'] = samples(url);
      for (const { label } of operation['x-codeSamples']) labels.add(label);
    }
  }
  return { title: info.title, summary: info.summary, samples: [...labels], text: JSON.stringify(description) };
}

function filled(text: string, parts: Record<string, string>): string {
  const unused = new Set(Object.keys(parts));
  const result = text.replace(/<!-- docs:(\S+) -->/g, (_, name: string) => {
    unused.delete(name);
    const part = parts[name];
    if (part === undefined)
      throw new Error(`The description asks for a section "${name}", which scripts/docs has not.`);
    return part;
  });
  if (unused.size > 0) throw new Error(`The description has no <!-- docs:${[...unused].join(' -->, <!-- docs:')} -->.`);
  return result;
}
