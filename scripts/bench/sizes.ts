import { installedLimits, mainEntryTarget, prismPackage, sdkName } from '../size/limits.ts';
import { measureBundle, measureClients, measureEntries, measureOwnPackage, measurePackages } from '../size/measure.ts';
import { ours } from './ours.ts';
import type { Outcome } from './rounds.ts';
import { prismName, type Row } from './row.ts';

/** Exact, so that one look is enough. */
function compareSizes(sizes: Record<string, number>): Outcome[] {
  const [first = Number.NaN] = Object.values(sizes);
  return Object.entries(sizes).map(([name, figure]) => ({ name, figure, ratio: figure / first }));
}

const measureAdded = (code: string) => measureBundle(code, 'browser', import.meta.dirname);

export const sizeRows: Row[] = [
  {
    name: 'size-client',
    what: 'the client in a bundle, minified and gzip',
    unit: 'bytes',
    targets: [{ peer: sdkName, atMost: mainEntryTarget }],
    measure: async () => {
      const { own, sdk } = await measureClients();
      return compareSizes({
        [sdkName]: sdk,
        [ours]: own,
        'openapi-fetch': await measureAdded("export { default } from 'openapi-fetch';"),
        ky: await measureAdded("export { default } from 'ky';"),
        ofetch: await measureAdded("export { ofetch } from 'ofetch';"),
      });
    },
  },
  {
    name: 'size-entry',
    what: 'the main entry in a bundle, everything that it exports',
    unit: 'bytes',
    targets: [{ peer: sdkName, atMost: mainEntryTarget }],
    measure: async () => {
      const { own, sdk } = await measureEntries();
      return compareSizes({ [sdkName]: sdk, [ours]: own });
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
      compareSizes({
        [sdkName]: measurePackages([sdkName]),
        [ours]: measureOwnPackage(),
        [prismName]: measurePackages([prismPackage]),
        'openapi-fetch': measurePackages(['openapi-fetch']),
      }),
  },
];
