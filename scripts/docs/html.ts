const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

export function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

/** One line of Markdown, of which the description uses only `code` inside such lines. */
export function inline(markdown: string): string {
  return markdown
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : escaped(part)))
    .join('');
}

/** A list of terms, each with what is to be said of it; a phone shows it as well as a desktop. */
export function cards(entries: { id: string; term: string; lines: string[] }[]): string {
  const items = entries.map(
    ({ id, term, lines }) =>
      `<div id="${escaped(id)}"><dt>${term}</dt>${lines.map((line) => `<dd>${line}</dd>`).join('')}</div>`,
  );
  return `<dl class="cards">${items.join('')}</dl>`;
}

export function table(head: string[], rows: string[][]): string {
  const cells = (tag: string, row: string[]) => row.map((cell) => `<${tag}>${cell}</${tag}>`).join('');
  const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('');
  return `<table><thead><tr>${cells('th', head)}</tr></thead><tbody>${body}</tbody></table>`;
}
