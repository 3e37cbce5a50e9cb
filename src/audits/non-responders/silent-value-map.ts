/** The silent-value map: which groups of members hold the value that no response speaks for. */
import type { Sql } from '../../engine/sql.js';
import { addMoney } from '../../model/money.js';
import type { MatrixChart } from '../../result/charts.js';
import type { AuditContext } from '../audit.js';
import { type MapColumn, mapColumns, type SilentValueRow, silentValueSql } from './silent-value-map.sql.js';

/** With more groups than this a map is a list; the largest are shown and the others stand together. */
const mostGroups = 12;
/** A column that names fewer members than this part is no map of the scheme. */
const leastFilled = 0.5;

const columnWords: Record<MapColumn, string> = { business_unit: 'Business unit', segment: 'Segment', tier: 'Tier' };
const states = ['neverContacted', 'neverResponded', 'responded'] as const;
const stateWords: Record<SilentValueRow['segment'], string> = {
  neverContacted: 'never contacted',
  neverResponded: 'never responded',
  responded: 'responded',
};
const others = 'all others';

interface Group {
  readonly name: string;
  readonly rows: readonly SilentValueRow[];
  readonly members: number;
  readonly value: number;
}

/** @param responses who reacted to what. @returns the map by the first column that tells groups apart; null without value or groups. */
export async function silentValueMap(context: AuditContext, contactFacts: Sql, responses: Sql): Promise<MatrixChart | null> {
  const { derived, engine, policy } = context;
  if (derived.valueBasis === null) return null;
  for (const column of mapColumns) {
    if (context.filledShare('members', column) < leastFilled) continue;
    const rows = await engine.rows(silentValueSql(contactFacts, responses, await derived.memberFacts(), column));
    const groups = groupsOf(rows, policy.smallCell);
    const total = addMoney(groups.map(({ value }) => value));
    if (groups.length > 1 && total > 0) return mapOf(groups, total, column, policy.smallCell);
  }
  return null;
}

/** Named groups by their value; groups of few members, beyond the largest or without a name stand together. */
function groupsOf(rows: readonly SilentValueRow[], smallCell: number): Group[] {
  const names = [...new Set(rows.map(({ name }) => name))];
  const groupOf = (name: string, mine: readonly SilentValueRow[]): Group => ({
    name,
    rows: mine,
    members: mine.reduce((sum, { members }) => sum + members, 0),
    value: addMoney(mine.map(({ value }) => value ?? 0)),
  });
  const named = names.flatMap((name) =>
    name === null
      ? []
      : [
          groupOf(
            name,
            rows.filter((row) => row.name === name),
          ),
        ],
  );
  const shown = named
    .filter(({ members }) => members >= smallCell)
    .toSorted((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
    .slice(0, mostGroups);
  const kept = new Set<string | null>(shown.map(({ name }) => name));
  const rest = groupOf(
    others,
    rows.filter(({ name }) => !kept.has(name)),
  );
  return rest.members >= smallCell ? [...shown, rest] : shown;
}

function mapOf(groups: readonly Group[], total: number, column: MapColumn, smallCell: number): MatrixChart {
  return {
    kind: 'matrix',
    id: 'silent-value',
    title: 'Where the silent value sits',
    description: `Share of the value of all members shown, by group and by what they did with what they were sent. The first two columns are value that no response speaks for. A dash stands for a cell of fewer than ${smallCell} members.`,
    rowsLabel: columnWords[column],
    columnsLabel: 'What members did',
    unit: 'share',
    columns: states.map((state) => stateWords[state]),
    rows: groups.map(({ name, rows }) => ({
      label: name,
      values: states.map((state) => {
        const mine = rows.filter(({ segment }) => segment === state);
        const members = mine.reduce((sum, row) => sum + row.members, 0);
        return members < smallCell ? null : addMoney(mine.map(({ value }) => value ?? 0)) / total;
      }),
    })),
  };
}
