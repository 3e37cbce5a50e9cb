/** Axes of the charts with both directions: quiet grid lines, few ticks, the axis named in words. */
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
  /** Names of places along x instead of round numbers. */
  readonly xNames?: readonly { readonly at: number; readonly lines: readonly string[] }[] | undefined;
  /** Room between the axis and its name, beyond the usual. */
  readonly below?: number;
}

/** “Spend a head (GBP a member)”: the unit follows the name unless ticks carry it. */
export function axisName(label: string, unit: Unit, format: Format): string {
  const note = format.unitNote(unit);
  return note === '' || label.includes(note) ? label : `${label} (${note})`;
}

export function Axes({ plot, x, y, xLabel, yLabel, xUnit, yUnit, format, ticks, xNames, below = 0 }: AxesProps): JSX.Element {
  const roundTicks = x.ticks(ticks);
  const roundTexts = format.axis(roundTicks, xUnit);
  const xTicks = xNames ?? roundTicks.map((at, index) => ({ at, lines: [roundTexts[index] ?? ''] }));
  const yTicks = y.ticks(5);
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
      {xTicks.map(({ at, lines }) => (
        <g key={at}>
          <line class="axis" x1={round(x(at))} x2={round(x(at))} y1={bottom} y2={bottom + 4} />
          <TextLines lines={lines} x={x(at)} y={bottom + 18} size={smallTextSize} anchor="middle" class="tick" />
        </g>
      ))}
      <TextLines lines={wrapText(axisName(yLabel, yUnit, format), smallTextSize, plot.x + plot.width)} x={0} y={12} size={smallTextSize} class="axis-name" />
      <TextLines
        lines={wrapText(axisName(xLabel, xUnit, format), smallTextSize, plot.x + plot.width)}
        x={plot.x + plot.width}
        y={bottom + 38 + below}
        size={smallTextSize}
        anchor="end"
        class="axis-name"
      />
    </g>
  );
}
