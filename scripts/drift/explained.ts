import type { Difference } from './compare.ts';

/** A difference that is meant to be there. A side that is left out is one that says nothing at this place. */
export interface Explanation {
  place: RegExp;
  ours?: unknown;
  theirs?: unknown;
  why: string;
}

/** What is known to differ between the contract and Paddle's own description. */
const explanations: Explanation[] = [
  {
    place: /^response [45]\d\d$/,
    ours: 'declared',
    why: 'Paddle describes every error by `default`; the statuses are those of its error pages.',
  },
  {
    place: /^response default > header retry-after$/,
    ours: 'declared',
    why: 'Paddle documents the header for 429, and an SDK of its own mentions it for 503.',
  },
  {
    place: /^header parameter paddle-version$/,
    ours: 'declared',
    why: 'Paddle documents the header once, on its page about versioning.',
  },
  {
    place: /^permission customer\.read$/,
    ours: 'declared',
    why: "Paddle documents the permission on the operation's page.",
  },
  {
    place: /^query parameter currency_code > \[\] > values$/,
    ours: 'declared',
    why: "Paddle's description gives no list of codes for the filter; those of the response are known.",
  },
  {
    place: /^(query parameter currency_code > \[\]|response 200 > .* > currency_code) > pattern$/,
    ours: '^[A-Z]{3}$',
    why: 'The pattern is what ISO 4217 codes have in common.',
  },
  {
    place: /^response 200 > .* > currency_code > (min|max)Length$/,
    theirs: 3,
    why: 'Said by the pattern here.',
  },
  {
    place: /^response 200 > .* > currency_code > values > closed$/,
    ours: false,
    theirs: true,
    why: 'Paddle adds currencies without a new API version, so the set is open here.',
  },
  {
    place: /^response 200 > .* > (customer_id|currency_code|balance|available|reserved|used) > required$/,
    ours: true,
    theirs: false,
    why: "Paddle's pages and every sample have these fields; a missing total must not pass for zero.",
  },
  {
    place: /^response 200 > .* > balance > (available|reserved|used) > pattern$/,
    ours: '^-?[0-9]+$',
    why: 'Paddle says in words that amounts are integers in the lowest denomination.',
  },
  {
    place: /> meta > request_id > format$/,
    ours: 'uuid',
    why: 'A UUID in every sample.',
  },
  {
    place: /> meta > request_id > required$/,
    ours: true,
    theirs: false,
    why: 'Every sample that has `meta` has the request ID.',
  },
  {
    place: /^response default > application\/json > error > required$/,
    ours: true,
    theirs: false,
    why: "Every sample of an error has it; a body without it isn't Paddle's envelope.",
  },
  {
    place: /^response default > .* > error > type > values > closed$/,
    ours: false,
    theirs: true,
    why: 'A new error type must not break a client.',
  },
  {
    place: /^response default > .* > error > code > values$/,
    ours: 'declared',
    why: 'The known codes are those of the error pages.',
  },
  {
    place: /^response default > .* > errors > \[\] > additionalProperties$/,
    theirs: false,
    why: 'Paddle counts a new response field as a change that breaks nothing.',
  },
];

/** Why the two descriptions are meant to differ there; undefined where nobody has said so. */
export function explain({ place, ours, theirs }: Difference): string | undefined {
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  return explanations.find(
    (known) => known.place.test(place) && isSame(known.ours, ours) && isSame(known.theirs, theirs),
  )?.why;
}
