/** Random bytes are read in blocks: one call for each answer would take longer than the rest of the answer. */
const entropy = new Uint8Array(16 * 256);
let taken = entropy.length;
const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A UUID, version 4. `crypto.randomUUID` is missing on pages that another machine serves over http. */
export function makeRequestId(): string {
  if (taken === entropy.length) {
    crypto.getRandomValues(entropy);
    taken = 0;
  }
  const bytes = entropy.slice(taken, taken + 16);
  taken += 16;
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = (from: number, to: number) => {
    let text = '';
    for (let index = from; index < to; index += 1) text += hexOfByte[bytes[index] as number];
    return text;
  };
  return `${hex(0, 4)}-${hex(4, 6)}-${hex(6, 8)}-${hex(8, 10)}-${hex(10, 16)}`;
}
