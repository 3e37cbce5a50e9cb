/** Curves over one axis, each named at the curve itself, with the band or whisker of its interval and the counts behind it. */
import type { JSX } from 'preact';
import type { LinesChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Axes, acrossPath, downPath } from './axes.js';
import { Drawing, Figure, round, Shape, type Size, smallTextSize, TextLines } from './frame.js';
import { type LinesLayout, layLines, sideStep, stepped } from './lines-layout.js';
import { areaPath, boxPath, linePath, type Point } from './path.js';
import { PlacedLabels } from './placed.js';

type Line = LinesChart['lines'][number];
interface Banded {
  readonly low: number;
  readonly high: number;
}

const isBanded = (point: Line['points'][number]): point is Line['points'][number] & Banded => point.low !== null && point.high !== null;

/** From the high end of the interval to its low end, with a bar across each. */
function intervalPath(x: number, high: number, low: number): string {
  return `M${round(x - 4)} ${round(high)}h8m-4 0V${round(low)}m-4 0h8`;
}

function Curve({ own, chart, layout }: { readonly own: Line; readonly chart: LinesChart; readonly layout: LinesLayout }): JSX.Element {
  const { y } = layout;
  const aside = sideStep(chart, chart.lines.indexOf(own));
  const x = (value: number): number => layout.x(value) + aside;
  const shaped = (points: readonly Point[]): readonly Point[] => (chart.isStepped ? stepped(points) : points);
  const banded = own.points.filter(isBanded);
  const edge = (bound: 'low' | 'high'): readonly Point[] => shaped(banded.map((point): Point => [x(point.x), y(point[bound])]));
  // Curves of one kind differ in their dashes, so that each can be followed from its name.
  const alike = chart.lines.filter(({ emphasis }) => emphasis === own.emphasis).indexOf(own);
  const isOverBins = chart.xNames !== null;
  return (
    <>
      {isOverBins || banded.length < 2 ? null : <Shape class={`line-band ${own.emphasis}`} d={areaPath([...edge('high'), ...edge('low').toReversed()])} />}
      <Shape
        class={`line ${own.emphasis}${alike > 0 ? ` alike-${alike}` : ''}`}
        d={linePath(shaped(own.points.map((point): Point => [x(point.x), y(point.y)])))}
      />
      {isOverBins ? (
        <Shape class={`line-interval ${own.emphasis}`} d={banded.map((point) => intervalPath(x(point.x), y(point.high), y(point.low))).join('')} />
      ) : null}
      {isOverBins ? (
        <g class={`point ${own.emphasis}`}>
          {own.points.map((point) => (
            <circle key={point.x} cx={round(x(point.x))} cy={round(y(point.y))} r={4} />
          ))}
        </g>
      ) : null}
    </>
  );
}

function Picture({ chart, id, size, format }: { readonly chart: LinesChart; readonly id: string; readonly size: Size; readonly format: Format }): JSX.Element {
  const layout = layLines(chart, size, format);
  const { plot, x, y, bars, countsTop } = layout;
  const { xLabel, yLabel, xUnit, yUnit } = chart;
  const references = [...chart.xReferences.map(({ value }) => downPath(plot, x(value))), ...chart.yReferences.map(({ value }) => acrossPath(plot, y(value)))];
  return (
    <Drawing id={id} size={size} height={layout.height}>
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
        hasUprightNames={layout.hasUprightNames}
        below={layout.below}
      />
      <Shape class="reference" d={references.join('')} />
      {chart.lines.map((own) => (
        <Curve key={own.label} own={own} chart={chart} layout={layout} />
      ))}
      {chart.counts === null ? null : (
        <>
          <TextLines lines={[chart.counts.label]} x={0} y={countsTop - 6} size={smallTextSize} class="axis-name" />
          <Shape class="counts" d={bars.map(boxPath).join('')} />
        </>
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
  return <Figure id={id} chart={chart} note={noteOf(chart, format)} draw={(size) => <Picture chart={chart} id={id} size={size} format={format} />} />;
}
