import { currencies } from '../../generated/currencies.js';

const makeJsonContent = (schema: object) => ({ 'application/json': { schema } });
const referTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' };

const list = {
  type: 'object',
  properties: { data: { type: 'array', items: referTo('credit_balance') }, meta: referTo('meta') },
};
const fieldError = { type: 'object', properties: { field: text, message: text } };

const official = {
  openapi: '3.1.0',
  info: { title: 'Official API', version: '1.0' },
  servers: [{ url: 'https://api.paddle.com' }, { url: 'https://sandbox-api.paddle.com' }],
  security: [{ bearerAuth: [] }],
  paths: {
    '/customers': { get: { operationId: 'list-customers', responses: {} } },
    '/customers/{customer_id}/credit-balances': {
      parameters: [{ name: 'customer_id', in: 'path', required: true, schema: referTo('customer_id') }],
      get: {
        operationId: 'list-credit-balances',
        parameters: [{ $ref: '#/components/parameters/currency_code' }],
        responses: {
          200: { content: makeJsonContent({ allOf: [{ ...list, required: ['data', 'meta'] }] }) },
          default: { $ref: '#/components/responses/error' },
        },
      },
    },
  },
  components: {
    securitySchemes: { bearerAuth: { type: 'http', scheme: 'Bearer' } },
    parameters: {
      currency_code: {
        name: 'currency_code',
        in: 'query',
        style: 'form',
        explode: false,
        schema: { type: 'array', items: text },
      },
    },
    responses: { error: { content: makeJsonContent(referTo('error')) } },
    schemas: {
      customer_id: { ...text, pattern: '^ctm_[a-z\\d]{26}$' },
      currency_code: { ...text, enum: Object.keys(currencies), minLength: 3, maxLength: 3 },
      balance: { type: 'object', properties: { available: text, reserved: text, used: text } },
      credit_balance: {
        type: 'object',
        properties: {
          customer_id: { ...referTo('customer_id'), description: 'Whose balance it is.' },
          currency_code: referTo('currency_code'),
          balance: referTo('balance'),
        },
      },
      meta: { type: 'object', properties: { request_id: text } },
      error: {
        type: 'object',
        properties: {
          error: {
            type: 'object',
            required: ['type', 'code', 'detail', 'documentation_url'],
            properties: {
              type: { ...text, enum: ['request_error', 'api_error'] },
              code: text,
              detail: text,
              documentation_url: { ...text, format: 'uri' },
              errors: { type: 'array', items: { ...fieldError, additionalProperties: false } },
            },
          },
          meta: referTo('meta'),
        },
      },
    },
  },
};

/**
 * A description of the operation that is cut and worded like the official one: parameters of the path, components of
 * other names, closed sets, no required fields in a balance, every error by `default`.
 */
export function makeOfficialDescription(): typeof official {
  // Not structuredClone: an edit of one schema must not change another that is written by the same constant.
  return JSON.parse(JSON.stringify(official));
}
