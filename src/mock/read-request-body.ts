import type { IncomingMessage } from 'node:http';

/** The largest body that is kept, in bytes. */
const largest = 10_000_000;

/**
 * The body as text, up to a size; what is larger is still taken from the sender, who would otherwise lose the answer
 * with the connection.
 */
export function readRequestBody(request: IncomingMessage): Promise<{ body: string; isTooLarge: boolean }> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= largest) return void chunks.push(chunk);
      chunks = [];
      resolve({ body: '', isTooLarge: true });
    });
    request.once('end', () => resolve({ body: Buffer.concat(chunks).toString('utf8'), isTooLarge: false }));
    request.once('error', reject);
  });
}
