import type { Client } from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';

/**
 * The contract's paths, with a plain `string` for each open set of a response. By `string & {}` an editor completes the
 * known values, but openapi-fetch 0.17 makes an object of it, which is no string any more.
 * Source: https://github.com/openapi-ts/openapi-typescript/issues/2765
 */
export type FetchPaths = WithPlainResponses<paths>;

/** openapi-fetch's client for the contract. */
export type FetchClient = Client<FetchPaths>;

type WithPlainResponses<Type> = Type extends string
  ? Type
  : { [Key in keyof Type]: Key extends 'responses' ? Plain<Type[Key]> : WithPlainResponses<Type[Key]> };

type Plain<Type> = Type extends string
  ? string extends Type
    ? string
    : Type
  : { [Key in keyof Type]: Plain<Type[Key]> };
