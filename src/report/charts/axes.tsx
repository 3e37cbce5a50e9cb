/** Axes of the two charts with both directions: quiet grid lines, few ticks, the axis named in words. */
import type { ScaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import type { Unit } from '../../result/units.js';
import type { Format } from '../format.js';
import { round, smallTextSize, TextLines } from './frame.js';
import { type Box, wrapText } from './labels.js';

export interface AxesProps {
  readonly plot: Box;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xUnit: Unit;
  readonly yUnit: Unit;
  readonly format: Format;
  readonly ticks: number;
}

/** “Spend a head (GBP a member)”: the unit follows the name unless ticks carry it. */
function axisName(label: string, unit: Unit, format: Format): string {
  const note = format.unitNote(unit);
  return note === '' || label.includes(note) ? label : `${label} (${note})`;
}

export function Axes({ plot, x, y, xLabel, yLabel, xUnit, yUnit, format, ticks }: AxesProps): JSX.Element {
  const xTicks = x.ticks(ticks);
  const yTicks = y.ticks(5);
  const xTexts = format.axis(xTicks, xUnit);
  const yTexts = format.axis(yTicks, yUnit);
  const bottom = plot.y + plot.height;
  return (
    <g class="axes">
      {yTicks.map((tick, index) => (
        <g key={tick}>
          <line class="grid" x1={plot.x} x2={plot.x + plot.width} y1={round(y(tick))} y2={round(y(tick))} />
          <TextLines lines={[yTexts[index] ?? '']} x={plot.x - 7} y={y(tick) + 4} size={smallTextSize} anchor="end" class="tick" />
        </g>
      ))}
      <line class="axis" x1={plot.x} x2={plot.x + plot.width} y1={bottom} y2={bottom} />
      {xTicks.map((tick, index) => (
        <g key={tick}>
          <line class="axis" x1={round(x(tick))} x2={round(x(tick))} y1={bottom} y2={bottom + 4} />
          <TextLines lines={[xTexts[index] ?? '']} x={x(tick)} y={bottom + 18} size={smallTextSize} anchor="middle" class="tick" />
        </g>
      ))}
      <TextLines lines={wrapText(axisName(yLabel, yUnit, format), smallTextSize, plot.x + plot.width)} x={0} y={12} size={smallTextSize} class="axis-name" />
      <TextLines
        lines={wrapText(axisName(xLabel, xUnit, format), smallTextSize, plot.x + plot.width)}
        x={plot.x + plot.width}
        y={bottom + 38}
        size={smallTextSize}
        anchor="end"
        class="axis-name"
      />
    </g>
  );
}
