/** What changed since an earlier report, for those who read it. */
import type { JSX } from 'preact';
import { bannerHeading, sinceHeading } from '../compare/since.js';
import type { ReportView } from '../view.js';
import { LinkedText } from './parts.js';

export function SinceSection({ view: { since } }: { readonly view: ReportView }): JSX.Element | null {
  if (since === null) return null;
  return (
    <section id="since" aria-labelledby="since-head">
      <h2 id="since-head">{sinceHeading}</h2>
      <p class="lead-in">{since.lead}</p>
      {since.cautions.length === 0 ? null : (
        <p class="banner">
          <strong>{bannerHeading}</strong> {since.cautions.join(' ')}
        </p>
      )}
      <ul class="bullets">
        {since.lines.map((line, index) => (
          <li key={`${index}`}>
            <LinkedText parts={line} />
          </li>
        ))}
      </ul>
    </section>
  );
}
