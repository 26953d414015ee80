import { toIdentifier } from './openapi.ts';

/** One operation as it stands in the generated module. */
export interface Declaration {
  name: string;
  data: { method: string; path: string };
}

/** The TypeScript side of the generated operations. */
export function declareOperations(
  components: string[],
  operations: Declaration[],
  servers: Record<string, { keyPrefix?: string }>,
): string {
  const names = Object.entries(servers).map(([name]) => `  readonly ${JSON.stringify(name)}: Server;\n`);
  return `import type { components } from './openapi.js';

/** One way in which a value breaks its schema. */
export interface Violation {
  /** Where, as a JSON Pointer into the value; empty for the value itself. */
  instancePath: string;
  message: string;
}

/** Checks a value against a schema; \`format\` is not checked. */
export interface Validator<Value> {
  (value: unknown): value is Value;
  /** What the last call found, in a long list about the first thousand; null when the value was valid. */
  errors?: Violation[] | null;
}

/** Where a parameter is sent. */
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

export interface Parameter {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  readonly style: string;
  readonly explode: boolean;
  /** The types that the value may have; any where there are none. */
  readonly types: readonly string[];
  /** The name in camel case: that of the property of a scenario which reserves a value of the parameter. */
  readonly property: string;
  /** What a right value looks like, in words. */
  readonly expected?: string;
  /** A right value, or the item of one. */
  readonly example?: unknown;
  /** What a client of this contract sends. */
  readonly value?: unknown;
  /** The list in a successful body that it filters, and the property that it filters by. */
  readonly filters?: { readonly list: string; readonly property: string };
  readonly validate: Validator<unknown>;
}

export interface DeclaredHeader {
  readonly required: boolean;
  /** The types that the value may have once it is read from the text; any where there are none. */
  readonly types: readonly string[];
  readonly validate: Validator<unknown>;
}

export interface DeclaredBody {
  /** The name of the schema: its outline's key in \`outlines\`. */
  readonly schema: string;
  readonly validate: Validator<unknown>;
}

export interface DeclaredResponse {
  /** By the name of the header. */
  readonly headers: Readonly<Record<string, DeclaredHeader>>;
  /** By the media type; none where the response has no body. */
  readonly content: Readonly<Record<string, DeclaredBody>>;
}

export interface Operation {
  /** In capitals. */
  readonly method: string;
  /** The path template. */
  readonly path: string;
  /** Whether a request needs a token. */
  readonly secured: boolean;
  readonly parameters: readonly Parameter[];
  /** Those below 400. */
  readonly responses: DeclaredResponses;
}

/** By the status; it may also be a range such as \`4XX\`, or \`default\`. */
export type DeclaredResponses = Readonly<Record<string, DeclaredResponse>>;

/** What a schema knows of the values that it allows, and need not be all of it. */
export interface Outline {
  /** The properties of an object. */
  readonly properties?: Readonly<Record<string, Outline>>;
  /** Whether all other properties are declared too. */
  readonly anyProperty?: boolean;
  /** The items of an array. */
  readonly items?: Outline;
  /** The known values of an open set. */
  readonly known?: readonly string[];
  /** The format of a string, which the validators do not check. */
  readonly format?: string;
  /** Named schemas that say more about the same value. */
  readonly refs?: readonly string[];
  /** Schemas without a name that do. */
  readonly parts?: readonly Outline[];
}

export interface Server {
  readonly url: string;
  /** What the tokens start with that work on this server alone. */
  readonly keyPrefix?: string;
}

/** A kind of token, by what it starts with. */
export interface TokenKind {
  readonly name: string;
  /** A regular expression for the start. */
  readonly prefix: string;
  /** Whether the API accepts any such token. */
  readonly isAccepted: boolean;
}

/** How the API refuses tokens of a kind. */
export interface TokenRefusal {
  /** A regular expression for the start. */
  readonly prefix: string;
  /** A regular expression for the whole token; none where no such token is accepted. */
  readonly pattern?: string;
  /** The scenario that refuses it. */
  readonly refusal: string;
}

/** Every operation, by its \`operationId\`. */
export const operations: {
${operations.map(({ name }) => `  readonly ${JSON.stringify(name)}: Operation;\n`).join('')}};

/** The responses of errors, by the \`operationId\`; \`default\` is one of them. */
export const errorResponses: Readonly<Record<keyof typeof operations, DeclaredResponses>>;

/** What each schema knows, by the schema's name. */
export const outlines: Readonly<Record<string, Outline>>;

/** The servers that the contract names. */
export const servers: {
${names.join('')}};

/** What the contract says of bearer tokens. */
export const tokenKinds: readonly TokenKind[];

/** The scenario that answers a request without a token, with none that is well formed, and with one of each kind. */
export const tokenRefusals: {
  readonly missing?: string;
  readonly malformed?: string;
  readonly kinds: readonly TokenRefusal[];
};

${components.map((name) => `export const ${toIdentifier(name)}: Validator<components['schemas'][${JSON.stringify(name)}]>;\n`).join('')}`;
}
