/**
 * The report as a PDF, laid out by Typst: no browser, tagged for screen readers, and the same bytes for the same result on every
 * machine, because only fonts that come with the packages are used.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Chart } from '../../result/charts.js';
import type { Result } from '../../result/schema.js';
import { type Branding, plainBranding } from '../branding.js';
import { drawingWidth } from '../charts/frame.js';
import { chartNote, renderChartSvg } from '../charts/standalone.js';
import type { Format } from '../format.js';
import { forPaper, printedCharts } from '../paper.js';
import { formatOf, present } from '../present.js';
import { compactPdf } from './compact.js';
import { documentData, type LaidChart } from './document.js';
import { template } from './template.js';

const typeface = 'Source Sans 3';
const faces = ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'];
/** A drawing that would be taller than this part of its width stands across the page and not in a column. */
const tallest = 1.5;

/** @returns the drawing for a column where that is not too tall, else the one for a page. */
function draw(chart: Chart, format: Format): { readonly svg: string; readonly isNarrow: boolean } {
  const options = { font: typeface, isEmbedded: true } as const;
  const narrow = renderChartSvg(chart, format, { ...options, size: 'narrow' });
  const height = Number(narrow.match(/ height="([\d.]+)"/)?.[1]);
  if (height <= tallest * drawingWidth.narrow) return { svg: narrow, isNarrow: true };
  return { svg: renderChartSvg(chart, format, options), isNarrow: false };
}

/** @param earlier result of the same programme to hold this one against, or null. @returns the document. @throws Error when Typst refuses the layout, which no text from the data can bring about. */
export function renderPdf(result: Result, branding: Branding = plainBranding, earlier: Result | null = null): Uint8Array {
  const view = present(forPaper(result), branding, earlier);
  const whole = present(result, branding);
  const format = formatOf(result, branding);
  const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/source-sans-3/package.json'));
  const typst = NodeCompiler.create({ workspace: fonts, fontArgs: [{ fontPaths: faces.map((face) => join(fonts, face)) }] });
  /** A file that exists for the compiler alone; its own path is `name` from the root. */
  const lay = (name: string, content: Buffer): void => typst.mapShadow(join(fonts, name), content);

  const laid = new Map<string, LaidChart>();
  const wanted = [...view.findings.flatMap((finding) => printedCharts(finding).map((chart) => ({ anchor: finding.anchor, chart }))), ...view.exhibits];
  for (const [index, { anchor, chart }] of wanted.entries()) {
    const key = `${anchor} ${chart.id}`;
    if (laid.has(key)) continue;
    const { svg, isNarrow } = draw(chart, format);
    const path = `/chart-${index}.svg`;
    lay(path, Buffer.from(svg));
    laid.set(key, { path, isNarrow, note: chartNote(chart, format) });
  }
  const [, type = 'png', picture] = branding.logo?.match(/^data:image\/(\w+);base64,(.+)$/) ?? [];
  const logoPath = picture === undefined ? null : `/logo.${type}`;
  if (logoPath !== null && picture !== undefined) lay(logoPath, Buffer.from(picture, 'base64'));
  const chartOf = (anchor: string, chartId: string): LaidChart | null => laid.get(`${anchor} ${chartId}`) ?? null;
  lay('/view.json', Buffer.from(documentData(view, whole, branding, chartOf, logoPath), 'utf8'));
  return compactPdf(typst.pdf({ mainFileContent: template }, { pdfTags: true }));
}
