import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How long `close` waits for open requests, in milliseconds. */
const grace = 2_000;

/** @returns the address, without a slash at the end. @throws {Error} with the system's `code`. */
export function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const { address, port: bound, family } = server.address() as AddressInfo;
      resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`);
    });
  });
}

/** Lets open requests finish, two seconds at most, and frees the port. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that is kept alive is idle only when its last answer is out.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    const last = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(last);
      resolve();
    });
  });
}
