import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RunningServer } from './running-server.js';

/** How long `close` waits for open requests, in milliseconds. */
const grace = 2_000;

/** @throws {Error} with the system's `code`. */
export async function listen(server: Server, port: number, host: string): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { address, port: bound, family } = server.address() as AddressInfo;

  const close = () =>
    new Promise<void>((resolve) => {
      // A connection that is kept alive is idle only when its last answer is out.
      const idle = setInterval(() => {
        server.closeIdleConnections();
        // Node does not call it idle, and a browser, or `fetch`, opens some ahead.
        for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      }, 20);
      const last = setTimeout(() => server.closeAllConnections(), grace);
      server.close(() => {
        clearInterval(idle);
        clearTimeout(last);
        resolve();
      });
    });
  let closed: Promise<void> | undefined;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    close: () => (closed ??= close()),
  };
}
