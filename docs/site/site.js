// What scrolls by itself is reached by the keyboard, too.
const watch = new ResizeObserver((entries) => {
  for (const {target} of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
    else target.removeAttribute('tabindex');
  }
});
for (const box of document.querySelectorAll('pre, .tsd-typography table, math[display="block"]')) watch.observe(box);

// The playground that was built with this site lies beside it.
for (const link of document.querySelectorAll('a[href$="/playground/"]')) {
  link.href = `${document.documentElement.dataset.base}playground/index.html`;
}

// A button for light and dark beside the search. What it sets is what the menu 'Settings' sets, which is far down on a phone.
const select = document.querySelector('#tsd-theme');
const search = document.querySelector('#tsd-search-trigger');
if (select && search) {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => select.value === 'dark' || (select.value === 'os' && system.matches);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'site-theme';
  const label = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.title = `Switch to ${isDark() ? 'light' : 'dark'} colors`;
  };
  button.addEventListener('click', () => {
    select.value = isDark() ? 'light' : 'dark';
    select.dispatchEvent(new Event('change'));
  });
  select.addEventListener('change', label);
  system.addEventListener('change', label);
  label();
  search.before(button);
}

// The menu shows the guides at once, until a visitor folds them; typedoc keeps that by this name.
try {
  localStorage.setItem('tsd-accordion-Guides', localStorage.getItem('tsd-accordion-Guides') ?? 'true');
} catch {
  // A browser that stores nothing: the menu is folded.
}
