/** Measures, evidence and the chart of repeated responders, from counts by campaign and stratum. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { jackknifeRiskRatio, mantelHaenszelRiskRatio, type RiskRatio, type Stratum } from '../../statistics/mantel-haenszel.js';
import { joinSmallCells, tellableParts } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import type { EligibleRow, RepeatRow } from './repeated-responders.sql.js';

const membersOf = (rows: readonly RepeatRow[]): number => rows.reduce((sum, row) => sum + row.members, 0);
const selectedOf = (rows: readonly RepeatRow[]): number => rows.reduce((sum, row) => sum + row.selected, 0);
const responders = (rows: readonly RepeatRow[]): RepeatRow[] => rows.filter((row) => row.has_responded === 1);
const others = (rows: readonly RepeatRow[]): RepeatRow[] => rows.filter((row) => row.has_responded === 0);

function groupBy(rows: readonly RepeatRow[], keyOf: (row: RepeatRow) => number): Map<number, RepeatRow[]> {
  const groups = new Map<number, RepeatRow[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** Strata of like members within one campaign. @param layerOf a whole number below 100: what members of a stratum share. */
function strataOf(rows: readonly RepeatRow[], layerOf: (row: RepeatRow) => number): Stratum[] {
  return [...groupBy(rows, (row) => row.campaign_key * 100 + layerOf(row)).entries()].map(([key, own]) => ({
    cluster: Math.floor(key / 100),
    exposedEvents: selectedOf(responders(own)),
    exposed: membersOf(responders(own)),
    unexposedEvents: selectedOf(others(own)),
    unexposed: membersOf(others(own)),
  }));
}

/** The ratio with the campaign jackknife where it exists, else null with the reason. */
function ratioMeasure(id: string, label: string, strata: readonly Stratum[], level: number): Measure {
  const n = strata.reduce((sum, stratum) => sum + stratum.exposed + stratum.unexposed, 0);
  const ratio: RiskRatio | null = jackknifeRiskRatio(strata, level);
  if (ratio !== null) {
    return { id, label, value: ratio.estimate, unit: 'ratio', n, interval: { low: ratio.low, high: ratio.high, level, method: 'jackknife over campaigns' } };
  }
  const estimate = mantelHaenszelRiskRatio(strata, level)?.estimate;
  const base = { id, label, unit: 'ratio' as const, n };
  return estimate === undefined
    ? { ...base, value: null, why: 'No campaign selected both earlier responders and others like them.' }
    : { ...base, value: estimate };
}

export function repeatMeasures(rows: readonly RepeatRow[], eligible: readonly EligibleRow[], hasValue: boolean, sampled: number, policy: Policy): Measure[] {
  const level = policy.screenLevel;
  const share = (id: string, label: string, part: number, whole: number): Measure => ({
    id,
    label,
    value: whole === 0 ? null : part / whole,
    unit: 'share',
    n: whole,
    ...(whole === 0 ? { why: 'There was nobody to count.' } : {}),
  });
  const chance = (id: string, label: string, own: readonly RepeatRow[]): Measure => {
    const measure = share(id, label, selectedOf(own), membersOf(own));
    return measure.value === null
      ? measure
      : { ...measure, interval: { ...wilson(selectedOf(own), membersOf(own), level), level, method: 'Wilson score interval' } };
  };
  const allSelected = eligible.reduce((sum, row) => sum + row.selected, 0);
  const allEligible = eligible.reduce((sum, row) => sum + row.eligible, 0);
  return [
    ratioMeasure(
      'repeatRatio',
      hasValue
        ? 'Chance of being selected again: earlier responders against others of like value'
        : 'Chance of being selected again: earlier responders against others',
      strataOf(rows, hasValue ? (row) => row.fifth : () => 0),
      level,
    ),
    ...(hasValue
      ? [
          ratioMeasure(
            'repeatRatioUnadjusted',
            'The same within each campaign, without regard to value',
            strataOf(rows, () => 0),
            level,
          ),
        ]
      : []),
    ratioMeasure(
      'repeatRatioSamePressure',
      `The same among members with equally many earlier contacts${hasValue ? ' and like value' : ''}`,
      strataOf(rows, (row) => (hasValue ? row.fifth : 0) * 10 + row.prior_contacts),
      level,
    ),
    chance('selectedAfterResponse', 'Earlier responders who were selected', responders(rows)),
    chance('selectedWithoutResponse', 'Members contacted before without response who were selected', others(rows)),
    share('responderContactShare', 'Share of contacts that went to earlier responders', selectedOf(responders(rows)), allSelected),
    share('responderBaseShare', 'Share of earlier responders among eligible members', membersOf(responders(rows)), allEligible),
    { id: 'campaignsCompared', label: 'Campaigns compared', value: new Set(rows.map((row) => row.campaign_key)).size, unit: 'count', n: eligible.length },
    { id: 'sampledShare', label: 'Share of members looked at', value: sampled, unit: 'share', n: membersOf(rows) },
  ];
}

const fifthLabels = ['bought least', 'second fifth', 'middle fifth', 'fourth fifth', 'bought most'];

function divisionTable(
  id: string,
  title: string,
  heading: string,
  divisions: readonly { label: string; rows: RepeatRow[] }[],
  smallCell: number,
): EvidenceTable {
  const shown = joinSmallCells(
    divisions.filter(({ rows }) => rows.length > 0),
    ({ rows }) => membersOf(responders(rows)) >= smallCell && membersOf(others(rows)) >= smallCell,
    (left, right) => ({ label: `${left.label}, ${right.label}`, rows: [...left.rows, ...right.rows] }),
  );
  const toldOf = (side: (rows: readonly RepeatRow[]) => RepeatRow[]): boolean[] => {
    const selected = shown.map(({ rows }) => selectedOf(side(rows)));
    const left = shown.map(({ rows }, index) => membersOf(side(rows)) - (selected[index] ?? 0));
    const [told, toldLeft] = [tellableParts(selected, smallCell), tellableParts(left, smallCell)];
    return shown.map((_division, index) => (told[index] ?? false) && (toldLeft[index] ?? false));
  };
  const [toldResponders, toldOthers] = [toldOf(responders), toldOf(others)];
  return {
    id,
    title,
    columns: [
      { id: 'division', label: heading, unit: 'text' },
      { id: 'responders', label: 'Earlier responders', unit: 'count' },
      { id: 'respondersSelected', label: 'Of them selected again', unit: 'share' },
      { id: 'others', label: 'Contacted before, no response', unit: 'count' },
      { id: 'othersSelected', label: 'Of them selected again', unit: 'share' },
    ],
    rows: shown.map(({ label, rows }, index) => [
      label,
      membersOf(responders(rows)),
      toldResponders[index] ? selectedOf(responders(rows)) / membersOf(responders(rows)) : null,
      membersOf(others(rows)),
      toldOthers[index] ? selectedOf(others(rows)) / membersOf(others(rows)) : null,
    ]),
    note: `A member counts once for each campaign compared. Rows with fewer than ${smallCell} of either kind are joined to their neighbour; an empty share would speak of so few, selected or not.`,
  };
}

export function repeatEvidence(rows: readonly RepeatRow[], hasValue: boolean, smallCell: number): EvidenceTable[] {
  const byFifth = fifthLabels.map((label, fifth) => ({ label, rows: rows.filter((row) => row.fifth === fifth) }));
  const byContacts = ['none (older contact)', '1', '2', '3 or more'].map((label, contacts) => ({
    label,
    rows: rows.filter((row) => row.prior_contacts === contacts),
  }));
  return [
    ...(hasValue ? [divisionTable('by-value', 'Selected again, by what members had bought before', 'Value before the campaign', byFifth, smallCell)] : []),
    divisionTable('by-earlier-contacts', 'Selected again, by number of earlier contacts', 'Earlier contacts', byContacts, smallCell),
  ];
}

const shortLabels: Record<string, string> = {
  repeatRatio: 'Among members of like value',
  repeatRatioUnadjusted: 'Among all members of a campaign’s base',
  repeatRatioSamePressure: 'Among members with as many earlier contacts',
};

/** One whisker a ratio, against 1: no preference. */
export function repeatChart(measures: readonly Measure[]): Chart[] {
  const rows = measures.flatMap((measure) =>
    measure.unit !== 'ratio' || measure.value === null || measure.interval === undefined
      ? []
      : [
          {
            label: shortLabels[measure.id] ?? measure.label,
            low: measure.interval.low,
            high: measure.interval.high,
            outerLow: null,
            outerHigh: null,
            estimate: measure.value,
          },
        ],
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: 'whisker',
      id: 'repeat-ratios',
      title: 'How much likelier earlier responders are to be selected again',
      description:
        'At 1 a campaign selects earlier responders as often as others who were contacted and did not respond. The estimate for members of like value is {repeatRatio}.',
      unit: 'ratio',
      reference: { value: 1, label: 'no preference' },
      rows,
    },
  ];
}
