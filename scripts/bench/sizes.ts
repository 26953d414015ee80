import { installedLimits, mainEntryTarget, prismPackage, sdkName } from '../size/limits.ts';
import { bundledSize, installedSize, mainEntrySize, ownInstalledSize, sdkSize } from '../size/measure.ts';
import type { Outcome } from './rounds.ts';
import { ours, prismName, type Row } from './row.ts';

/** Exact, so that one look is enough. */
function sized(sizes: Record<string, number>): Outcome[] {
  const [first = Number.NaN] = Object.values(sizes);
  return Object.entries(sizes).map(([name, figure]) => ({ name, figure, ratio: figure / first }));
}

/** What the import of a client adds to a page. */
const clientSize = (code: string) => bundledSize(code, 'browser', import.meta.dirname);

export const sizeRows: Row[] = [
  {
    name: 'size',
    what: 'main entry in a bundle, minified and gzip',
    unit: 'bytes',
    targets: [{ peer: sdkName, most: mainEntryTarget }],
    measure: async () =>
      sized({
        [sdkName]: await sdkSize(),
        [ours]: await mainEntrySize(),
        'openapi-fetch': await clientSize("export { default } from 'openapi-fetch';"),
        ky: await clientSize("export { default } from 'ky';"),
        ofetch: await clientSize("export { ofetch } from 'ofetch';"),
      }),
  },
  {
    name: 'installed',
    what: 'installed, with all that it depends on',
    unit: 'bytes',
    targets: [
      { peer: sdkName, most: installedLimits[sdkName] },
      { peer: prismName, most: installedLimits[prismPackage] },
    ],
    measure: async () =>
      sized({
        [sdkName]: installedSize([sdkName]),
        [ours]: ownInstalledSize(),
        [prismName]: installedSize([prismPackage]),
        'openapi-fetch': installedSize(['openapi-fetch']),
      }),
  },
];
