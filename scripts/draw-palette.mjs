/**
 * Draws docs/pictures/palette.svg: every colour of the built report on its light and its dark page, and as it looks in grey and to
 * somebody without the sense of green. With --check it changes nothing and exits with 1 when the picture is out of date.
 *
 * Usage: npm run build && node scripts/draw-palette.mjs [--check]
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { argv, exit, stderr } from 'node:process';
import { style } from '../dist/report/html/style.js';

const picture = new URL('../docs/pictures/palette.svg', import.meta.url);

/** Colours of a block of the style, by name. */
const coloursIn = (css) => new Map([...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]));
const [lightBlock, darkBlock = ''] = style.split(/@media screen and \(prefers-color-scheme: dark\)/);
const light = coloursIn(lightBlock);
// What the dark page does not name it has from the light one.
const dark = new Map([...light, ...coloursIn(darkBlock.slice(0, darkBlock.indexOf('}')))]);

const groups = [
  ['The page', 'nothing', ['paper', 'raised', 'ink', 'soft', 'rule', 'faint']],
  ['Results, each with its shape and word', 'shape', ['problem', 'watch', 'healthy', 'info', 'silent']],
  ['Links, curves and their bands', 'nothing', ['accent', 'observed', 'expected', 'band']],
  ['Segments of a bar, light beside dark', 'nothing', [0, 1, 2, 3, 4, 5, 6, 7].map((tone) => `tone-${tone}`)],
  ['Shades of a table, from little to much', 'nothing', [0, 1, 2, 3, 4].map((shade) => `shade-${shade}`)],
  ['Letters on segments, dark and light', 'nothing', ['on-dark', 'on-light']],
];
const named = groups.flatMap(([, , names]) => names);
const forgotten = [...light.keys()].filter((name) => !named.includes(name));
if (forgotten.length > 0 || named.some((name) => !light.has(name))) {
  stderr.write(`The palette and the style do not name the same colours: ${forgotten.concat(named.filter((name) => !light.has(name))).join(', ')}.\n`);
  exit(1);
}

const channelsOf = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
const linear = (share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
const encoded = (share) => (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055);
const colourOf = (shares) =>
  `#${shares
    .map((share) =>
      Math.round(Math.min(1, Math.max(0, encoded(share))) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
const luminanceOf = (colour) => {
  const [red, green, blue] = channelsOf(colour).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const greyOf = (colour) => colourOf([luminanceOf(colour), luminanceOf(colour), luminanceOf(colour)]);
/** Deuteranopia: Machado, Oliveira and Fernandes (2009), severity 1, on linear light. */
const withoutGreen = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
];
const seenWithoutGreen = (colour) => {
  const shares = channelsOf(colour).map(linear);
  return colourOf(withoutGreen.map((weights) => weights.reduce((sum, weight, index) => sum + weight * shares[index], 0)));
};
const contrast = (colour, page) => {
  const [low, high] = [luminanceOf(colour), luminanceOf(page)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
/** Whatever is read or followed, and where: on the page, or on every segment that it may stand on. */
const grounds = new Map([
  ...['ink', 'soft', 'problem', 'watch', 'healthy', 'info', 'silent', 'accent', 'observed', 'expected'].map((name) => [name, ['paper']]),
  ['on-dark', [0, 2, 4, 6].map((tone) => `tone-${tone}`)],
  ['on-light', [1, 3, 5, 7].map((tone) => `tone-${tone}`)],
]);
function contrastText(name, page) {
  const on = grounds.get(name);
  if (on === undefined) return '';
  const least = Math.min(...on.map((ground) => contrast(page.get(name), page.get(ground))));
  return `${least.toFixed(1)} : 1`;
}

const columns = [
  { head: 'Light page', width: 176, page: light, look: (colour) => colour, hasFigures: true },
  { head: 'Dark page', width: 176, page: dark, look: (colour) => colour, hasFigures: true },
  { head: 'In grey', width: 80, page: light, look: greyOf, hasFigures: false },
  { head: 'Without green', width: 96, page: light, look: seenWithoutGreen, hasFigures: false },
];
const [nameWidth, rowHeight, headHeight, margin] = [96, 30, 34, 20];
const starts = columns.map((_, index) => columns.slice(0, index).reduce((sum, { width }) => sum + width, nameWidth));
const width = columns.reduce((sum, column) => sum + column.width, nameWidth) + 2 * margin;
/** As the page draws them, in a box of twelve. */
const shapes = {
  problem: 'M6 .8 11.6 11H.4z',
  watch: 'M6 .4 11.6 6 6 11.6.4 6z',
  healthy: 'M6 .6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 6 .6z',
  info: 'M1 1h10v10H1z',
  silent: 'M1 5h10v2H1z',
};

function swatch(name, kind, { page, look, hasFigures }, x, y) {
  const [paper, ink, colour] = [page.get('paper'), page.get('ink'), page.get(name)].map(look);
  const place = `x="${x}" y="${y}"`;
  const mark =
    kind === 'shape'
      ? `<path d="${shapes[name]}" transform="translate(${x + 12} ${y + 5}) scale(1.5)" fill="${colour}"/>`
      : `<rect x="${x + 6}" y="${y + 5}" width="30" height="18" fill="${colour}" stroke="${look(page.get('rule'))}"/>`;
  const figures = hasFigures
    ? `<text x="${x + 44}" y="${y + 18}" fill="${ink}">${page.get(name)}</text><text x="${x + 158}" y="${y + 18}" text-anchor="end" fill="${ink}">${contrastText(name, page)}</text>`
    : '';
  return `<rect ${place} width="${hasFigures ? 166 : 52}" height="28" fill="${paper}"/>${mark}${figures}`;
}

let y = margin + headHeight;
const rows = groups.flatMap(([title, kind, names]) => {
  const top = y + 22;
  y += headHeight + names.length * rowHeight;
  return [
    `<text x="0" y="${top}" class="strong">${title}</text>`,
    ...names.map((name, index) => {
      const rowTop = top + 8 + index * rowHeight;
      return `<g><text x="0" y="${rowTop + 18}">${name}</text>${columns.map((column, at) => swatch(name, kind, column, starts[at], rowTop)).join('')}</g>`;
    }),
  ];
});
const heads = columns.map(({ head }, index) => `<text x="${starts[index]}" y="${margin + 14}" class="strong">${head}</text>`);
const height = y + margin;
const drawn = [
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-margin} 0 ${width} ${height}" role="img" aria-label="The palette">`,
  `<style>text { font: 12px "Helvetica Neue", Helvetica, "Liberation Sans", Arial, sans-serif; } .strong { font-weight: 600; }</style>`,
  `<rect x="${-margin}" width="${width}" height="${height}" fill="#ffffff"/>`,
  ...heads,
  ...rows,
  '</svg>\n',
].join('\n');

if (argv.includes('--check')) {
  const isCurrent = readFileSync(picture, 'utf8') === drawn;
  if (!isCurrent) stderr.write('docs/pictures/palette.svg is out of date: run npm run pictures.\n');
  exit(isCurrent ? 0 : 1);
}
mkdirSync(new URL('.', picture), { recursive: true });
writeFileSync(picture, drawn);
