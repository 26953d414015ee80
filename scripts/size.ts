import { mainEntrySize, sdkSize } from './size/measure.ts';

/** More than this the main entry must not grow to, in bytes. It is lowered with each saving, and never raised. */
const ceiling = 7_200;
/** What the main entry shall come to: this share of the official SDK. */
const target = 0.45;

const [main, sdk] = await Promise.all([mainEntrySize(), sdkSize()]);
console.log(`main entry, minified and gzip   ${main} B (ceiling ${ceiling} B)
@paddle/paddle-node-sdk         ${sdk} B
share                           ${(main / sdk).toFixed(2)} (target ${target})`);
if (main > ceiling) {
  console.error(`The main entry is ${main - ceiling} B over its ceiling in scripts/size.ts.`);
  process.exitCode = 1;
}
