// `npm run size`: how large the package is, beside what people would use instead; exact, and held to its limits.
import { runMain } from './command-line.ts';
import { installedLimits, mainEntryLimit, mainEntryTarget, sdkName } from './size/limits.ts';
import { measureClients, measureEntries, measureOwnPackage, measurePackages } from './size/measure.ts';

const help = `Usage: npm run size

Prints how large the built package is, in a bundle and installed, beside what people would use instead.

Exit codes: 0 within the limits of scripts/size/limits.ts, 1 above them, 2 wrong usage.
`;

await runMain({
  help,
  run: async () => {
    const [client, entry] = await Promise.all([measureClients(), measureEntries()]);
    const installed = measureOwnPackage();
    const isSmall = [
      reportSize('the client, minified and gzip', client.own, sdkName, client.sdk, mainEntryLimit, mainEntryTarget),
      reportSize('the main entry, everything', entry.own, sdkName, entry.sdk, mainEntryLimit, mainEntryTarget),
      ...Object.entries(installedLimits).map(([name, most]) =>
        reportSize('installed, with dependencies', installed, name, measurePackages([name]), most),
      ),
    ];
    return isSmall.includes(false) ? 1 : 0;
  },
});

/** Prints one comparison; false where ours is larger than its limit. */
function reportSize(what: string, own: number, peer: string, size: number, most: number, target = most): boolean {
  const formatBytes = (figure: number) => `${figure.toLocaleString('en-US')} B`;
  const share = `${(own / size).toFixed(3)} of ${peer}, ${formatBytes(size)}`;
  const verdict = own <= target * size ? 'met' : 'missed';
  console.log(
    `${what.padEnd(30)} ${formatBytes(own).padStart(12)}   ${share}; target ${target}: ${verdict}; at most ${most}`,
  );
  const excess = Math.ceil(own - most * size);
  if (excess > 0) console.error(`${what}: ${excess} B above the limit in scripts/size/limits.ts.`);
  return excess <= 0;
}
