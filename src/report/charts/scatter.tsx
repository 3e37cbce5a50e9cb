/** Success against value: one mark a campaign, its interval always drawn, its class told by shape and by word. */
import { Fragment, type JSX } from 'preact';
import type { ScatterChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Axes } from './axes.js';
import { Drawing, drawingWidth, Figure, round, Shape, type Size, smallTextSize, TextLines } from './frame.js';
import { wrapText } from './labels.js';
import { PlacedLabels } from './placed.js';
import { classWords, type KeyEntry, kindOf, layScatter, markPath, type ScatterLayout } from './scatter-layout.js';

/** What the shapes mean. */
export function Key({ entries }: { readonly entries: readonly KeyEntry[] }): JSX.Element {
  return (
    <g>
      {entries.map(({ name, x, row }) => (
        <Fragment key={name}>
          <Shape class={`mark ${kindOf(name)}`} d={markPath(kindOf(name), 80, x + 7, row * 20 + 9)} />
          <TextLines lines={[classWords(name)]} x={x + 20} y={row * 20 + 13} size={smallTextSize} />
        </Fragment>
      ))}
    </g>
  );
}

/** What nothing is shown of lies under what something is shown of. */
const lowest = ['other', 'unproven'];

/** Marks of one kind share a shape, but where there is a pointer each is one of its own, with its name to hover over. */
function Marks({ layout: { marks, isCrowded }, isNamed }: { readonly layout: ScatterLayout; readonly isNamed: boolean }): JSX.Element {
  const kinds = [...new Set(marks.map(({ kind }) => kind))].toSorted((a, b) => lowest.indexOf(b) - lowest.indexOf(a));
  const groups = kinds.map((kind) => ({ kind, own: marks.filter((mark) => mark.kind === kind) }));
  const shape = ({ kind, x, y }: ScatterLayout['marks'][number]): string => markPath(kind, isCrowded ? 26 : 80, x, y);
  const arm = isCrowded ? 4 : 14;
  const breakEvens = marks.map(({ x, breakEven }) => (breakEven === null ? '' : `M${round(x - arm)} ${round(breakEven)}h${2 * arm}`)).join('');
  return (
    <g class={isCrowded ? 'many' : undefined}>
      {groups.map(({ kind, own }) => (
        <Shape key={kind} class={`whisker ${kind}`} d={own.map(({ x, top, bottom }) => `M${round(x)} ${round(top)}V${round(bottom)}`).join('')} />
      ))}
      <Shape class="break-even" d={breakEvens} />
      {groups.map(({ kind, own }) =>
        isNamed ? (
          <g key={kind} class={`mark ${kind}`}>
            {own.map((mark, index) => (
              <Shape key={`${index}`} d={shape(mark)}>
                <title>{`${mark.label}: ${classWords(mark.class)}`}</title>
              </Shape>
            ))}
          </g>
        ) : (
          <Shape key={kind} class={`mark ${kind}`} d={own.map(shape).join('')} />
        ),
      )}
    </g>
  );
}

/** What is said of the marks without a name; nothing when each has one. */
function unnamedNote(chart: ScatterChart, { labels, referenceLabels, isCrowded }: ScatterLayout): string {
  const named = labels.slice(referenceLabels).filter((label) => label !== null).length;
  const unnamed = chart.points.length - named;
  if (unnamed === 0) return '';
  if (isCrowded) {
    const who = named === 1 ? `One of ${chart.points.length} marks is` : `${named} of ${chart.points.length} marks are`;
    return `${who} named, from among those whose intervals keep furthest from “${chart.yReference?.label ?? 'nought'}”. The evidence file names them all.`;
  }
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
  const bottom = plot.y + plot.height;
  const note = wrapText(unnamedNote(chart, layout), smallTextSize, drawingWidth[size]).filter((line) => line !== '');
  return (
    <Drawing id={id} size={size} height={keyHeight + bottom + 46 + (note.length === 0 ? 0 : 4 + note.length * smallTextSize * 1.3)}>
      <Key entries={layout.key} />
      <g transform={`translate(0 ${keyHeight})`}>
        <Axes {...{ plot, x, y, xLabel, yLabel, xUnit, yUnit, format }} ticks={size === 'wide' ? 6 : 4} />
        <Shape class="reference" d={references.map(({ x1, x2, y1, y2 }) => `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`).join('')} />
        <Marks layout={layout} isNamed={size === 'wide'} />
        <PlacedLabels requests={requests} labels={labels} classOf={(index) => (index < referenceLabels ? 'halo tick' : 'halo')} />
        {note.length === 0 ? null : <TextLines lines={note} x={0} y={bottom + 60} size={smallTextSize} class="tick" />}
      </g>
    </Drawing>
  );
}

const intervalNote = 'Each vertical line is the interval of its mark.';
const breakEvenNote = 'The short bar above or below a mark is its break-even: what the campaign cost a member.';

export function Scatter({ chart, id, format }: Omit<PictureProps, 'size'>): JSX.Element {
  const hasBreakEven = chart.points.some(({ breakEven }) => breakEven !== undefined);
  const note = hasBreakEven ? `${intervalNote} ${breakEvenNote}` : intervalNote;
  return <Figure id={id} chart={chart} note={note} draw={(size) => <Picture chart={chart} id={id} size={size} format={format} />} />;
}
