import { _, type CodeKeywordDefinition, type KeywordCxt, str } from 'ajv';

/** `x-unique-by: name`: no two items of an array have the same value of that property. */
export const uniqueBy: CodeKeywordDefinition & { keyword: string } = {
  keyword: 'x-unique-by',
  type: 'array',
  schemaType: 'string',
  error: { message: ({ schema }) => str`must have one item for each ${schema}` },
  code(context: KeywordCxt) {
    const { data, schema, gen } = context;
    const values = gen.const('values', _`new Set()`);
    const count = gen.let('count', 0);
    gen.forOf('item', data, (item) => {
      // An item without the property is the concern of `items`.
      gen.if(_`${item} != null && ${item}[${schema}] !== undefined`, () => {
        gen.add(count, 1);
        gen.code(_`${values}.add(${item}[${schema}])`);
      });
    });
    context.fail(_`${values}.size < ${count}`);
  },
};
