import type { IncomingMessage } from 'node:http';

/** The largest body that the control surface reads, in bytes. */
const largest = 10_000_000;

/** The body as text. @throws {Error} with the status 413, where it is too large. */
export async function readRequestBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > largest) throw Object.assign(new Error(`The body is larger than ${largest} bytes.`), { status: 413 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
