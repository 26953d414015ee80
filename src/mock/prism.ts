import mocking from '@stoplight/prism-http/dist/mocker/index.js';

// All of Prism that the mock needs. The package carries this one file with Prism inside: see scripts/build.ts.
export { getHttpOperationsFromSpec, ProblemJsonError } from '@stoplight/prism-http';
export { createServer } from '@stoplight/prism-http-server';

export const mocker = mocking.default;
