import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Serves one page on this machine until SIGINT or SIGTERM; each request reads it anew.
 *
 * @param port 0 takes any free one.
 */
export async function preview(file: string, port: number): Promise<void> {
  const server = createServer(async ({ url }, response) => {
    if (url === '/') response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(await readFile(file));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  console.log(`The docs are on http://127.0.0.1:${(server.address() as AddressInfo).port} (Ctrl+C stops them).`);
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  server.close();
  server.closeAllConnections();
}
