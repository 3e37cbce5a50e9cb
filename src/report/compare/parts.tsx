/** Pieces that only a comparison has: which way something went, and the two ends of a verdict. */
import type { JSX } from 'preact';
import { StatusMark } from '../html/parts.js';
import type { Direction } from './compare.js';
import type { ChangeView, VerdictView } from './view.js';

/** One shape a direction: it must read in grey and for every eye. */
const shapes: Readonly<Record<Direction, string>> = {
  worse: 'M6 11.5.8 5.8h3V.6h4.4v5.2h3z',
  better: 'M6 .5l5.2 5.7h-3v5.2H3.8V6.2h-3z',
  notComparable: 'M1 2.6h10v2H1zM1 7.4h10v2H1zM8.3.4l1.6 1-6.2 10.2-1.6-1z',
  newlyMeasurable: 'M4.9 1h2.2v3.9H11v2.2H7.1V11H4.9V7.1H1V4.9h3.9z',
  noLongerMeasurable: 'M1 4.9h10v2.2H1z',
  same: 'M1 2.6h10v2H1zM1 7.4h10v2H1z',
};

export function DirectionMark({ direction, label }: { readonly direction: Direction; readonly label: string }): JSX.Element {
  return (
    <span class={`direction ${direction}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d={shapes[direction]} fill="currentColor" />
      </svg>
      {label}
    </span>
  );
}

function End({ name, verdict }: { readonly name: string; readonly verdict: VerdictView | null }): JSX.Element {
  return (
    <div class="end">
      <span>{name}</span>
      {verdict === null ? <span class="note">not asked</span> : <StatusMark {...verdict} />}
    </div>
  );
}

export function Ends({ change: { before, after } }: { readonly change: ChangeView }): JSX.Element {
  return (
    <div class="pair-of-ends">
      <End name="before" verdict={before} />
      <End name="after" verdict={after} />
    </div>
  );
}
