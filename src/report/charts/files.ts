/** Every chart of a report as files of its own, for slides and for those who want to draw it otherwise. */
import type { Result } from '../../result/schema.js';
import { type Branding, plainBranding } from '../branding.js';
import { formatOf, present } from '../present.js';
import { renderChartSvg } from './standalone.js';
import { vegaLiteSpec } from './vega-lite.js';

export interface ChartFile {
  readonly name: string;
  readonly content: string;
}

const safe = (id: string): string => id.replace(/[^A-Za-z0-9.-]+/g, '-');

/** @returns an SVG picture and a Vega-Lite specification with its data for each chart, under `charts/`. */
export function chartFiles(result: Result, branding: Branding = plainBranding): ChartFile[] {
  const format = formatOf(result, branding);
  const view = present(result, branding);
  return [...view.findings, ...view.unanswered].flatMap(({ id, charts }) =>
    charts.flatMap((chart): ChartFile[] => {
      const name = `charts/${safe(id)}.${safe(chart.id)}`;
      return [
        { name: `${name}.svg`, content: renderChartSvg(chart, format) },
        { name: `${name}.vl.json`, content: `${JSON.stringify(vegaLiteSpec(chart), null, 2)}\n` },
      ];
    }),
  );
}
