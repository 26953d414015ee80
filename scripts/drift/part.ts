/** What a description says about one thing and the things inside it, in a form that is the same for every author. */
export interface Part {
  facts: Record<string, unknown>;
  parts: Record<string, Part>;
}

export function makePart(facts: Record<string, unknown> = {}): Part {
  return { facts, parts: {} };
}

/** The part of that name, added where there is none. */
export function getOrAddPart(parent: Part, name: string): Part {
  parent.parts[name] ??= makePart();
  return parent.parts[name];
}
