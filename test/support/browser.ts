import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is on this machine; `CHROMIUM` in the environment wins. */
export const browserPath = process.env.CHROMIUM ?? places.find((place) => existsSync(place));

/**
 * Whether the tests in a browser are to be skipped, with the reason in their title. Never in CI: there they run or fail.
 */
export const skipped = browserPath === undefined && process.env.CI === undefined;
export const inChromium = skipped
  ? 'in Chromium, skipped: install it (apt-get install chromium) or set CHROMIUM to its path'
  : 'in Chromium';

export function launch(): Promise<Browser> {
  if (browserPath === undefined) throw new Error('No Chromium here: apt-get install chromium, or set CHROMIUM.');
  return chromium.launch({
    executablePath: browserPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
