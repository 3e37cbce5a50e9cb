/**
 * The report as a PDF, laid out by Typst: no browser, tagged for screen readers, and the same bytes for the same result on every
 * machine, because only fonts that come with the packages are used.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Result } from '../../result/schema.js';
import { type Branding, plainBranding } from '../branding.js';
import { renderChartSvg } from '../charts/standalone.js';
import { formatOf, present } from '../present.js';
import type { FindingView } from '../view.js';
import { documentData } from './document.js';
import { template } from './template.js';

const typeface = 'Source Sans 3';
const faces = ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'];

/** @returns the document. @throws Error when Typst refuses the layout, which no text from the data can bring about. */
export function renderPdf(result: Result, branding: Branding = plainBranding): Uint8Array {
  const view = present(result, branding);
  const format = formatOf(result, branding);
  const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/source-sans-3/package.json'));
  const typst = NodeCompiler.create({ workspace: fonts, fontArgs: [{ fontPaths: faces.map((face) => join(fonts, face)) }] });
  /** A file that exists for the compiler alone; its own path is `name` from the root. */
  const lay = (name: string, content: Buffer): void => typst.mapShadow(join(fonts, name), content);

  const chartPath = ({ anchor }: FindingView, index: number): string => `/${anchor}-${index}.svg`;
  for (const finding of [...view.findings, ...view.unanswered]) {
    for (const [index, chart] of finding.charts.entries()) {
      lay(chartPath(finding, index), Buffer.from(renderChartSvg(chart, format, { font: typeface, isEmbedded: true })));
    }
  }
  const [, type = 'png', picture] = branding.logo?.match(/^data:image\/(\w+);base64,(.+)$/) ?? [];
  const logoPath = picture === undefined ? null : `/logo.${type}`;
  if (logoPath !== null && picture !== undefined) lay(logoPath, Buffer.from(picture, 'base64'));
  lay('/view.json', Buffer.from(documentData(view, branding, chartPath, logoPath), 'utf8'));
  return typst.pdf({ mainFileContent: template }, { pdfTags: true });
}
