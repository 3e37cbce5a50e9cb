/** Two leagues side by side: a steep line is a campaign that success and value place differently, a long bar one that cannot be placed. */
import type { JSX } from 'preact';
import type { SlopeChart } from '../../result/charts.js';
import type { Format } from '../format.js';
import { Drawing, Figure, round, type Size, smallTextSize, TextLines } from './frame.js';
import { wrapText } from './labels.js';
import { Key } from './scatter.js';
import { classWords, shapePath } from './scatter-layout.js';
import { laySlope, type SlopeLine } from './slope-layout.js';

function CampaignLine({ line, from, to }: { readonly line: SlopeLine; readonly from: number; readonly to: number }): JSX.Element {
  return (
    <g>
      <line class={`whisker ${line.kind}`} x1={round(from)} y1={round(line.left)} x2={round(line.column)} y2={round(line.right)} />
      <line class="leader" x1={round(line.column)} y1={round(line.right)} x2={round(to)} y2={round(line.right)} />
      <line class={`whisker ${line.kind}`} x1={round(line.column)} x2={round(line.column)} y1={round(line.top)} y2={round(line.bottom)} />
      <circle class={`mark ${line.kind}`} cx={round(from)} cy={round(line.left)} r={3.5} />
      <path class={`mark ${line.kind}`} d={shapePath(line.kind, 70)} transform={`translate(${round(line.column)} ${round(line.right)})`}>
        <title>{`${line.label}: ${classWords(line.class)}`}</title>
      </path>
    </g>
  );
}

interface PictureProps {
  readonly chart: SlopeChart;
  readonly id: string;
  readonly size: Size;
  readonly format: Format;
}

function Picture({ chart, id, size, format }: PictureProps): JSX.Element {
  const { key, keyHeight, plot, columnsEnd, lines, leftLabels, rightLabels } = laySlope(chart, size, format);
  const bottom = plot.y + plot.height;
  const half = size === 'wide' ? 300 : 165;
  return (
    <Drawing id={id} size={size} height={keyHeight + bottom + 16} title={chart.title} description={chart.description}>
      <Key entries={key} />
      <g transform={`translate(0 ${keyHeight})`}>
        <TextLines lines={wrapText(chart.leftLabel, smallTextSize, half)} x={0} y={10} size={smallTextSize} class="axis-name" />
        <TextLines
          lines={wrapText(chart.rightLabel, smallTextSize, half)}
          x={size === 'wide' ? 680 : 350}
          y={10}
          size={smallTextSize}
          anchor="end"
          class="axis-name"
        />
        <line class="axis" x1={round(plot.x)} x2={round(plot.x)} y1={round(plot.y)} y2={round(bottom)} />
        {lines.map((line, index) => (
          <CampaignLine key={`${index}`} line={line} from={plot.x} to={columnsEnd} />
        ))}
        {leftLabels.map(({ text, y, anchor }, index) => (
          <g key={`${index}`}>
            {Math.abs(y - anchor) > 4 ? <line class="leader" x1={round(plot.x - 10)} y1={round(y)} x2={round(plot.x - 4)} y2={round(anchor)} /> : null}
            <TextLines lines={[text]} x={plot.x - 12} y={y + 4} size={smallTextSize} anchor="end" />
          </g>
        ))}
        {rightLabels.map(({ text, y, anchor }, index) => (
          <g key={`${index}`}>
            {Math.abs(y - anchor) > 4 ? <line class="leader" x1={round(columnsEnd)} y1={round(anchor)} x2={round(columnsEnd + 8)} y2={round(y)} /> : null}
            <TextLines lines={[text]} x={columnsEnd + 10} y={y + 4} size={smallTextSize} />
          </g>
        ))}
      </g>
    </Drawing>
  );
}

/** “Of 30 campaigns 14 are drawn; the table has them all.” */
function noteOf({ places, lines }: SlopeChart): string {
  const marks = 'Left the place by success, right the expected place by value; 1 is the best. Each vertical line is the interval of a place.';
  return lines.length < places ? `${marks} Of ${places} campaigns ${lines.length} are drawn; the table has them all.` : marks;
}

export function Slope({ chart, id, format }: Omit<PictureProps, 'size'>): JSX.Element {
  return (
    <Figure title={chart.title} description={chart.description} note={noteOf(chart)}>
      <Picture chart={chart} id={id} size="wide" format={format} />
      <Picture chart={chart} id={id} size="narrow" format={format} />
    </Figure>
  );
}
