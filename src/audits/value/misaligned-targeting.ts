/** Do campaigns select members by what goes with their value? The same facts, once for value and once for selection. */
import type { Halves } from '../../derived/member-drivers.sql.js';
import type { Sql } from '../../engine/sql.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { driverMomentsSql, firstDaysSql } from './misaligned-targeting.sql.js';
import { improvements, knowableDrivers } from './misaligned-targeting-drivers.js';
import { driversTable, effectsTable, profileChart } from './misaligned-targeting-exhibits.js';
import { fifthMeasures, fifthsTable, moneyLeftOut } from './misaligned-targeting-fifths.js';
import { alignmentMeasures, columnResults, driverResults } from './misaligned-targeting-measures.js';
import { type Cut, cutOf, distinctDrivers, estimateAll, inflationOf, isEven, only, outcomes, total } from './misaligned-targeting-models.js';
import { chooseStretches, isTooShort } from './misaligned-targeting-stretches.js';
import { chanceEffects, fitChance, foretoldValue } from './misaligned-targeting-value.js';
import { caveatsOf, explainTargeting, rivals } from './misaligned-targeting-words.js';

/** Fewer members than this cannot tell a dozen drivers apart. */
const fewestMembers = 300;
/** Fewest members who were worth something afterwards. */
const fewestActive = 100;
const fewestDrivers = 3;

const nothing = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };

/** The earlier time to learn on; null where the history is too short for one, or too few members were there. */
async function earlierTime(
  { engine, derived }: AuditContext,
  before: Halves | null,
  columns: readonly string[],
): Promise<{ readonly table: Sql; readonly cut: Cut } | null> {
  if (before === null) return null;
  const table = await derived.memberDrivers(before);
  const cut = cutOf(await engine.rows(driverMomentsSql(table, columns)), columns.length);
  const isEnough = total(cut.all, columns.length).n >= fewestMembers && total(cut.active, columns.length).n >= fewestActive;
  return isEnough ? { table, cut } : null;
}

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy } = context;
  const stretches = await chooseStretches(context, await derived.purchaseDays());
  if (isTooShort(stretches)) {
    const reason = `A look back and a look ahead need ${stretches.needed} days of purchases (each at least 90 days and twice the usual time between purchases); the files hold ${stretches.found}.`;
    return { ...nothing, notEnough: reason };
  }
  const { late: halves, early: before, days } = stretches;
  const [first] = await engine.rows(firstDaysSql(engine.dialect));
  if (first === undefined) return { ...nothing, notEnough: 'The files hold no events.' };
  const known = knowableDrivers(context, first, (before ?? halves).fromDay);
  const columns = [...known.drivers.flatMap((driver) => driver.columns), ...outcomes];
  const judged = await derived.memberDrivers(halves);
  const late = cutOf(await engine.rows(driverMomentsSql(judged, columns)), columns.length);
  const all = total(late.all, columns.length);
  const active = total(late.active, columns.length);
  if (all.n < fewestMembers || active.n < fewestActive) {
    return {
      ...nothing,
      notEnough: `The comparison needs ${fewestMembers} members on one day, ${fewestActive} of whom bought in the ${days} days after; the files hold fewer.`,
    };
  }
  const selections = columns.indexOf('selection_place');
  if (!((all.products[selections]?.[selections] ?? 0) - (all.sums[selections] ?? 0) ** 2 / all.n > 0)) {
    return { ...nothing, notApplicable: 'In the days looked at every member was selected equally often, or none at all, so nobody was chosen over another.' };
  }
  const early = await earlierTime(context, before, columns);
  const chosen = distinctDrivers(known.drivers, columns, early === null ? [late] : [late, early.cut]);
  const same = known.drivers.filter((driver) => !chosen.includes(driver));
  const model = { drivers: chosen, late: only(late, columns, chosen), early: early === null ? null : only(early.cut, columns, chosen) };
  const estimates = chosen.length < fewestDrivers ? null : estimateAll(model);
  if (estimates === null) return { ...nothing, notEnough: 'Too little is known of members before the day of the comparison to tell them apart.' };
  const level = policy.screenLevel;
  const ofDrivers = driverResults(estimates, chosen, level);
  const ofColumns = columnResults(estimates, chosen, inflationOf(chosen, model.late) ?? [], level);
  const chance = await fitChance(context, judged, model.late, chosen);
  const tables = { fitted: early?.table ?? judged, judged };
  const scored = await foretoldValue(context, tables, model.early ?? model.late, chosen, early === null ? isEven : undefined);
  const rows = (scored ?? []).filter((row) => early !== null || !isEven(row.jackknife_group));
  return {
    ...nothing,
    measures: [...alignmentMeasures({ estimates, drivers: ofDrivers, columns: ofColumns, members: all.n, days }, policy), ...fifthMeasures(rows, policy)],
    evidence: [
      driversTable(ofDrivers, level),
      effectsTable(ofColumns, chanceEffects(chance, level)),
      ...(rows.length === 0 ? [] : [fifthsTable(rows, policy.smallCell)]),
    ],
    charts: [profileChart(ofDrivers)],
    caveats: caveatsOf(context, known, same, { isSplit: early === null, hasHabit: chosen.some(({ id }) => id === 'contacts') }),
    ...moneyLeftOut(rows, policy),
  };
}

type Levels = Thresholds[string] | undefined;

/** Below the level that deserves a look, and not by chance: the whole interval is. */
const isLow = (measures: Measures, id: string, levels: Levels): boolean => (measures.get(id)?.interval?.high ?? 1) < (levels?.watch ?? -1);

/** Both must miss: the marks that selection goes by, and the order that comes of them. */
function isMismatch(measures: Measures, overlap: Levels, agreement: Levels): boolean {
  const lies = (id: string, levels: Levels): boolean => (measures.value(id) ?? 1) < (levels?.problem ?? -1) && isLow(measures, id, levels);
  return lies('overlap', overlap) && lies('agreement', agreement);
}

function judge(measures: Measures, { valueFit, selectionFit, overlap, agreement }: Thresholds): Verdict {
  const rule = selectionFit?.least ?? 0;
  const isForetold = (measures.get('valueFit')?.interval?.low ?? Number.NEGATIVE_INFINITY) > (valueFit?.least ?? 0);
  if (!isForetold || (measures.value('selectionFit') ?? 0) < rule) return { status: 'informative', severity: 'none' };
  const isRule = (measures.get('selectionFit')?.interval?.low ?? 0) > rule;
  if (isRule && isMismatch(measures, overlap, agreement)) return { status: 'problem', severity: 'medium' };
  // A rule that follows value and repeats itself has habit among its marks, and still puts members in the order of their value.
  const isInOrder = (measures.get('agreement')?.interval?.low ?? -1) > (agreement?.watch ?? 1);
  const deservesLook = isLow(measures, 'agreement', agreement) || (isLow(measures, 'overlap', overlap) && !isInOrder);
  return deservesLook ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
}

export const misalignedTargeting = defineAudit({
  id: 'misaligned-targeting',
  category: 'value',
  question: 'Are members selected by what goes with their value?',
  why: 'A selection rule that follows something else than what makes customers valuable spends its effort in the wrong place, however well each campaign is made.',
  problem: 'FP2',
  weight: 'high',
  needs: { transactions: ['member_id', 'occurred_at', 'net_amount'], contacts: ['member_id', 'campaign_id'] },
  improves: improvements,
  minimum: { transactions: 500, contacts: 200 },
  thresholds: {
    valueFit: {
      levels: { least: 0 },
      unit: 'share',
      source: { kind: 'derived', note: '0 is what the average of all members foretells; the low end of the interval must be above it.' },
    },
    selectionFit: {
      levels: { least: 0.25 },
      unit: 'share',
      source: {
        kind: 'house',
        note: 'Where less than a quarter of the differences in selection goes with anything known, there is hardly a rule to compare. No published level exists.',
      },
    },
    overlap: {
      levels: { watch: 0.67, problem: 0.5 },
      unit: 'share',
      plausible: { watch: [0.5, 0.8], problem: [0.35, 0.65] },
      source: { kind: 'house', note: 'A third, or a half, of what tells selection has no counterpart in what tells value. No published level exists.' },
    },
    agreement: {
      levels: { watch: 0.5, problem: 0.3 },
      unit: 'index',
      source: { kind: 'house', note: 'The level below which this report calls the success and the value of campaigns decoupled; one half for a first look.' },
    },
  },
  notOfMembers: ['levers'],
  rivals,
  measure,
  judge,
  explain: explainTargeting,
});
