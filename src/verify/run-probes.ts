import type { DeclaredResponses, Operation } from '../../generated/operations.js';
import { TimeoutError } from '../errors/errors.js';
import type { Redactor } from '../errors/redaction.js';
import { sleep } from '../http/abort.js';
import { withDeadline } from '../http/deadline.js';
import { describeRequest } from '../http/describe.js';
import { exchange } from '../http/exchange.js';
import { parseJson } from '../http/json.js';
import { buildUrl } from '../http/request.js';
import { makeContractHeaders } from '../options/headers.js';
import { checkReceived } from './check-received.js';
import type { Finding } from './finding.js';
import { judge, readCode } from './judge.js';
import type { Probe, ProbeResult } from './probe.js';

/** The settings of a run, all checked. */
export interface ProbeSettings {
  operation: Operation;
  /** Those that the operation declares. */
  responses: DeclaredResponses;
  /** Without a slash at its end. */
  server: string;
  apiKey: string;
  headers: Readonly<Record<string, string>>;
  fetch: typeof globalThis.fetch | undefined;
  /** In milliseconds, for one answer. */
  timeout: number;
  /** In bytes. */
  maxBodySize: number;
  signal: AbortSignal | undefined;
  /** The least time between two requests, in milliseconds. */
  pace: number;
  redactor: Redactor;
  onProbe: ((result: ProbeResult, total: number) => void) | undefined;
}

/** Runs probes one after the other. @throws {ConnectionError} @throws {TimeoutError} @throws the signal's reason. */
export async function runProbes(probes: readonly Probe[], settings: ProbeSettings): Promise<ProbeResult[]> {
  const { signal, pace, onProbe } = settings;
  const results: ProbeResult[] = [];
  for (const probe of probes) {
    const start = performance.now();
    const result = await runProbe(probe, settings);
    results.push(result);
    onProbe?.(result, probes.length);
    if (results.length < probes.length) await sleep(Math.max(0, pace - (performance.now() - start)), signal);
  }
  return results;
}

async function runProbe(probe: Probe, settings: ProbeSettings): Promise<ProbeResult> {
  const { operation, server, redactor } = settings;
  const start = performance.now();
  const url = buildUrl(server, operation, probe.request());
  const received = await send(url, probe, settings);
  const { status, headers, body } = received;
  const value = parseJson(body.text)?.value;
  const findings = judge(probe, status, value, checkReceived(received, settings.responses)).map(
    ({ location, message, ...finding }): Finding => ({
      ...finding,
      location: redactor.text(location),
      message: redactor.text(message),
    }),
  );
  const text = (part: string | null | undefined) => (typeof part === 'string' ? redactor.code(part) : undefined);
  return {
    ...{ name: probe.name, expected: probe.expected, documented: probe.documented, findings },
    request: redactor.text(`${operation.method} ${url}`),
    received: { status, code: text(readCode(value)), contentType: text(headers.get('Content-Type')) },
    outcome: summarize(findings),
    duration: performance.now() - start,
  };
}

async function send(url: string, { authorization }: Probe, settings: ProbeSettings) {
  const { operation, apiKey, fetch = globalThis.fetch, timeout, maxBodySize, signal, redactor } = settings;
  const token = 'own' in authorization ? `Bearer ${apiKey}` : authorization.value;
  const headers = {
    ...settings.headers,
    ...makeContractHeaders(operation),
    ...(token === undefined ? {} : { authorization: token }),
  };
  const describe = () => redactor.text(describeRequest(operation.method, url));
  return withDeadline(
    async (deadline) => {
      const init = { method: operation.method, headers, redirect: 'manual' as const, signal: deadline };
      const { response, body } = await exchange(() => fetch(url, init), {
        maxBodySize,
        signal: deadline,
        describe,
        redactor,
      });
      return { status: response.status, type: response.type, headers: response.headers, body };
    },
    {
      timeout,
      signal,
      timeoutError: () => new TimeoutError(`Request timed out after ${timeout} ms: ${describe()}`, timeout),
    },
  );
}

function summarize(findings: readonly Finding[]): ProbeResult['outcome'] {
  if (findings.some(({ severity }) => severity === 'error')) return 'failed';
  return findings.length > 0 ? 'warned' : 'passed';
}
