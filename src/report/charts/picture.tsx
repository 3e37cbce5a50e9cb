/** The drawing of a chart by its kind. */
import type { JSX } from 'preact';
import type { Chart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Lines } from './lines.js';
import { Lorenz } from './lorenz.js';
import { Matrix } from './matrix.js';
import { People } from './people.js';
import { Scatter } from './scatter.js';
import { Slope } from './slope.js';
import { Stack } from './stack.js';
import { Whiskers } from './whisker.js';

/** @param id unique on the page. */
export function ChartPicture({ chart, id, format }: { readonly chart: Chart; readonly id: string; readonly format: Format }): JSX.Element {
  switch (chart.kind) {
    case 'lorenz':
      return <Lorenz chart={chart} id={id} format={format} />;
    case 'people':
      return <People chart={chart} id={id} format={format} />;
    case 'stack':
      return <Stack chart={chart} id={id} format={format} />;
    case 'scatter':
      return <Scatter chart={chart} id={id} format={format} />;
    case 'whisker':
      return <Whiskers chart={chart} id={id} format={format} />;
    case 'lines':
      return <Lines chart={chart} id={id} format={format} />;
    case 'matrix':
      return <Matrix chart={chart} id={id} format={format} />;
    case 'slope':
      return <Slope chart={chart} id={id} format={format} />;
  }
}
