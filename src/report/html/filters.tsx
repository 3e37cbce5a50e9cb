/** The form above the findings; the script shows it, because without a script it would do nothing. */
import type { JSX } from 'preact';
import { severityWords, statusWords } from '../glossary.js';
import type { ReportView } from '../view.js';

/** A theme as the value of an attribute. */
export const themeKey = (category: string): string => category.toLowerCase().replace(/[^a-z]+/g, '-');

const unique = (values: readonly string[]): string[] => [...new Set(values)];

export function Filters({ view }: { readonly view: ReportView }): JSX.Element | null {
  if (view.findings.length < 2) return null;
  const counted = (status: string): number => view.findings.filter((finding) => finding.status === status).length;
  return (
    <form class="filters" hidden aria-label="Choose findings">
      <fieldset>
        <legend>Result</legend>
        {(['problem', 'watch', 'informative', 'healthy'] as const).map((status) =>
          counted(status) === 0 ? null : (
            <label key={status}>
              <input type="checkbox" name="status" value={status} checked /> {statusWords[status].label} ({counted(status)})
            </label>
          ),
        )}
      </fieldset>
      <label>
        Severity{' '}
        <select name="severity">
          <option value="none">all</option>
          {(['low', 'medium', 'high', 'critical'] as const).map((severity) => (
            <option key={severity} value={severity}>
              {severityWords[severity].toLowerCase()}
              {severity === 'critical' ? '' : ' or above'}
            </option>
          ))}
        </select>
      </label>
      <label>
        Theme{' '}
        <select name="theme">
          <option value="">all</option>
          {unique(view.findings.map(({ category }) => category)).map((theme) => (
            <option key={theme} value={themeKey(theme)}>
              {theme}
            </option>
          ))}
        </select>
      </label>
      <button type="reset">Show all</button>
      <output />
    </form>
  );
}
