/** Pages of the PDF as pictures: what the same compiler draws of the same layout. */
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { renderPdf } from '../dist/report/pdf/pdf.js';

/** The whole document as one drawing, page below page. */
function drawingOf(result) {
  const { pdf } = NodeCompiler.prototype;
  let drawing = '';
  NodeCompiler.prototype.pdf = function draw(layout) {
    drawing = this.plainSvg(layout);
    return Buffer.alloc(0);
  };
  try {
    renderPdf(result);
  } finally {
    NodeCompiler.prototype.pdf = pdf;
  }
  return drawing;
}

/**
 * @param result as it stands in result.json.
 * @returns the first page and the first pages with a chart, as SVG elements to be set into one page.
 */
export function pdfPages(result, count) {
  const drawing = drawingOf(result);
  const shared = drawing.match(/<defs[\s\S]*?<\/defs>/g) ?? [];
  const [first = '', ...others] = drawing.match(/\n {4}<g\b[\s\S]*?\n {4}<\/g>/g) ?? [];
  const chosen = [first, ...others.filter((page) => page.includes('<image'))].slice(0, count);
  return chosen.map((page, index) => {
    const atTop = page.replace(/^\s*<g[^>]*>/, '<g>');
    return `<svg viewBox="0 0 595.28 841.89" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${index === 0 ? shared.join('') : ''}${atTop}</svg>`;
  });
}
