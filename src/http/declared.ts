import {
  type DeclaredResponse,
  type DeclaredResponses,
  errorResponses,
  operations,
} from '../../generated/operations.js';
import type { OperationId } from './operations.js';

/** Every response that an operation declares. */
export function listResponses(operationId: OperationId): DeclaredResponses {
  return { ...operations[operationId].responses, ...errorResponses[operationId] };
}

/** The response that the contract declares for a status: the status itself, else its range, else `default`. */
export function findDeclared(responses: DeclaredResponses, status: number): DeclaredResponse | undefined {
  // Below 400, `default` would declare a redirect.
  const others = status >= 400 ? responses.default : undefined;
  return responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? others;
}

/** The declared media type that a Content-Type names, without its parameters. */
export function findMediaType(content: DeclaredResponse['content'], contentType: string | null): string | undefined {
  const sent = contentType?.replace(/;.*/, '').trim().toLowerCase();
  return Object.keys(content).find((mediaType) => mediaType.toLowerCase() === sent);
}

/** Whether a body has an `error`, of any kind: beside the data of a success, it contradicts the status. */
export function claimsError(value: unknown): boolean {
  return Boolean((value as { error?: unknown } | null | undefined)?.error);
}

export const claimsErrorMessage = 'is an error, beside the data of a success';
