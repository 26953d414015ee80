/** What of a body was read. */
export interface Body {
  text: string;
  /** Whether it was larger than what is read; `text` is then its start. */
  isCut: boolean;
}

/**
 * Reads a body up to a size, in bytes after decompression, and drops the rest: an endless one, or a small one that
 * decompresses to gigabytes, costs no more memory than that.
 */
export async function readBody(response: Response, maxBodySize: number): Promise<Body> {
  const reader = response.body?.getReader?.();
  // Some implementations of fetch have no stream.
  if (reader === undefined) return cut(await response.text(), maxBodySize);
  const decoder = new TextDecoder();
  let text = '';
  let left = maxBodySize;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), isCut: false };
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.byteLength;
    if (left < 0) {
      // Not awaited: the other side may never answer. What it rejects with is of no interest any more.
      reader.cancel().catch(() => {});
      return { text, isCut: true };
    }
  }
}

function cut(text: string, maxBodySize: number): Body {
  return { text: text.slice(0, maxBodySize), isCut: text.length > maxBodySize };
}
