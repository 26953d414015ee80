import { createHash } from 'node:crypto';

const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini[\w-]*\.svg/g;
const name = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="44" height="14"><text y="11" font-family="sans-serif" font-size="12" fill="#2467f2">Redocly</text></svg>',
)}`;

/** Makes of Redoc's page one that needs nothing from elsewhere, and whose policy says so. */
export function sealed(page: string, css: string): string {
  const offline = replaced(replaced(page, logo, name), '/* page.css */', css);
  const scripts = [...offline.matchAll(/<script(?: [^>]*)?>([\s\S]*?)<\/script>/g)];
  const hashes = scripts.map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return replaced(offline, '%script-hashes%', hashes.join(' '));
}

function replaced(page: string, what: string | RegExp, by: string): string {
  const parts = page.split(what);
  // A new version of Redoc may write it otherwise; a page that quietly loads it is worse than none.
  if (parts.length === 1) throw new Error(`The page that Redocly made has no ${what} to replace.`);
  return parts.join(by);
}
