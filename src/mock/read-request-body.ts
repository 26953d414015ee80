import type { IncomingMessage } from 'node:http';
import { type ControlRequest, largestBody, readControlBody } from './state.js';

/**
 * The body as text, up to a size; what is larger is still taken from the sender, who would otherwise lose the answer
 * with the connection.
 */
export function readRequestBody(request: IncomingMessage): Promise<Pick<ControlRequest, 'body' | 'isTooLarge'>> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= largestBody) return void chunks.push(chunk);
      chunks = [];
      resolve({ body: '', isTooLarge: true });
    });
    request.once('end', () => resolve(readControlBody(Buffer.concat(chunks))));
    request.once('error', reject);
  });
}
