import { createLogger } from '@stoplight/prism-core';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { createServer } from '@stoplight/prism-http-server';

export interface PrismServer {
  /** Without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/**
 * Plain Prism on the bundle, in this process: it answers what `npm run mock` does, without the log.
 *
 * @param port 0 takes any free port.
 */
export async function startPrism({ port = 0, host = '127.0.0.1' } = {}): Promise<PrismServer> {
  const operations = await getHttpOperationsFromSpec('generated/openapi.json');
  const server = createServer(operations, {
    cors: true,
    config: {
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      mock: { dynamic: false },
      upstreamProxy: undefined,
      isProxy: false,
    },
    components: { logger: createLogger('mock', { level: 'silent' }) },
  });
  const url = await server.listen(port, host).catch((error: unknown) => {
    throw error instanceof Error ? error : new Error(String(error));
  });
  return { url, close: () => server.close() };
}
