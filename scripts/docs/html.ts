const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

export function renderCode(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

/** A name that a narrow column may break, but only between its words. */
export function renderName(name: string): string {
  return `<code class="name">${escapeHtml(name).replace(/[-_]/g, '$&<wbr>')}</code>`;
}

/** What page.js copies is the code before the button. Its label is in page.css, where no search finds it. */
export function renderCopyable(text: string): string {
  return `<code>${escapeHtml(text)}</code> <button type="button" class="copy" aria-label="Copy ${escapeHtml(text)}"></button>`;
}

/** One line of Markdown, of which the description uses only `code` inside such lines. */
export function renderInline(markdown: string): string {
  return markdown
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? renderCode(part) : escapeHtml(part)))
    .join('');
}

export interface Row {
  id: string;
  cells: string[];
}

/** A `wide` table becomes a list of its rows on a phone, where each cell says which column it is of. */
export function renderTable(head: string[], rows: Row[], kind = 'narrow'): string {
  const columns = head.map((title) => `<th scope="col">${title}</th>`).join('');
  const body = rows.map(({ id, cells }) => {
    const shown = cells.map((cell, index) => `<td data-label="${head[index]}">${cell || '–'}</td>`).join('');
    return `<tr id="${escapeHtml(id)}">${shown}</tr>`;
  });
  return `<div class="${kind}"><table><thead><tr>${columns}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}
