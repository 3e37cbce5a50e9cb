/** Members in fifths of the value that could be foretold, and what each fifth was worth and sent afterwards. */
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { gini } from '../../statistics/concentration.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import { jackknifeRatio } from '../../statistics/resampling.js';
import type { Policy } from '../audit.js';
import type { ScoreRow } from './misaligned-targeting.sql.js';
import { measureOf } from './misaligned-targeting-measures.js';

const fifths = 5;

interface Sums {
  readonly members: number;
  readonly value: number;
  readonly contacts: number;
  readonly leftOut: number;
  readonly valueLeftOut: number;
}

const sumsOf = (rows: readonly ScoreRow[]): Sums => ({
  members: rows.reduce((sum, row) => sum + row.members, 0),
  value: rows.reduce((sum, row) => sum + row.value, 0),
  contacts: rows.reduce((sum, row) => sum + row.contacts, 0),
  leftOut: rows.reduce((sum, row) => sum + row.left_out, 0),
  valueLeftOut: rows.reduce((sum, row) => sum + row.value_left_out, 0),
});

function byKey<K>(rows: readonly ScoreRow[], keyOf: (row: ScoreRow) => K): Map<K, ScoreRow[]> {
  const found = new Map<K, ScoreRow[]>();
  for (const row of rows) {
    const seen = found.get(keyOf(row));
    if (seen === undefined) found.set(keyOf(row), [row]);
    else seen.push(row);
  }
  return found;
}

/** The rows of each fifth, the highest value foretold first; a step of the score is never cut. */
function inFifths(rows: readonly ScoreRow[]): ScoreRow[][] {
  const all = rows.reduce((sum, row) => sum + row.members, 0);
  const steps = [...byKey(rows, ({ score }) => score)].sort(([a], [b]) => b - a);
  const found: ScoreRow[][] = Array.from({ length: fifths }, () => []);
  let seen = 0;
  for (const [, step] of steps) {
    const members = step.reduce((sum, row) => sum + row.members, 0);
    found[Math.min(fifths - 1, Math.floor((fifths * (seen + members / 2)) / all))]?.push(...step);
    seen += members;
  }
  return found;
}

/** How unevenly later value lies along the order that was foretold: 0 when the order tells nothing; null without value. */
function giniAlong(rows: readonly ScoreRow[]): number | null {
  const steps = [...byKey(rows, ({ score }) => score)].sort(([a], [b]) => a - b).map(([, step]) => sumsOf(step));
  if (!(steps.reduce((sum, { value }) => sum + value, 0) > 0)) return null;
  return gini(steps.map(({ members, value }) => ({ value: value / members, weight: members })));
}

const groupsOf = (rows: readonly ScoreRow[]): ScoreRow[][] =>
  [...byKey(rows, ({ jackknife_group: group }) => group)].sort(([a], [b]) => a - b).map(([, own]) => own);

/** What part of a whole the members of one fifth have, by group of members. */
function shareOf(id: string, label: string, rows: readonly ScoreRow[], fifth: readonly ScoreRow[], of: (sums: Sums) => number, level: number): Measure[] {
  const own = new Set(fifth);
  const parts = groupsOf(rows).map((group) => ({ numerator: of(sumsOf(group.filter((row) => own.has(row)))), denominator: of(sumsOf(group)) }));
  const found = jackknifeRatio(parts, level);
  return found === null ? [] : [measureOf(id, label, 'share', { value: found.estimate, interval: found }, sumsOf(fifth).members, level)];
}

export function fifthMeasures(rows: readonly ScoreRow[], policy: Policy): Measure[] {
  const level = policy.screenLevel;
  const [top = []] = inFifths(rows);
  const whole = giniAlong(rows);
  const groups = groupsOf(rows);
  const without = groups.flatMap((_, left) => giniAlong(groups.filter((__, at) => at !== left).flat()) ?? []);
  const { members, leftOut } = sumsOf(top);
  const left = jackknifeRatio(
    groupsOf(top).map((group) => ({ numerator: sumsOf(group).leftOut, denominator: sumsOf(group).members })),
    level,
  );
  const isPublished = leftOut >= policy.smallCell && members - leftOut >= policy.smallCell && left !== null;
  return [
    ...(whole === null
      ? []
      : [
          measureOf(
            'valueGini',
            'Gini of later value along the order that was foretold',
            'index',
            { value: whole, interval: without.length === groups.length ? jackknifeAround(whole, without, level) : null },
            rows.reduce((sum, row) => sum + row.members, 0),
            level,
          ),
        ]),
    ...shareOf('topFifthValue', 'Share of later value of the fifth whose value was foretold to be highest', rows, top, ({ value }) => value, level),
    ...shareOf('topFifthContacts', 'Share of later contacts of that fifth', rows, top, ({ contacts }) => contacts, level),
    ...(isPublished && left !== null
      ? [measureOf('topFifthLeftOut', 'Members of that fifth whom no campaign selected', 'share', { value: left.estimate, interval: left }, members, level)]
      : []),
  ];
}

/** What the members of the first fifth whom no campaign selected went on to be worth; nothing where they are too few to speak of. */
export function moneyLeftOut(
  rows: readonly ScoreRow[],
  { smallCell, screenLevel }: Policy,
): { readonly money?: Money; readonly members?: { readonly value: number; readonly meaning: string } } {
  const [top = []] = inFifths(rows);
  const { members, leftOut } = sumsOf(top);
  if (leftOut < smallCell || members - leftOut < smallCell) return {};
  const head = jackknifeRatio(
    groupsOf(top).map((group) => ({ numerator: sumsOf(group).valueLeftOut, denominator: sumsOf(group).members })),
    screenLevel,
  );
  return {
    ...(head === null || head.estimate <= 0
      ? {}
      : {
          money: {
            value: head.estimate * members,
            low: Math.max(0, head.low * members),
            high: head.high * members,
            meaning:
              'what the members whose value was foretold to be highest, and whom no campaign selected, were worth in the days after, without contact; not what is lost',
          },
        }),
    members: { value: leftOut, meaning: 'members of the fifth whose value was foretold to be highest whom no campaign selected' },
  };
}

export function fifthsTable(rows: readonly ScoreRow[], smallCell: number): EvidenceTable {
  const all = sumsOf(rows);
  const mayShow = ({ members, leftOut }: Sums): boolean => leftOut >= smallCell && members - leftOut >= smallCell;
  return {
    id: 'fifths',
    title: 'Members by the value that could be foretold, and what came of it',
    columns: [
      { id: 'fifth', label: 'Fifth by value foretold', unit: 'text' },
      { id: 'members', label: 'Members', unit: 'count' },
      { id: 'value', label: 'Share of later value', unit: 'share' },
      { id: 'contacts', label: 'Share of later contacts', unit: 'share' },
      { id: 'leftOut', label: 'Selected by no campaign', unit: 'count' },
      { id: 'valueLeftOut', label: 'What these were worth', unit: 'money' },
    ],
    rows: inFifths(rows).flatMap((fifth, at) => {
      const sums = sumsOf(fifth);
      if (sums.members < smallCell) return [];
      const shown = mayShow(sums);
      return [
        [
          ['highest', 'second', 'third', 'fourth', 'lowest'][at] ?? null,
          sums.members,
          all.value > 0 ? sums.value / all.value : null,
          all.contacts > 0 ? sums.contacts / all.contacts : null,
          shown ? sums.leftOut : null,
          shown ? sums.valueLeftOut : null,
        ],
      ];
    }),
    note: `The order is that of a model fitted on other members or at an earlier time, so it could have been known on the day. Fifths are as near to a fifth as ties allow. Where fewer than ${smallCell} members were left out, or fewer than ${smallCell} were not, their number is not shown.`,
  };
}
