/** One hundred figures, shared out over segments; each segment stands under its own words, so there is no legend to hunt. */
import { Fragment, type JSX } from 'preact';
import type { PeopleChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Drawing, drawingWidth, Figure, Shape, type Size, TextLines, textSize } from './frame.js';
import { textWidth, wrapText } from './labels.js';
import { discPath, linePath } from './path.js';

type Segment = PeopleChart['segments'][number];

/** Largest remainder: whole people that add up to what the shares add up to; equal remainders go to the earlier segment. */
export function shareOutPeople(segments: readonly Segment[]): number[] {
  const exact = segments.map(({ share }) => Math.max(0, share) * 100);
  const whole = exact.map(Math.floor);
  const missing = Math.round(exact.reduce((sum, value) => sum + value, 0)) - whole.reduce((sum, value) => sum + value, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, Math.max(0, missing))) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}

const perRow: Readonly<Record<Size, number>> = { wide: 34, narrow: 20 };
const figureHeight = 24;
const blockGap = 16;

/** Heads and bodies in rows. */
function crowdPath(count: number, top: number, size: Size): string {
  const step = drawingWidth[size] / perRow[size];
  return Array.from({ length: count }, (_, person) => {
    const [x, y] = [(person % perRow[size]) * step, top + Math.floor(person / perRow[size]) * figureHeight];
    return `${discPath(x + 6, y + 4.5, 3.4)}${linePath([[x + 1.5, y + 20]])}v-6.5a4.5 4.5 0 0 1 9 0v6.5z`;
  }).join('');
}

function Picture({ chart, id, size, format }: { readonly chart: PeopleChart; readonly id: string; readonly size: Size; readonly format: Format }): JSX.Element {
  const width = drawingWidth[size];
  const counts = shareOutPeople(chart.segments);
  let top = 4;
  const blocks = chart.segments.map((segment, index) => {
    const count = counts[index] ?? 0;
    const head = `${count === 0 && segment.share > 0 ? 'fewer than 1' : count} of 100`;
    const indent = textWidth(head, textSize + 3) + 12;
    const label = segment.label.concat(` (${format.value(segment.share, 'share')})`);
    const lines = wrapText(label, textSize, width - indent);
    const y = top;
    const figuresTop = y + lines.length * textSize * 1.3 + 8;
    top = figuresTop + Math.ceil(count / perRow[size]) * figureHeight + blockGap;
    return { segment, count, head, indent, lines, y, figuresTop };
  });
  return (
    <Drawing id={id} size={size} height={top - blockGap + 4}>
      {blocks.map(({ segment, count, head, indent, lines, y, figuresTop }) => (
        <Fragment key={segment.label}>
          <TextLines lines={[head]} x={0} y={y + textSize} size={textSize + 3} class="strong-text" />
          <TextLines lines={lines} x={indent} y={y + textSize} />
          <Shape class={`person ${segment.emphasis}`} d={crowdPath(count, figuresTop, size)} />
        </Fragment>
      ))}
    </Drawing>
  );
}

export function People({ chart, id, format }: { readonly chart: PeopleChart; readonly id: string; readonly format: Format }): JSX.Element {
  return <Figure id={id} chart={chart} draw={(size) => <Picture chart={chart} id={id} size={size} format={format} />} />;
}
