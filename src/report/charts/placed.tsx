/** Labels that found their place, each with a line to its mark where it stands apart from it. */
import type { JSX } from 'preact';
import { Shape, TextLines } from './frame.js';
import type { LabelRequest, PlacedLabel } from './labels.js';
import { linePath, type Point } from './path.js';

export interface PlacedLabelsProps {
  readonly requests: readonly LabelRequest[];
  readonly labels: readonly (PlacedLabel | null)[];
  /** Class of a label by its index. */
  readonly classOf: (index: number) => string;
}

/** From the mark to the nearest place of its label. */
function leaderPath({ x, y }: LabelRequest, { box }: PlacedLabel): string {
  const to: Point = [Math.min(Math.max(x, box.x), box.x + box.width), Math.min(Math.max(y, box.y), box.y + box.height)];
  return linePath([[x, y], to]);
}

export function PlacedLabels({ requests, labels, classOf }: PlacedLabelsProps): JSX.Element {
  const placed = labels.flatMap((label, index) => {
    const request = requests[index];
    return label === null || request === undefined ? [] : [{ label, request, look: classOf(index) }];
  });
  const leaders = placed.map(({ label, request }) => (label.needsLeader ? leaderPath(request, label) : '')).join('');
  return (
    <>
      <Shape class="leader" d={leaders} />
      {[...new Set(placed.map(({ look }) => look))].map((look) => (
        <g key={look} class={look}>
          {placed
            .filter((each) => each.look === look)
            .map(({ label: { text, box }, request }, index) => (
              <TextLines key={`${index}`} lines={[text]} x={box.x} y={box.y + request.size} size={request.size} />
            ))}
        </g>
      ))}
    </>
  );
}
