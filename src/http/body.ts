/** The part of a body that was read. */
export interface Body {
  text: string;
  /** Whether the body was larger than the limit; `text` is then its start. */
  isCut: boolean;
}

/**
 * Reads a body up to `maxBodySize` bytes after decompression and cancels the rest, so that an endless body, or a small
 * one that decompresses to gigabytes, takes no more memory than that.
 */
export async function readBody(response: Response, maxBodySize: number): Promise<Body> {
  const reader = response.body?.getReader?.();
  // Some implementations of fetch have no stream.
  if (reader === undefined) return cut(await response.text(), maxBodySize);
  const decoder = new TextDecoder();
  let text = '';
  let remaining = maxBodySize;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), isCut: false };
    text += decoder.decode(value.subarray(0, remaining), { stream: true });
    remaining -= value.byteLength;
    if (remaining < 0) {
      // Not awaited: the server may never answer, and the result does not matter.
      reader.cancel().catch(() => {});
      return { text, isCut: true };
    }
  }
}

function cut(text: string, maxBodySize: number): Body {
  return { text: text.slice(0, maxBodySize), isCut: text.length > maxBodySize };
}
