/**
 * The page's only script. The page is whole without it: it filters the findings, sorts tables, shows where they go on, takes charts away as
 * pictures, and unfolds everything for print.
 */

/**
 * Paper cannot be clicked: everything that is folded opens for printing and folds again after it, and the heads of tables, which a
 * browser repeats on each page without their buttons, are bare text as long.
 */
const printing = `
const bared = [];
addEventListener('beforeprint', () => {
  for (const button of document.querySelectorAll('th > button')) { bared.push([button.parentElement, button]); button.replaceWith(...button.childNodes); }
  for (const part of document.querySelectorAll('details:not([open])')) { part.dataset.folded = ''; part.open = true; }
});
addEventListener('afterprint', () => {
  for (const [head, button] of bared.splice(0)) { button.append(...head.childNodes); head.append(button); }
  for (const part of document.querySelectorAll('details[data-folded]')) { delete part.dataset.folded; part.open = false; }
});
`;

/** Shows what the form asks for, on the screen only. A link to a finding that is filtered away brings it back. */
const filtering = `
const form = document.querySelector('.filters');
if (form) {
  form.hidden = false;
  const parts = [...document.querySelectorAll('[data-status]')];
  const ranks = ['none', 'low', 'medium', 'high', 'critical'];
  const apply = () => {
    const wanted = new Set(new FormData(form).getAll('status'));
    const least = ranks.indexOf(form.elements.severity.value);
    const theme = form.elements.theme.value;
    let shown = 0;
    for (const part of parts) {
      const { status, severity, theme: own } = part.dataset;
      const isShown = wanted.has(status) && ranks.indexOf(severity) >= least && (theme === '' || theme === own);
      part.classList.toggle('away', !isShown);
      if (isShown && part.localName === 'li') shown += 1;
    }
    form.querySelector('output').value = shown + (shown === 1 ? ' finding shown' : ' findings shown');
  };
  form.addEventListener('input', apply);
  form.addEventListener('reset', () => setTimeout(apply));
  form.addEventListener('submit', (event) => event.preventDefault());
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.closest('.away')) { form.reset(); setTimeout(() => target.scrollIntoView()); }
  };
  addEventListener('hashchange', reveal);
  document.addEventListener('click', (event) => { if (event.target.closest('a[href^="#"]')) setTimeout(reveal); });
  apply();
}
`;

/** A click on a heading sorts its table; a second one turns it round. What is not known stays last. */
const sorting = `
const decimal = document.querySelector('main').dataset.decimal;
const keyOf = (cell, isNumber) => {
  const text = (cell ? cell.textContent : '').trim();
  if (!isNumber) return text.toLowerCase();
  const digits = [...text.replace('\\u2212', '-')].filter((mark) => /[-\\d]/.test(mark) || mark === decimal).join('').replace(decimal, '.');
  return /\\d/.test(digits) ? Number.parseFloat(digits) : null;
};
for (const table of document.querySelectorAll('table')) {
  const body = table.tBodies[0];
  if (!body || body.rows.length < 3) continue;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const isDown = head.getAttribute('aria-sort') === 'ascending';
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending');
      const isNumber = head.classList.contains('number');
      const keyed = [...body.rows].map((row, place) => ({ row, place, key: keyOf(row.cells[column], isNumber) }));
      keyed.sort((a, b) => {
        if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.place - b.place;
        const order = a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
        return (isDown ? -order : order) || a.place - b.place;
      });
      body.append(...keyed.map(({ row }) => row));
    });
  });
}
`;

/** A table wider than its place shows at its edge that there is more. */
const edges = `
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) target.classList.toggle('wide', target.scrollWidth > target.clientWidth);
});
for (const part of document.querySelectorAll('.scroll')) watcher.observe(part);
`;

/** Each chart can be copied as SVG or saved as PNG, with the rules that it needs inside it. */
const pictures = `
const rules = document.querySelector('style').textContent;
const standAlone = (svg) => {
  const copy = svg.cloneNode(true);
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute('xmlns', 'http:' + '//www.w3.org/2000/svg');
  copy.setAttribute('width', width);
  copy.setAttribute('height', height);
  const style = document.createElementNS(svg.namespaceURI, 'style');
  style.textContent = rules;
  copy.prepend(style);
  for (const [tag, id] of [['desc', 'aria-describedby'], ['title', 'aria-labelledby']]) {
    const words = document.createElementNS(svg.namespaceURI, tag);
    words.textContent = document.getElementById(svg.getAttribute(id))?.textContent ?? '';
    copy.removeAttribute(id);
    copy.prepend(words);
  }
  return new XMLSerializer().serializeToString(copy);
};
const addressOf = (text) => 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
const save = (address, name) => {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
};
for (const figure of document.querySelectorAll('figure.chart')) {
  const drawing = () => [...figure.querySelectorAll('svg.drawing')].find((svg) => svg.checkVisibility());
  const name = (figure.closest('article') || figure).id || 'chart';
  const tools = document.createElement('p');
  tools.className = 'chart-tools';
  const add = (words, work) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words;
    button.addEventListener('click', async () => {
      const done = await work().then(() => true, () => false);
      button.textContent = done ? 'Done' : 'Not possible here';
      setTimeout(() => { button.textContent = words; }, 1500);
    });
    tools.append(button);
  };
  add('Copy as SVG', async () => {
    const text = standAlone(drawing());
    await navigator.clipboard.writeText(text).catch(() => save(addressOf(text), name + '.svg'));
  });
  add('Save as PNG', async () => {
    const svg = drawing();
    const image = new Image();
    image.src = addressOf(standAlone(svg));
    await image.decode();
    const canvas = document.createElement('canvas');
    const { width, height } = svg.viewBox.baseVal;
    canvas.width = 2 * width;
    canvas.height = 2 * height;
    const pen = canvas.getContext('2d');
    pen.fillStyle = getComputedStyle(document.body).backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    save(canvas.toDataURL('image/png'), name + '.png');
  });
  figure.append(tools);
}
`;

export const script = `'use strict';${printing}${filtering}${sorting}${edges}${pictures}`;
