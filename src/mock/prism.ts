import { setSkipHashing } from '@stoplight/http-spec/hash';
import { transformOas3Operations } from '@stoplight/http-spec/oas3/operation';
import { bundleTarget } from '@stoplight/json';
import { createInstance, ProblemJsonError } from '@stoplight/prism-http';
import mocking from '@stoplight/prism-http/dist/mocker/index.js';

export type { PrismHttpInstance } from '@stoplight/prism-http';
// All of Prism that the mock needs. The package carries this one file with Prism inside: see scripts/build.ts.
export { createInstance, ProblemJsonError };

// Nothing looks an operation up by its hash, whose library is larger than Prism's own code.
setSkipHashing(true);

export const mocker = mocking.default;

/**
 * The operations of a description whose references are all local. Prism's own reader would resolve them by `url.parse`,
 * of which Node 24 and later warn at every start.
 */
export function readOperations(document: object) {
  return transformOas3Operations(document as never).map((operation) =>
    bundleTarget({ document: { ...document, __target__: operation }, path: '#/__target__' }),
  );
}
