// Redoc makes a section when it comes near; a page that is searched or printed has to be whole.
window.IntersectionObserver = class extends IntersectionObserver {
  constructor(callback, options) {
    super(callback, options?.rootMargin ? { ...options, rootMargin: '1000000px' } : options);
  }
};

// What Redoc leaves out for those who do not use a mouse or a screen.
function mend() {
  for (const heading of document.querySelectorAll('main h4')) heading.ariaLevel = '3';
  for (const heading of document.querySelectorAll('main h5')) heading.ariaLevel = '4';
  // A label hides which example is chosen.
  for (const button of document.querySelectorAll('button[aria-haspopup][aria-label="Example"]')) {
    if (button.textContent) button.ariaLabel = `Example: ${button.textContent}`;
  }
  const menu = document.querySelector('.menu-content');
  if (menu) Object.assign(menu, { role: 'navigation', ariaLabel: 'Contents' });
  // From a file, its own address leads to the root of the disk.
  for (const link of document.querySelectorAll('a[href="/"]')) link.href = '#/';
  const search = document.querySelector('[data-testid="search-trigger"]');
  if (search) Object.assign(search, { role: 'button', tabIndex: 0 });
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

addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.matches?.('[data-testid="search-trigger"]')) event.target.click();
});

// An address of its own would be one more page to Redoc's router.
addEventListener('click', (event) => {
  if (!event.target.matches?.('.skip')) return;
  event.preventDefault();
  const main = document.querySelector('main');
  main.tabIndex = -1;
  main.focus();
});
