/** Curves over one axis, each named at the curve itself, with the band or whisker of its interval and the counts behind it. */
import { area, curveLinear, curveStepAfter, line } from 'd3-shape';
import type { JSX } from 'preact';
import type { LinesChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Axes } from './axes.js';
import { Drawing, Figure, round, type Size, smallTextSize, TextLines } from './frame.js';
import { type LinesLayout, layLines, sideStep } from './lines-layout.js';
import { PlacedLabels } from './placed.js';

type Line = LinesChart['lines'][number];
type Point = Line['points'][number];
interface Banded extends Point {
  readonly low: number;
  readonly high: number;
}

const isBanded = (point: Point): point is Banded => point.low !== null && point.high !== null;

function Curve({ own, chart, layout }: { readonly own: Line; readonly chart: LinesChart; readonly layout: LinesLayout }): JSX.Element {
  const { y } = layout;
  const aside = sideStep(chart, chart.lines.indexOf(own));
  const x = (value: number): number => layout.x(value) + aside;
  const shape = chart.isStepped ? curveStepAfter : curveLinear;
  const path = line<Point>(
    (point) => round(x(point.x)),
    (point) => round(y(point.y)),
  ).curve(shape);
  const band = area<Banded>(
    (point) => round(x(point.x)),
    (point) => round(y(point.low)),
    (point) => round(y(point.high)),
  ).curve(shape);
  const banded = own.points.filter(isBanded);
  // Curves of one kind differ in their dashes, so that each can be followed from its name.
  const alike = chart.lines.filter(({ emphasis }) => emphasis === own.emphasis).indexOf(own);
  const isOverBins = chart.xNames !== null;
  return (
    <g>
      {isOverBins || banded.length < 2 ? null : <path class={`line-band ${own.emphasis}`} d={band(banded) ?? ''} />}
      <path class={`line ${own.emphasis}${alike > 0 ? ` alike-${alike}` : ''}`} d={path(own.points) ?? ''} />
      {isOverBins
        ? banded.map((point) => (
            <path
              key={point.x}
              class={`line-interval ${own.emphasis}`}
              d={`M${round(x(point.x)) - 4} ${round(y(point.high))}h8m-4 0V${round(y(point.low))}m-4 0h8`}
            />
          ))
        : null}
      {isOverBins
        ? own.points.map((point) => <circle key={point.x} class={`point ${own.emphasis}`} cx={round(x(point.x))} cy={round(y(point.y))} r={4} />)
        : null}
    </g>
  );
}

function Picture({ chart, id, size, format }: { readonly chart: LinesChart; readonly id: string; readonly size: Size; readonly format: Format }): JSX.Element {
  const layout = layLines(chart, size, format);
  const { plot, x, y, bars, countsTop } = layout;
  const { xLabel, yLabel, xUnit, yUnit } = chart;
  return (
    <Drawing id={id} size={size} height={layout.height} title={chart.title} description={chart.description}>
      <Axes
        plot={plot}
        x={x}
        y={y}
        xLabel={xLabel}
        yLabel={yLabel}
        xUnit={xUnit}
        yUnit={yUnit}
        format={format}
        ticks={size === 'wide' ? 7 : 4}
        xNames={layout.xNames}
        below={layout.below}
      />
      {chart.xReferences.map(({ value, label }) => (
        <line key={label} class="reference" x1={round(x(value))} x2={round(x(value))} y1={plot.y} y2={plot.y + plot.height} />
      ))}
      {chart.yReferences.map(({ value, label }) => (
        <line key={label} class="reference" x1={plot.x} x2={plot.x + plot.width} y1={round(y(value))} y2={round(y(value))} />
      ))}
      {chart.lines.map((own) => (
        <Curve key={own.label} own={own} chart={chart} layout={layout} />
      ))}
      {chart.counts === null ? null : (
        <g>
          <TextLines lines={[chart.counts.label]} x={0} y={countsTop - 6} size={smallTextSize} class="axis-name" />
          {bars.map((bar) => (
            <rect key={bar.x} class="counts" x={round(bar.x)} y={round(bar.y)} width={round(bar.width)} height={round(bar.height)} />
          ))}
        </g>
      )}
      <PlacedLabels
        requests={layout.requests}
        labels={layout.labels}
        classOf={(index) => (chart.lines[index]?.emphasis === 'strong' ? 'strong-text halo' : index < chart.lines.length ? 'halo' : 'tick halo')}
      />
    </Drawing>
  );
}

/** What the marks mean, and the names that found no room. */
function noteOf(chart: LinesChart, format: Format): string | undefined {
  const hasIntervals = chart.lines.some(({ points }) => points.some(isBanded));
  const marks = hasIntervals ? `${chart.xNames === null ? 'Shaded band' : 'Thin line'}: the interval around the curve.` : '';
  const layout = layLines(chart, 'narrow', format);
  const unplaced = layout.requests.filter((_, index) => layout.labels[index] === null).map(({ text }) => text);
  const missing = unplaced.length === 0 ? '' : ` Without room for its name on a narrow page: ${unplaced.join('; ')}.`;
  return `${marks}${missing}`.trim() === '' ? undefined : `${marks}${missing}`.trim();
}

export function Lines({ chart, id, format }: { readonly chart: LinesChart; readonly id: string; readonly format: Format }): JSX.Element {
  const note = noteOf(chart, format);
  return (
    <Figure title={chart.title} description={chart.description} {...(note === undefined ? {} : { note })}>
      <Picture chart={chart} id={id} size="wide" format={format} />
      <Picture chart={chart} id={id} size="narrow" format={format} />
    </Figure>
  );
}
