import { installedLimits, mainEntryTarget, prismPackage, sdkName } from '../size/limits.ts';
import { bundledSize, clientSizes, entrySizes, installedSize, ownInstalledSize } from '../size/measure.ts';
import { ours } from './ours.ts';
import type { Outcome } from './rounds.ts';
import { prismName, type Row } from './row.ts';

/** Exact, so that one look is enough. */
function sized(sizes: Record<string, number>): Outcome[] {
  const [first = Number.NaN] = Object.values(sizes);
  return Object.entries(sizes).map(([name, figure]) => ({ name, figure, ratio: figure / first }));
}

const added = (code: string) => bundledSize(code, 'browser', import.meta.dirname);

export const sizeRows: Row[] = [
  {
    name: 'size-client',
    what: 'the client in a bundle, minified and gzip',
    unit: 'bytes',
    targets: [{ peer: sdkName, atMost: mainEntryTarget }],
    measure: async () => {
      const { own, sdk } = await clientSizes();
      return sized({
        [sdkName]: sdk,
        [ours]: own,
        'openapi-fetch': await added("export { default } from 'openapi-fetch';"),
        ky: await added("export { default } from 'ky';"),
        ofetch: await added("export { ofetch } from 'ofetch';"),
      });
    },
  },
  {
    name: 'size-entry',
    what: 'the main entry in a bundle, everything that it exports',
    unit: 'bytes',
    targets: [{ peer: sdkName, atMost: mainEntryTarget }],
    measure: async () => {
      const { own, sdk } = await entrySizes();
      return sized({ [sdkName]: sdk, [ours]: own });
    },
  },
  {
    name: 'installed',
    what: 'installed, with all that it depends on',
    unit: 'bytes',
    targets: [
      { peer: sdkName, atMost: installedLimits[sdkName] },
      { peer: prismName, atMost: installedLimits[prismPackage] },
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
