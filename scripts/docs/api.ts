import path from 'node:path';
import { Application, ReflectionKind } from 'typedoc';
import manifest from '../../package.json' with { type: 'json' };

/**
 * Writes the API reference of every entry of the package into a folder, with the recipes as its documents.
 *
 * @param root the folder of the project.
 * @throws {Error} an export, a method or an option has no docstring, or a link leads nowhere; each was printed.
 */
export async function buildApiReference(root: string, out: string): Promise<void> {
  const entries = Object.entries(manifest.exports).flatMap(([name, target]) =>
    typeof target === 'object' ? [{ name: path.posix.join(manifest.name, name), file: sourceOf(target.types) }] : [],
  );
  const app = await Application.bootstrap({
    name: manifest.name,
    entryPoints: entries.map(({ file }) => path.join(root, file)),
    tsconfig: path.join(root, 'tsconfig.build.json'),
    basePath: root,
    // What the types say is checked by `npm run lint`.
    skipErrorChecking: true,
    readme: path.join(root, 'README.md'),
    projectDocuments: [path.join(root, 'scripts/docs/recipes/*.md')],
    navigation: { includeFolders: false },
    navigationLinks: { 'Docs page': '../index.html' },
    includeVersion: true,
    // Where the sources of a version can be read is not certain.
    disableSources: true,
    hideGenerator: true,
    excludeExternals: true,
    highlightLanguages: ['diff', 'javascript', 'json', 'shellscript', 'tsx', 'typescript', 'yaml'],
    requiredToBeDocumented: ['Class', 'Interface', 'Function', 'TypeAlias', 'Variable', 'Method', 'Accessor'],
    validation: { notExported: true, invalidLink: true, invalidPath: true, notDocumented: true },
    // Their values are shown where they are used.
    intentionallyNotExported: ['servers', 'probeNames'],
    intentionallyNotDocumented: [`${manifest.name}.PaddleError.__type`],
    logLevel: 'Warn',
  });
  const project = await app.convert();
  if (project === undefined) throw new Error('The API reference cannot be built.');
  for (const module of project.children ?? []) {
    module.name =
      entries.find(({ file }) => file.replace(/(\/index)?(\.d)?\.ts$/, '') === module.name)?.name ?? module.name;
  }
  for (const recipe of project.documents ?? []) {
    const [{ text } = { text: '' }] = recipe.content;
    recipe.name = /^# (.*)/.exec(text)?.[1] ?? recipe.name;
  }
  app.validate(project);
  // Of an interface in src/, each property is an option or a field that a user looks up.
  for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
    const isOurs = project.getSymbolIdFromReflection(property)?.packagePath.startsWith('src/');
    const isListed = property.parent?.kindOf(ReflectionKind.Interface);
    if (isOurs && isListed && !property.hasComment())
      app.logger.error(`${property.getFullName()} has no docstring` as never);
  }
  if (app.logger.hasErrors() || app.logger.hasWarnings())
    throw new Error('The API reference cannot be built: see above.');
  await app.generateDocs(project, out);
}

/** Where the declarations of an entry come from. */
function sourceOf(types: string): string {
  return types.replace(/^\.\/dist\/(.*)\.d\.ts$/, 'src/$1.ts').replace(/^\.\//, '');
}
