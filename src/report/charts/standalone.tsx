/** A chart as a picture of its own: an SVG file that needs no page, no script and no font file, with its title in it. */
import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Chart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { lightTokens } from '../html/style.js';
import { inertHtml } from '../inert.js';
import { chartStyle } from './chart-style.js';
import { drawingWidth, round, type Size, TextLines } from './frame.js';
import { wrapText } from './labels.js';
import { ChartPicture } from './picture.js';

/** Rules with the values that they would have on a light page; nothing outside the file has to be known. */
const style = chartStyle
  .replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '')
  .replace(/var\(--([\w-]+)\)/g, (_whole, name: string) => lightTokens.get(name) ?? 'currentColor')
  .replaceAll('"', "'");

const titleSize = 16;
const outerMargin = 20;

export interface StandaloneOptions {
  /** First choice of typeface; the page's own list follows. */
  readonly font?: string;
  /** Leaves title, margin and background to the document that the picture stands in. */
  readonly isEmbedded?: boolean;
  /** Of the page that it stands on; a column of print is narrow. */
  readonly size?: Size;
}

const marks: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** What stands below a drawing on the page, e.g. how to read its marks; empty when nothing does. */
export function chartNote(chart: Chart, format: Format): string {
  const page = renderToStaticMarkup(<ChartPicture chart={chart} id="chart" format={format} />);
  return (page.match(/<p class="note">([^<]*)<\/p>/)?.[1] ?? '').replace(/&(?:lt|gt|quot|amp);/g, (mark) => marks[mark] ?? mark);
}

/** @returns an SVG document; the same chart gives the same bytes. */
export function renderChartSvg(chart: Chart, format: Format, { font, isEmbedded = false, size = 'wide' }: StandaloneOptions = {}): string {
  const page = renderToStaticMarkup(<ChartPicture chart={chart} id="chart" format={format} />);
  const found = page.match(new RegExp(`<svg class="drawing ${size}" viewBox="([^"]*)"[^>]*>([\\s\\S]*?)</svg>`));
  const [, box = `0 0 ${drawingWidth[size]} 400`, drawing = ''] = found ?? [];
  const [, , width = drawingWidth[size], height = 400] = box.split(' ').map(Number);
  const margin = isEmbedded ? 0 : outerMargin;
  const lines = isEmbedded ? [] : wrapText(chart.title, titleSize, width);
  const top = lines.length === 0 ? 0 : lines.length * titleSize * 1.3 + margin / 2;
  const families = `${font === undefined ? '' : `'${font}', `}${lightTokens.get('sans')?.replaceAll('"', "'") ?? 'sans-serif'}`;
  const outer = { width: width + 2 * margin, height: Math.ceil(height + top + 2 * margin) };
  const head = renderToStaticMarkup(
    <>
      <title>{chart.title}</title>
      <desc>{chart.description}</desc>
      {isEmbedded ? null : <rect x={-margin} y={-margin} width={outer.width} height={outer.height} fill={lightTokens.get('paper') ?? '#ffffff'} />}
      {lines.length === 0 ? null : <TextLines lines={lines} x={0} y={titleSize} size={titleSize} class="strong-text" />}
    </>,
  );
  const rules = style.replace(/font-family:[^;]*;/, `font-family: ${families};`);
  const frame = `width="${outer.width}" height="${outer.height}" viewBox="${-margin} ${-margin} ${outer.width} ${outer.height}"`;
  // XML, unlike HTML, does not allow this in a text.
  const body = inertHtml(`${head}<g transform="translate(0 ${round(top)})">${drawing}</g>`).replaceAll(']]>', ']]&gt;');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" class="drawing" ${frame}><style>${rules}</style>${body}</svg>\n`;
}
