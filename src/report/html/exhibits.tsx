/** The two pictures that the whole report turns on: campaigns by success and by value, and the value that no response speaks for. */
import type { JSX } from 'preact';
import { ChartPicture } from '../charts/picture.js';
import type { Format } from '../format.js';
import type { ReportView } from '../view.js';
import { DataTable } from './parts.js';

export function ExhibitsSection({ view, format }: { readonly view: ReportView; readonly format: Format }): JSX.Element | null {
  if (view.exhibits.length === 0) return null;
  return (
    <section id="exhibits" aria-labelledby="exhibits-head">
      <h2 id="exhibits-head">Success, value and silence</h2>
      {view.exhibits.map(({ anchor, question, chart, table }) => (
        <div key={chart.id}>
          <ChartPicture chart={chart} id={`exhibit-${chart.id}`} format={format} />
          {table === null ? null : <DataTable table={table} id={`exhibit-${chart.id}-table`} />}
          <p class="note">
            In full: <a href={`#${anchor}`}>{question}</a>
          </p>
        </div>
      ))}
    </section>
  );
}
