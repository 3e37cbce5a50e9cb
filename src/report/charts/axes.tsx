/** Axes of the charts with both directions: quiet grid lines, few ticks, the axis named in words. */
import type { ScaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import type { Unit } from '../../result/units.js';
import type { Format } from '../format.js';
import { Shape, smallTextSize, TextLines, UprightText } from './frame.js';
import { type Box, wrapText } from './labels.js';
import { linePath } from './path.js';

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
  /** The names are read from below, because they have no room side by side. */
  readonly hasUprightNames?: boolean;
  /** Room between the axis and its name, beyond the usual. */
  readonly below?: number;
}

/** “Spend a head (GBP a member)”: the unit follows the name unless ticks carry it. */
export function axisName(label: string, unit: Unit, format: Format): string {
  const note = format.unitNote(unit);
  return note === '' || label.includes(note) ? label : `${label} (${note})`;
}

/** A line over the whole width of the plot. */
export function acrossPath({ x, width }: Box, y: number): string {
  return linePath([
    [x, y],
    [x + width, y],
  ]);
}

/** A line over the whole height of the plot. */
export function downPath({ y, height }: Box, x: number): string {
  return linePath([
    [x, y],
    [x, y + height],
  ]);
}

export function Axes({ plot, x, y, xLabel, yLabel, xUnit, yUnit, format, ticks, xNames, hasUprightNames = false, below = 0 }: AxesProps): JSX.Element {
  const roundTicks = x.ticks(ticks);
  const roundTexts = format.axis(roundTicks, xUnit);
  const xTicks = xNames ?? roundTicks.map((at, index) => ({ at, lines: [roundTexts[index] ?? ''] }));
  const yTicks = y.ticks(5);
  const yTexts = format.axis(yTicks, yUnit);
  const bottom = plot.y + plot.height;
  return (
    <g class="axes">
      <Shape class="grid" d={yTicks.map((tick) => acrossPath(plot, y(tick))).join('')} />
      <Shape
        class="axis"
        d={
          acrossPath(plot, bottom) +
          xTicks
            .map(({ at }) =>
              linePath([
                [x(at), bottom],
                [x(at), bottom + 4],
              ]),
            )
            .join('')
        }
      />
      <g text-anchor="end">
        {yTicks.map((tick, index) => (
          <TextLines key={tick} lines={[yTexts[index] ?? '']} x={plot.x - 7} y={y(tick) + 4} size={smallTextSize} />
        ))}
      </g>
      <g text-anchor={hasUprightNames ? 'end' : 'middle'}>
        {xTicks.map(({ at, lines }) =>
          hasUprightNames ? (
            <UprightText key={at} lines={lines} x={x(at) + 4 - (lines.length - 1) * smallTextSize * 0.65} y={bottom + 8} />
          ) : (
            <TextLines key={at} lines={lines} x={x(at)} y={bottom + 18} size={smallTextSize} />
          ),
        )}
      </g>
      <TextLines lines={wrapText(axisName(yLabel, yUnit, format), smallTextSize, plot.x + plot.width)} x={0} y={12} size={smallTextSize} />
      <TextLines
        lines={wrapText(axisName(xLabel, xUnit, format), smallTextSize, plot.x + plot.width)}
        x={plot.x + plot.width}
        y={bottom + 38 + below}
        size={smallTextSize}
        anchor="end"
      />
    </g>
  );
}
