const publicHeaders =
  /^(accept(-(charset|encoding|language))?|cache-control|prefer|user-agent|traceparent|tracestate|baggage|x-(request|correlation|trace)-id)$/;

/** Whether a header says only who asks, or what for, and opens nothing. */
export function isPublicHeader(name: string): boolean {
  return publicHeaders.test(name);
}
