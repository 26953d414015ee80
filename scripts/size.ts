// `npm run size`: how large the package is, beside what people would use instead; exact, and held to its limits.
import { installedLimits, mainEntryLimit, sdkName } from './size/limits.ts';
import { clientSizes, entrySizes, installedSize, ownInstalledSize } from './size/measure.ts';

const failures: string[] = [];

function compared(what: string, own: number, peer: string, size: number, most: number): void {
  const bytes = (figure: number) => `${figure.toLocaleString('en-US')} B`;
  const share = `${(own / size).toFixed(3)} of ${peer}, ${bytes(size)}`;
  console.log(`${what.padEnd(30)} ${bytes(own).padStart(12)}   ${share}; at most ${most}`);
  if (own > most * size)
    failures.push(`${what}: ${Math.ceil(own - most * size)} B too much, by scripts/size/limits.ts.`);
}

const [client, entry] = await Promise.all([clientSizes(), entrySizes()]);
compared('the client, minified and gzip', client.own, sdkName, client.sdk, mainEntryLimit);
compared('the main entry, everything', entry.own, sdkName, entry.sdk, mainEntryLimit);
const installed = ownInstalledSize();
for (const [name, most] of Object.entries(installedLimits)) {
  compared('installed, with dependencies', installed, name, installedSize([name]), most);
}

for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exitCode = 1;
