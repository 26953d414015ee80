// Redoc makes a section when it comes near; a page that is searched or printed has to be whole.
window.IntersectionObserver = class extends IntersectionObserver {
  constructor(callback, options) {
    super(callback, options?.rootMargin ? { ...options, rootMargin: '1000000px' } : options);
  }
};

// Redoc shows nothing at an address such as #error-not_found, which is short enough to be typed.
let wanted = '';
function takeShortAddress() {
  if (location.hash === '' || location.hash.startsWith('#/')) return;
  wanted = decodeURIComponent(location.hash.slice(1));
  history.replaceState(history.state, '', '#/');
}
takeShortAddress();
addEventListener('hashchange', takeShortAddress);

/** Goes to any element of the page, and shows which one it is. */
function goTo(element) {
  const section = element.closest('[data-section-id]')?.getAttribute('data-section-id');
  const id = element.closest('[id]')?.id;
  const isInside = id && id !== section?.slice(1) && id !== 'api-content';
  if (section) history.replaceState(history.state, '', `#${section}${isInside ? `#${id}` : ''}`);
  for (const other of document.querySelectorAll('.found')) other.classList.remove('found');
  element.classList.add('found');
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'center' });
}

// What Redoc leaves out for those who do not use a mouse or a screen.
function mend() {
  for (const heading of document.querySelectorAll('main h4')) heading.ariaLevel = '3';
  for (const heading of document.querySelectorAll('main h5')) heading.ariaLevel = '4';
  // A label hides which example is chosen.
  for (const button of document.querySelectorAll('button[aria-haspopup][aria-label="Example"]')) {
    if (button.textContent) button.ariaLabel = `Example: ${button.textContent}`;
  }
  for (const [panel, what] of [
    ['request', 'request sample'],
    ['response', 'response example'],
  ]) {
    for (const button of document.querySelectorAll(
      `.panel-${panel}-samples .code-block-header [data-testid="copy-button"]`,
    )) {
      button.ariaLabel = `Copy the ${what}`;
      button.title = button.ariaLabel;
    }
  }
  const menu = document.querySelector('.menu-content');
  if (menu) Object.assign(menu, { role: 'navigation', ariaLabel: 'Contents' });
  // From a file, its own address leads to the root of the disk.
  for (const link of document.querySelectorAll('a[href="/"]')) link.href = '#/';
  const search = document.querySelector('[data-testid="search-trigger"]');
  if (search) Object.assign(search, { role: 'button', tabIndex: 0 });
  const target = wanted && document.getElementById(wanted);
  if (target) {
    wanted = '';
    goTo(target);
  }
}

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    mend();
  });
}).observe(document, { childList: true, subtree: true, characterData: true });

// Redoc's own search knows neither the tables nor the examples; this one reads the page as it stands.
const rows = 'tr, .stage, .schema-property-item:not(:has(.schema-property-item))';
const texts = 'h1, h2, p, li:not(:has(li, .event)), pre, figcaption, .event';

function find(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return (
    [...document.querySelectorAll(`main :is(${rows}, ${texts})`)]
      .filter((block) => block.checkVisibility() && (block.matches(rows) || !block.closest(rows)))
      // biome-ignore lint/performance/useDomNodeTextContent: only the text as it is laid out has spaces between the cells.
      .map((block) => ({ block, text: block.innerText.replaceAll('\u200b', '').replace(/\s+/g, ' ').trim() }))
      .filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)))
      .map((result) => ({ ...result, rank: rank(result, query.trim().toLowerCase()), word: words[0] }))
      .sort((left, right) => left.rank - right.rank)
      .slice(0, 20)
  );
}

/** A row that is about the very word comes first, then a heading, then the order of the page. */
function rank({ block, text }, query) {
  if (block.querySelector('td')?.textContent.toLowerCase() === query) return 0;
  return /^H\d$/.test(block.tagName) || text.toLowerCase().startsWith(query) ? 1 : 2;
}

function snippet({ block, text, word }) {
  const button = document.createElement('button');
  const title = document.createElement('b');
  // biome-ignore lint/performance/useDomNodeTextContent: the hidden badge beside a heading is no part of it.
  title.textContent = block.closest('[data-section-id]')?.querySelector('h1, h2')?.innerText ?? '';
  const at = text.toLowerCase().indexOf(word);
  const from = text.lastIndexOf(' ', Math.max(0, at - 40)) + 1;
  const mark = document.createElement('mark');
  mark.textContent = text.slice(at, at + word.length);
  const rest = text.slice(at + word.length);
  const after = rest.length > 120 ? `${rest.slice(0, 120).replace(/\s\S*$/, '')} …` : rest;
  button.append(title, (from > 0 ? '… ' : '') + text.slice(from, at), mark, after);
  button.onclick = () => {
    document.getElementById('search').close();
    goTo(block);
  };
  const item = document.createElement('li');
  item.append(button);
  return item;
}

function openSearch(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  const dialog = document.getElementById('search');
  dialog.showModal();
  dialog.querySelector('input').select();
}

addEventListener('input', ({ target }) => {
  const dialog = target.closest('#search');
  if (!dialog) return;
  const query = target.value.trim();
  const results = find(query);
  dialog.querySelector('ul').replaceChildren(...results.map(snippet));
  dialog.querySelector('p').textContent = query && results.length === 0 ? `Nothing found for “${query}”.` : '';
});

const isTrigger = ({ target }) => target.closest?.('[data-testid="search-trigger"], button.search');
addEventListener(
  'keydown',
  (event) => {
    if (
      (event.key === 'Enter' && isTrigger(event)) ||
      (event.key?.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey))
    ) {
      openSearch(event);
    } else if (event.target.matches?.('#search input')) {
      if (event.key === 'Enter') document.querySelector('#search li button')?.click();
      // Chromium would only empty the field.
      if (event.key === 'Escape') document.getElementById('search').close();
    }
  },
  true,
);
addEventListener('click', (event) => isTrigger(event) && openSearch(event), true);

addEventListener('click', async (event) => {
  // An address of its own would be one more page to Redoc's router.
  if (event.target.matches?.('.skip')) {
    event.preventDefault();
    const main = document.querySelector('main');
    main.tabIndex = -1;
    main.focus();
  }
  if (event.target.matches?.('.copy')) {
    const { target } = event;
    await navigator.clipboard.writeText(target.previousElementSibling.textContent);
    target.classList.add('copied');
    setTimeout(() => target.classList.remove('copied'), 2000);
  }
});

// Paper is white.
let printed = '';
addEventListener('beforeprint', () => {
  printed = document.documentElement.className;
  document.documentElement.classList.replace('dark', 'light');
});
addEventListener('afterprint', () => {
  document.documentElement.className = printed;
});
