import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/**
 * Serves a folder on this machine until SIGINT or SIGTERM; each request reads its file anew.
 *
 * @param port 0 takes any free one.
 */
export async function preview(folder: string, port: number): Promise<void> {
  const server = createServer(async ({ url = '/' }, response) => {
    const page = await readPage(folder, url).catch(() => undefined);
    if (page === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'Content-Type': page.type }).end(page.content);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  console.log(`The docs are on http://127.0.0.1:${(server.address() as AddressInfo).port} (Ctrl+C stops them).`);
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  server.close();
  server.closeAllConnections();
}

async function readPage(folder: string, url: string): Promise<{ type: string; content: Buffer }> {
  // No `..` is left in the path of a URL.
  const { pathname } = new URL(url, 'http://preview');
  const file = path.join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
  return { type: types[path.extname(file)] ?? 'text/plain', content: await readFile(file) };
}
