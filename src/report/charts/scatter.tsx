/** Success against value: one mark a campaign, its interval always drawn, its class told by shape and by word. */
import type { JSX } from 'preact';
import type { ScatterChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Axes } from './axes.js';
import { Drawing, Figure, round, type Size, smallTextSize, TextLines } from './frame.js';
import { PlacedLabels } from './placed.js';
import { classWords, type KeyEntry, kindOf, layScatter, type ScatterLayout, shapePath } from './scatter-layout.js';

/** What the shapes mean. */
export function Key({ entries }: { readonly entries: readonly KeyEntry[] }): JSX.Element {
  return (
    <g>
      {entries.map(({ name, x, row }) => (
        <g key={name}>
          <path class={`mark ${kindOf(name)}`} d={shapePath(kindOf(name), 80)} transform={`translate(${round(x + 7)} ${row * 20 + 9})`} />
          <TextLines lines={[classWords(name)]} x={x + 20} y={row * 20 + 13} size={smallTextSize} />
        </g>
      ))}
    </g>
  );
}

function Marks({ layout: { marks } }: { readonly layout: ScatterLayout }): JSX.Element {
  return (
    <g>
      {marks.map((mark, index) => (
        <line key={`${index}`} class={`whisker ${mark.kind}`} x1={round(mark.x)} x2={round(mark.x)} y1={round(mark.top)} y2={round(mark.bottom)} />
      ))}
      {marks.map(({ x, breakEven }, index) =>
        breakEven === null ? null : (
          <line key={`${index}`} class="break-even" x1={round(x - 14)} x2={round(x + 14)} y1={round(breakEven)} y2={round(breakEven)} />
        ),
      )}
      {marks.map((mark, index) => (
        <path key={`${index}`} class={`mark ${mark.kind}`} d={shapePath(mark.kind, 80)} transform={`translate(${round(mark.x)} ${round(mark.y)})`}>
          <title>{`${mark.label}: ${classWords(mark.class)}`}</title>
        </path>
      ))}
    </g>
  );
}

/** “3 marks found no room for their name; the table names them.” */
function unnamedNote(unnamed: number): string {
  return unnamed === 1 ? 'One mark found no room for its name; the table names it.' : `${unnamed} marks found no room for their names; the table names them.`;
}

interface PictureProps {
  readonly chart: ScatterChart;
  readonly id: string;
  readonly size: Size;
  readonly format: Format;
}

function Picture({ chart, id, size, format }: PictureProps): JSX.Element {
  const layout = layScatter(chart, size);
  const { plot, x, y, keyHeight, references, requests, labels, referenceLabels } = layout;
  const { xLabel, yLabel, xUnit, yUnit } = chart;
  const unnamed = labels.slice(referenceLabels).filter((label) => label === null).length;
  const bottom = plot.y + plot.height;
  return (
    <Drawing id={id} size={size} height={keyHeight + bottom + (unnamed > 0 ? 66 : 46)} title={chart.title} description={chart.description}>
      <Key entries={layout.key} />
      <g transform={`translate(0 ${keyHeight})`}>
        <Axes {...{ plot, x, y, xLabel, yLabel, xUnit, yUnit, format }} ticks={size === 'wide' ? 6 : 4} />
        {references.map(({ x1, x2, y1, y2 }) => (
          <line key={`${x1} ${y1}`} class="reference" x1={round(x1)} x2={round(x2)} y1={round(y1)} y2={round(y2)} />
        ))}
        <Marks layout={layout} />
        <PlacedLabels requests={requests} labels={labels} classOf={(index) => (index < referenceLabels ? 'halo tick' : 'halo')} />
        {unnamed > 0 ? <TextLines lines={[unnamedNote(unnamed)]} x={0} y={bottom + 60} size={smallTextSize} class="tick" /> : null}
      </g>
    </Drawing>
  );
}

const intervalNote = 'Each vertical line is the interval of its mark.';
const breakEvenNote = 'The short bar above or below a mark is its break-even: what the campaign cost a member.';

export function Scatter({ chart, id, format }: Omit<PictureProps, 'size'>): JSX.Element {
  const hasBreakEven = chart.points.some(({ breakEven }) => breakEven !== undefined);
  return (
    <Figure title={chart.title} description={chart.description} note={hasBreakEven ? `${intervalNote} ${breakEvenNote}` : intervalNote}>
      <Picture chart={chart} id={id} size="wide" format={format} />
      <Picture chart={chart} id={id} size="narrow" format={format} />
    </Figure>
  );
}
