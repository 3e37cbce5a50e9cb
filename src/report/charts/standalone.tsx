/** A chart as a picture of its own: an SVG file that needs no page, no script and no font file, with its title in it. */
import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Chart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { chartStyle, lightTokens } from '../html/style.js';
import { inertHtml } from '../inert.js';
import { drawingWidth, round, TextLines } from './frame.js';
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
}

/** @returns an SVG document; the same chart gives the same bytes. */
export function renderChartSvg(chart: Chart, format: Format, { font, isEmbedded = false }: StandaloneOptions = {}): string {
  const page = renderToStaticMarkup(<ChartPicture chart={chart} id="chart" format={format} />);
  const [, box = `0 0 ${drawingWidth.wide} 400`, drawing = ''] = page.match(/<svg class="drawing wide" viewBox="([^"]*)"[^>]*>([\s\S]*?)<\/svg>/) ?? [];
  const [, , width = drawingWidth.wide, height = 400] = box.split(' ').map(Number);
  const margin = isEmbedded ? 0 : outerMargin;
  const lines = isEmbedded ? [] : wrapText(chart.title, titleSize, width);
  const top = lines.length === 0 ? 0 : lines.length * titleSize * 1.3 + margin / 2;
  const families = `${font === undefined ? '' : `'${font}', `}${lightTokens.get('sans')?.replaceAll('"', "'") ?? 'sans-serif'}`;
  const outer = { width: width + 2 * margin, height: Math.ceil(height + top + 2 * margin) };
  const head = renderToStaticMarkup(
    <>
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
