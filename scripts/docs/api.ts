import path from 'node:path';
import { Application, Logger, LogLevel, PageEvent, type ProjectReflection, ReflectionKind } from 'typedoc';
import manifest from '../../package.json' with { type: 'json' };

const entries = Object.entries(manifest.exports).flatMap(([name, target]) =>
  typeof target === 'object' ? [{ name: path.posix.join(manifest.name, name), file: findSource(target.types) }] : [],
);
/** Stands for the address of the docs page, which differs from folder to folder. */
const docsPage = 'docs-page:';

/**
 * Writes the API reference of every entry of the package into a folder, with the recipes as its documents.
 *
 * @param root the folder of the project.
 * @throws {Error} which names each export, method and option without a docstring, and each link that leads nowhere.
 */
export async function buildApiReference(root: string, out: string): Promise<void> {
  const app = await Application.bootstrap({
    name: `API reference of ${manifest.name}`,
    entryPoints: entries.map(({ file }) => path.join(root, file)),
    tsconfig: path.join(root, 'tsconfig.build.json'),
    basePath: root,
    // What the types say is checked by `npm run lint`.
    skipErrorChecking: true,
    readme: path.join(root, 'README.md'),
    projectDocuments: [path.join(root, 'scripts/docs/recipes/*.md')],
    navigation: { includeFolders: false },
    navigationLinks: { 'Docs page': docsPage },
    includeVersion: true,
    // Where the sources of a version can be read is not certain.
    disableSources: true,
    hideGenerator: true,
    excludeExternals: true,
    highlightLanguages: ['diff', 'javascript', 'json', 'shellscript', 'tsx', 'typescript', 'yaml'],
    requiredToBeDocumented: ['Class', 'Interface', 'Function', 'TypeAlias', 'Variable', 'Method', 'Accessor'],
    validation: { notExported: true, invalidLink: true, invalidPath: true, notDocumented: true },
    // What they stand for is shown where they are used.
    intentionallyNotExported: ['servers', 'probeNames', 'WithPlainResponses'],
    intentionallyNotDocumented: [`${manifest.name}.PaddleError.__type`],
  });
  const complaints: string[] = [];
  app.logger = new CollectingLogger(complaints);
  app.renderer.on(PageEvent.END, (page) => {
    const address = `${'../'.repeat(page.url.split('/').length)}index.html`;
    page.contents = page.contents?.replaceAll(docsPage, address) ?? '';
  });

  const project = await app.convert();
  if (project !== undefined) {
    rename(project);
    app.validate(project);
    complaints.push(...findUndocumented(project));
    await app.generateDocs(project, out);
  }
  if (complaints.length > 0) throw new Error(`The API reference is not complete:\n${complaints.join('\n')}`);
}

/** Where the declarations of an entry come from. */
function findSource(types: string): string {
  return types.replace(/^\.\/dist\/(.*)\.d\.ts$/, 'src/$1.ts').replace(/^\.\//, '');
}

/** A module is named as it is imported, a recipe by its heading. */
function rename({ children = [], documents = [] }: ProjectReflection): void {
  for (const module of children) {
    const entry = entries.find(({ file }) => file.replace(/(\/index)?(\.d)?\.ts$/, '') === module.name);
    if (entry !== undefined) module.name = entry.name;
  }
  for (const recipe of documents) recipe.name = /^# (.*)/.exec(recipe.content[0]?.text ?? '')?.[1] ?? recipe.name;
}

/** In an interface of src/, each property is an option, or a field that a user looks up. */
function findUndocumented(project: ProjectReflection): string[] {
  return project
    .getReflectionsByKind(ReflectionKind.Property)
    .filter(({ parent }) => parent?.kindOf(ReflectionKind.Interface))
    .filter((property) => project.getSymbolIdFromReflection(property)?.packagePath.startsWith('src/'))
    .filter((property) => !property.hasComment())
    .map((property) => `${property.getFullName()} does not have any documentation`);
}

/** Keeps what TypeDoc complains of, and prints nothing. */
class CollectingLogger extends Logger {
  readonly #complaints: string[];

  constructor(complaints: string[]) {
    super();
    this.#complaints = complaints;
  }

  override log(message: string, level: LogLevel): void {
    super.log(message, level);
    if (level >= LogLevel.Warn) this.#complaints.push(message);
  }
}
