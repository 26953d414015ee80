// @ts-check
// Rules that Redocly has not: loaded by redocly.yaml, so plain JavaScript on every Node.

/** A header without an example is mocked with an invented value, so each must name one of its own. */
function HeaderExample() {
  return {
    /** @param {any} header @param {any} ctx */
    Header(header, ctx) {
      if (header.example === undefined && Object.keys(header.examples ?? {}).length === 0) {
        ctx.report({ message: 'The header needs an `example`.' });
      }
    },
  };
}

/**
 * Every response body must be shown by at least one named example; a lone `example` has no name to ask for. Of the
 * statuses that `default` stands for nothing is known but the schema.
 */
function ResponseExamples() {
  return {
    /** @param {any} response @param {any} ctx */
    Response(response, ctx) {
      for (const [mediaType, media] of Object.entries(response.content ?? {})) {
        const location = ctx.location.child(['content', mediaType]);
        if (ctx.key !== 'default' && Object.keys(media.examples ?? {}).length === 0) {
          ctx.report({ message: 'The response needs at least one named example under `examples`.', location });
        }
        if (media.example !== undefined) {
          ctx.report({
            message: 'Name the example: move `example` to `examples`.',
            location: location.child('example'),
          });
        }
      }
    },
  };
}

/**
 * Every response example reserves an id of its own, by which a mock picks it.
 * @param {{extension: string}} options
 */
function ExampleReservedId({ extension }) {
  /** @type {Map<unknown, string>} */
  const owners = new Map();
  return {
    Response: {
      Example(/** @type {any} */ example, /** @type {any} */ ctx) {
        const id = example[extension];
        const here = ctx.location.absolutePointer;
        if (id === undefined) {
          ctx.report({ message: `The example needs \`${extension}\`.` });
        } else if ((owners.get(id) ?? here) !== here) {
          ctx.report({
            message: `\`${extension}\` ${id} is taken by another example.`,
            location: ctx.location.child(extension),
          });
        }
        owners.set(id, owners.get(id) ?? here);
      },
    },
  };
}

/**
 * A query is made by the names of its parameters alone (openapi-fetch tells a serializer no more), so that a name has
 * one form in the whole description.
 */
function QueryParameterForm() {
  /** @type {Map<string, string>} */
  const forms = new Map();
  return {
    /** @param {any} parameter @param {any} ctx */
    Parameter({ name, in: place, style, explode, schema }, ctx) {
      if (place !== 'query') return;
      const form = JSON.stringify({ style, explode, schema });
      if ((forms.get(name) ?? form) !== form) {
        ctx.report({ message: `The query parameter \`${name}\` has another form in another operation.` });
      }
      forms.set(name, forms.get(name) ?? form);
    },
  };
}

export default function plugin() {
  return {
    id: 'contract',
    rules: {
      oas3: {
        'header-example': HeaderExample,
        'response-examples': ResponseExamples,
        'example-reserved-id': ExampleReservedId,
        'query-parameter-form': QueryParameterForm,
      },
    },
  };
}
