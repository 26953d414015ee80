/** The part of a body that was read. */
export interface Body {
  text: string;
  /** Whether the body was larger than the limit; `text` is then its start. */
  isCut: boolean;
}

/** After so many chunks the event loop gets a turn of its own. */
const chunksInTurn = 1_000;

/**
 * Reads a body up to `maxBodySize` bytes after decompression and cancels the rest, so that an endless body, or a small
 * one that decompresses to gigabytes, takes no more memory than that.
 *
 * @param signal ends the reading, also of a stream that does not heed it. Nobody waits for the result then.
 */
export async function readBody(response: Response, maxBodySize: number, signal?: AbortSignal): Promise<Body> {
  const chunksOfBody = iterateBody(response.body);
  // Some implementations of fetch have no stream.
  if (chunksOfBody === undefined) {
    const whole = await response.text();
    return { text: whole.slice(0, maxBodySize), isCut: new TextEncoder().encode(whole).length > maxBodySize };
  }
  const decoder = new TextDecoder();
  let text = '';
  let remaining = maxBodySize;
  let chunks = 0;
  for (;;) {
    const { done, value } = await chunksOfBody.next();
    chunks += 1;
    // Chunks that are there already come one after the other, and no timer would fire meanwhile.
    if (chunks % chunksInTurn === 0) await new Promise((resolve) => setTimeout(resolve));
    if (done) return { text: text + decoder.decode(), isCut: false };
    text += decoder.decode(value.subarray(0, remaining), { stream: true });
    remaining -= value.byteLength;
    if (remaining < 0 || signal?.aborted) {
      // Not awaited: the server may never answer, and the result does not matter.
      Promise.resolve(chunksOfBody.return?.()).catch(() => {});
      return { text, isCut: true };
    }
  }
}

/** The chunks of a stream of the platform's, or of Node's, which other implementations of fetch have. */
function iterateBody(body: Response['body']): Pick<AsyncIterator<Uint8Array>, 'next' | 'return'> | undefined {
  const reader = body?.getReader?.();
  if (reader === undefined) return (body as AsyncIterable<Uint8Array> | null)?.[Symbol.asyncIterator]?.();
  return { next: () => reader.read() as Promise<IteratorResult<Uint8Array>>, return: () => reader.cancel() as never };
}
