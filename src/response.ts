import type { CreditBalanceList } from '../generated/openapi.js';
import * as validators from '../generated/validators.js';
import { ApiError, ContractError, type ContractIssue, type PaddleError } from './errors.js';
import { issuesOf } from './issues.js';
import { isRetryableStatus, parseRetryAfter } from './retry.js';
import type { Redactor } from './secrets.js';

/** What was asked, as far as the answer must fit it. */
export interface Question {
  customerId: string;
  currencies: readonly string[] | undefined;
  validate: boolean;
}

export interface Answer {
  response: Response;
  /** The whole body. */
  text: string;
}

export type Outcome = { value: CreditBalanceList } | { error: PaddleError };

/** How much of a body that is not Paddle's is told, in characters. */
const excerptLength = 200;
/** How many issues a message tells; `issues` has them all. */
const toldIssues = 3;

/**
 * The one place where a response becomes balances or an error. Whatever is not exactly the contract's 200 is an
 * error, so that nothing broken reads as "no credit".
 */
export function read({ response, text }: Answer, question: Question, request: string, redactor: Redactor): Outcome {
  const parsed = parse(text);
  if (response.status >= 400)
    return { error: apiError(response, redactor.json(parsed ? parsed.value : text), request) };

  const contractError = (issues: ContractIssue[], requestId?: unknown) => {
    const told = issues.slice(0, toldIssues).map(({ path, message }) => `${path} ${message}`.trim());
    const more = issues.length > toldIssues ? `; and ${issues.length - toldIssues} more` : '';
    const message = `The response breaks the contract: ${told.join('; ')}${more} [${request}]`;
    return {
      error: new ContractError(redactor.text(message), {
        issues: redactor.json(issues),
        status: response.status,
        requestId: typeof requestId === 'string' ? redactor.text(requestId) : undefined,
      }),
    };
  };

  const wrong = envelopeIssue(response);
  if (wrong !== undefined) return contractError([{ path: '', message: wrong }]);
  if (parsed === undefined) {
    return contractError([{ path: '', message: `the body is not JSON: ${excerpt(redactor.text(text))}` }]);
  }
  const requestId = (parsed.value as Partial<CreditBalanceList> | null)?.meta?.request_id;
  if (!question.validate) return { value: parsed.value as CreditBalanceList };
  const issues = answerIssues(parsed.value, question);
  return issues.length === 0 ? { value: parsed.value as CreditBalanceList } : contractError(issues, requestId);
}

function apiError(response: Response, body: unknown, request: string): ApiError {
  const { status } = response;
  const envelope = validators.ErrorResponse(body) ? body : undefined;
  const { type, code, detail = excerpt(body), documentation_url: documentationUrl, errors } = envelope?.error ?? {};
  const requestId = envelope?.meta?.request_id;
  const retryAfter = parseRetryAfter(response.headers.get('Retry-After'));
  const fields = errors?.map(({ field, message }) => ` ${field}: ${message}.`).join('') ?? '';
  const context = [
    request,
    requestId === undefined ? [] : `request ${requestId}`,
    retryAfter === undefined ? [] : `retry after ${retryAfter} s`,
  ].flat();
  return new ApiError(`${[status, code ?? []].flat().join(' ')}: ${detail}${fields} [${context.join(', ')}]`, {
    status,
    retryable: isRetryableStatus(status),
    type,
    code,
    detail,
    documentationUrl,
    fieldErrors: errors,
    requestId,
    retryAfter,
  });
}

/** What is wrong with the response before its body is looked at. */
function envelopeIssue({ status, type, headers }: Response): string | undefined {
  if (type === 'opaqueredirect' || status >= 300) {
    return 'it is a redirect, which is not followed, so that the API key goes nowhere else; check baseUrl';
  }
  if (status !== 200) return `its status is ${status} and not 200`;
  const contentType = headers.get('Content-Type');
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? '')) {
    return `its content type is ${contentType ?? 'missing'} and not application/json`;
  }
  return undefined;
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The parser's own error quotes the body.
    return undefined;
  }
}

function answerIssues(value: unknown, { customerId, currencies }: Question): ContractIssue[] {
  const issues = issuesOf(validators.CreditBalanceList, value);
  if (issues.length > 0) return issues;
  // A whole list, but is it about what was asked?
  (value as CreditBalanceList).data.forEach((balance, index) => {
    if (balance.customer_id !== customerId) {
      issues.push({ path: `/data/${index}/customer_id`, message: 'is another customer than the one asked for' });
    }
    if (currencies?.includes(balance.currency_code) === false) {
      issues.push({
        path: `/data/${index}/currency_code`,
        message: `is ${balance.currency_code}, which was not asked for`,
      });
    }
  });
  return issues;
}

/** Cut only what is redacted already: half a key would no longer be found. */
function excerpt(body: unknown): string {
  const text = (typeof body === 'string' ? body : (JSON.stringify(body) ?? '')).trim();
  if (text === '') return 'the body is empty';
  return text.length > excerptLength ? `${text.slice(0, excerptLength)}…` : text;
}
