/** Labels that found their place, each with a line to its mark where it stands apart from it. */
import type { JSX } from 'preact';
import { round, TextLines } from './frame.js';
import type { LabelRequest, PlacedLabel } from './labels.js';

export interface PlacedLabelsProps {
  readonly requests: readonly LabelRequest[];
  readonly labels: readonly (PlacedLabel | null)[];
  /** Class of a label by its index. */
  readonly classOf: (index: number) => string;
}

function Leader({ request, label }: { readonly request: LabelRequest; readonly label: PlacedLabel }): JSX.Element {
  const { box } = label;
  const x = Math.min(Math.max(request.x, box.x), box.x + box.width);
  const y = Math.min(Math.max(request.y, box.y), box.y + box.height);
  return <line class="leader" x1={round(request.x)} y1={round(request.y)} x2={round(x)} y2={round(y)} />;
}

export function PlacedLabels({ requests, labels, classOf }: PlacedLabelsProps): JSX.Element {
  return (
    <>
      {labels.map((label, index) => {
        const request = requests[index];
        if (label === null || request === undefined) return null;
        return (
          <g key={`${index}`}>
            {label.needsLeader ? <Leader request={request} label={label} /> : null}
            <TextLines lines={[label.text]} x={label.box.x} y={label.box.y + request.size} size={request.size} class={classOf(index)} />
          </g>
        );
      })}
    </>
  );
}
