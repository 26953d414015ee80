import { _, type CodeKeywordDefinition, type KeywordCxt, str } from 'ajv';

/** `x-unique-by: name`: no two items of an array have the same value of that property. */
export const uniqueBy: CodeKeywordDefinition & { keyword: string } = {
  keyword: 'x-unique-by',
  type: 'array',
  schemaType: 'string',
  error: { message: ({ schema }) => str`must have one item for each ${schema}` },
  code(context: KeywordCxt) {
    const { data, schema, gen } = context;
    // An item without the property is the concern of `items`.
    const values = gen.const('values', _`${data}.map((item) => item?.[${schema}]).filter((value) => value != null)`);
    context.fail(_`new Set(${values}).size < ${values}.length`);
  },
};
