import type { Chart } from '../../result/charts.js';

/** Whether there is nothing to draw: where every group is too small to be shown, a picture has a title and no marks. */
export function isEmptyChart(chart: Chart): boolean {
  switch (chart.kind) {
    case 'lorenz':
      return chart.observed.length === 0;
    case 'people':
      return chart.segments.length === 0;
    case 'stack':
      return chart.bars.length === 0;
    case 'scatter':
      return chart.points.length === 0;
    case 'whisker':
      return chart.rows.length === 0;
    case 'lines':
      return chart.lines.every(({ points }) => points.length === 0);
    case 'matrix':
      return chart.rows.length === 0 || chart.columns.length === 0;
    case 'slope':
      return chart.lines.length === 0;
  }
}
