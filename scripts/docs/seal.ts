import { createHash } from 'node:crypto';

const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini[\w-]*\.svg/g;
const name = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="16" viewBox="0 0 48 16"><text y="12" font-family="sans-serif" font-size="12" fill="#2467f2">Redocly</text></svg>',
)}`;

/** Makes of Redoc's page one that needs nothing from elsewhere, and whose policy says so. */
export function seal(page: string, { css, js }: { css: string; js: string }): string {
  let whole = replaceOrThrow(page, logo, name);
  whole = replaceOrThrow(whole, '/* page.css */', css.trim());
  whole = replaceOrThrow(whole, '// page.js', js.trim());
  // Before its script runs, Redoc's page links to addresses of a server.
  whole = replaceOrThrow(whole, /(?<=<a [^>]*href=")(?=\/)/g, '#');
  const scripts = [...whole.matchAll(/<script(?: [^>]*)?>([\s\S]*?)<\/script>/g)];
  const hashes = scripts.map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return replaceOrThrow(whole, '%script-hashes%', hashes.join(' '));
}

function replaceOrThrow(page: string, what: string | RegExp, by: string): string {
  const parts = page.split(what);
  // A new version of Redoc may write it otherwise; a page that quietly loads it is worse than none.
  if (parts.length === 1) throw new Error(`The page that Redocly made has no ${what} to replace.`);
  return parts.join(by);
}
