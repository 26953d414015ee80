import { createFinalURL, defaultPathSerializer, serializeArrayParam } from 'openapi-fetch';
import type { Operation } from '../../generated/operations.js';
import { assertParameter } from '../options/parameters.js';
import { findQueryParameter } from './operations.js';

export interface RequestParameters {
  path?: Readonly<Record<string, unknown>>;
  query?: Readonly<Record<string, unknown>>;
}

/** Builds a URL in the contract's styles, without checks. @param server without a slash at the end. */
export function buildUrl(server: string, { path }: Operation, params: RequestParameters): string {
  return createFinalURL(path, {
    baseUrl: server,
    params,
    querySerializer: serializeQuery,
    pathSerializer: defaultPathSerializer,
  });
}

/** Serializes a query. @throws {UsageError} a value is wrong. */
export function serializeCheckedQuery(values: Readonly<Record<string, unknown>>): string {
  for (const [name, value] of Object.entries(values)) {
    const parameter = findQueryParameter(name);
    if (parameter !== undefined && value !== undefined) assertParameter(parameter, value);
  }
  return serializeQuery(values);
}

function serializeQuery(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => {
      const { style = 'form', explode = true } = findQueryParameter(name) ?? {};
      return serializeArrayParam(name, [value].flat(), { style: style as 'form', explode });
    })
    .join('&');
}
