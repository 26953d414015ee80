// `npm run size`: how large the package is, beside what people would use instead; exact, and held to its limits.
import { installedLimits, mainEntryCeiling, mainEntryTarget, sdkName } from './size/limits.ts';
import { installedSize, mainEntrySize, ownInstalledSize, sdkSize } from './size/measure.ts';

const failures: string[] = [];
const bytes = (size: number) => `${size.toLocaleString('en-US')} B`.padStart(14);
const line = (what: string, size: number, rest = '') => console.log(`${what.padEnd(36)}${bytes(size)}${rest}`);

const [main, sdk] = await Promise.all([mainEntrySize(), sdkSize()]);
line('main entry, minified and gzip', main, `   at most ${bytes(mainEntryCeiling).trim()}`);
line(sdkName, sdk, `   ours is ${(main / sdk).toFixed(2)} of it; the target is ${mainEntryTarget}`);
if (main > mainEntryCeiling)
  failures.push(`The main entry is ${main - mainEntryCeiling} B over its ceiling in scripts/size/limits.ts.`);

const own = ownInstalledSize();
line('installed, with dependencies', own);
for (const [name, most] of Object.entries(installedLimits)) {
  const size = installedSize([name]);
  line(name, size, `   ours is ${(own / size).toFixed(3)} of it, at most ${most}`);
  if (own > most * size) failures.push(`Installed, the package takes more than ${most} of ${name}.`);
}

for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exitCode = 1;
