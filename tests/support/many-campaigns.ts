/** A result as it would be with many more campaigns: as many rows, marks and lines as the audits then show, of the same kind as before. */
import type { Chart } from '../../src/result/charts.js';
import type { EvidenceTable } from '../../src/result/evidence.js';
import type { Finding, Result } from '../../src/result/schema.js';

/** What the audits show at most, however many campaigns there are. */
const mostLeagueLines = 14;
const mostWhiskers = 12;

const again = <T>(list: readonly T[], many: number, copy: (item: T, index: number) => T): T[] =>
  Array.from({ length: many }, (_, index) => list[index % Math.max(list.length, 1)]).flatMap((item, index) => (item === undefined ? [] : [copy(item, index)]));

/** Somewhere between 0.5 and 1.5, another for each index, so that marks do not lie on one another. */
const shifted = (index: number): number => 0.5 + ((index * 37) % 101) / 101;

const campaignColumn = ({ columns }: EvidenceTable): number => columns.findIndex(({ label }) => /^Campaign\b/.test(label));

/** A table with a row a campaign, or with several, has as many rows as there are campaigns. */
function longerTable(table: EvidenceTable, many: number): EvidenceTable {
  const column = campaignColumn(table);
  if (column < 0) return table;
  const rows = again(table.rows, many, (row, index) => row.map((cell, at) => (at === column ? `${String(cell)} ${index + 1}` : cell)));
  return { ...table, rows };
}

function fullerChart(chart: Chart, many: number): Chart {
  switch (chart.kind) {
    case 'scatter':
      return {
        ...chart,
        points: again(chart.points, many, (point, index) => {
          const up = point.y * (shifted(index) - 1) * 3;
          return {
            ...point,
            label: `${point.label} ${index + 1}`,
            x: point.x * shifted(index * 7),
            y: point.y + up,
            low: point.low + up,
            high: point.high + up,
          };
        }),
      };
    case 'slope':
      return {
        ...chart,
        places: many,
        lines: again(chart.lines, mostLeagueLines, (line, index) => ({ ...line, label: `${line.label} ${index + 1}`, left: 1 + ((index * 37) % many) })),
      };
    default:
      return chart;
  }
}

/** Charts with a row a test are as long as their audits let them become. */
function longerWhiskers(chart: Chart, names: readonly string[]): Chart {
  if (chart.kind !== 'whisker' || !chart.rows.some(({ label }) => names.some((name) => label.includes(name)))) return chart;
  return { ...chart, rows: again(chart.rows, mostWhiskers, (row, index) => ({ ...row, label: `${row.label} ${index + 1}` })) };
}

/** @returns the result with evidence and charts for `many` campaigns, and without its queries. */
export function withCampaigns(result: Result, many: number): Result {
  const tables = result.findings.flatMap(({ evidence }) => evidence).filter((table) => campaignColumn(table) >= 0);
  const names = [...new Set(tables.flatMap((table) => table.rows.map((row) => String(row[campaignColumn(table)]))))];
  const findings = result.findings.map(
    (finding): Finding => ({
      ...finding,
      evidence: finding.evidence.map((table) => longerTable(table, many)),
      charts: finding.charts.map((chart) => longerWhiskers(fullerChart(chart, many), names)),
    }),
  );
  return { ...result, findings, queries: [] };
}
