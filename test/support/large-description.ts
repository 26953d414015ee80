import type { Description, Schema } from '../../scripts/generate/openapi.ts';

const kinds = ['product', 'price', 'discount', 'address', 'business', 'payout', 'report', 'event'];
const referTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const pick = <Item>(items: readonly Item[], index: number) => items[index % items.length] as Item;

/**
 * A description of the size and shape of a whole payment API, the same each time: 79 operations, and 325 schemas in
 * four layers, of which each refers to the ones below it, many of them to the same.
 */
export function makeLargeDescription(): Description {
  const schemas: Record<string, Schema> = {};
  const add = (name: string, schema: Schema) => {
    schemas[name] = schema;
    return name;
  };
  const makeLayer = (count: number, make: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => make(index));

  const texts = makeLayer(90, (index) => {
    const kind = pick(kinds, index);
    const forms: Schema[] = [
      {
        type: 'string',
        pattern: `^${kind.slice(0, 3)}_[a-z0-9]{26}$`,
        examples: [`${kind.slice(0, 3)}_${'0'.repeat(26)}`],
      },
      { type: 'string', enum: [`${kind}_draft`, `${kind}_active`, `${kind}_archived`] },
      { type: ['string', 'null'], format: 'date-time', description: 'When it happened.' },
      { type: 'string', minLength: 1, maxLength: 200 + index },
      { type: 'integer', minimum: 1, maximum: 100 + index },
    ];
    return add(`Text${index}`, pick(forms, index));
  });
  const parts = makeLayer(85, (index) =>
    add(
      `Part${index}`,
      makeObject(
        ['amount', 'code', 'note'],
        [referTo(pick(texts, index)), referTo(pick(texts, index * 7)), { type: 'string' }],
      ),
    ),
  );
  const entities = makeLayer(75, (index) => {
    const fields = makeLayer(10, (field) => `field_${field}`);
    const values = fields.map((_, field): Schema => {
      if (field % 5 === 4) return { type: 'array', items: referTo(pick(parts, index + field)) };
      if (field % 5 === 3) return { anyOf: [referTo(pick(parts, index * 3 + field)), { type: 'null' }] };
      return referTo(pick(texts, index * 11 + field * 3));
    });
    // A few hold others, and one of these itself again.
    if (index % 5 === 0 && index > 0) values[0] = referTo(`Entity${index - 1}`);
    if (index === 50) values[1] = { type: 'array', items: referTo('Entity50') };
    return add(`Entity${index}`, makeObject(fields, values));
  });
  const answers = makeLayer(75, (index) => {
    const data =
      index % 2 === 0 ? referTo(pick(entities, index)) : { type: 'array', items: referTo(pick(entities, index)) };
    return add(`Answer${index}`, makeObject(['data', 'meta'], [data, referTo(pick(parts, 0))]));
  });

  const paths = Object.fromEntries(
    makeLayer(79, (index) => `/resource-${index}/{id}`).map((address, index) => [
      address,
      {
        get: {
          operationId: `get-resource-${index}`,
          parameters: [{ name: 'id', in: 'path', required: true, schema: referTo(pick(texts, index * 5)) }],
          responses: {
            200: { description: 'Found.', content: { 'application/json': { schema: referTo(pick(answers, index)) } } },
            404: { description: 'Not found.', content: { 'application/json': { schema: referTo(pick(parts, 1)) } } },
          },
        },
      },
    ]),
  );
  return { openapi: '3.1.0', info: { title: 'Large', version: '1.0.0' }, paths, components: { schemas } };
}

function makeObject(names: string[], values: Schema[]): Schema {
  const properties = Object.fromEntries(names.map((name, index) => [name, values[index] as Schema]));
  return { type: 'object', required: names.slice(0, 2), properties };
}
