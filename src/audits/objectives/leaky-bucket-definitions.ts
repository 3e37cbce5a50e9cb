/** Three ways to say that a member has lapsed, each with its flows and its cohorts. */
import { chanceAlive, fitBgNbd } from '../../statistics/clv/bg-nbd.js';
import { weightedQuantile } from '../../statistics/quantiles.js';
import type { AuditContext } from '../audit.js';
import { type SpanRow, spanSql } from './history-span.sql.js';
import { interpurchaseGapsSql } from './interpurchase-gaps.sql.js';
import {
  type ChangeRow,
  type CohortRow,
  membershipCohortsSql,
  membershipSpellsSql,
  purchaseCohortsSql,
  purchaseLivesSql,
  purchaseSpellsSql,
  type SilenceRule,
  type SpellRow,
  salesChangeSql,
} from './leaky-bucket.sql.js';
import { type Cohort, cohortBounds, publishedCohorts, quarterBounds, type Retention, sameQuarters, threeInARow } from './leaky-bucket-flows.js';

/** Fewer gaps than this do not tell which silence is long. */
const fewestGaps = 100;
/** Methodology §5.6: fewer repeat buyers than this do not carry the model. */
const fewestRepeatBuyers = 500;
/** The model is fitted on about this many members: whole jackknife groups, which are a sample by a hash of the identifier. */
const modelMembers = 5_000;
const groupsInAll = 50;
/** States are known once the files have run for this many times the common limit. */
const seenAfterLimits = 2;
/** A column that is filled for at least this share of the rows is taken as known. */
const mostlyFilled = 0.9;
/** Sales are compared over equal periods of at least a quarter and at most a year. */
const periodDays = { least: 91, most: 365 };

export interface Definition {
  readonly id: 'silence' | 'membership' | 'chance';
  readonly words: string;
  readonly bounds: readonly number[];
  readonly spells: readonly SpellRow[];
  readonly cohorts: readonly Cohort[];
  /** null when too few groups of joiners have been followed for a year. */
  readonly retention: Retention | null;
}

export interface Buckets {
  readonly span: SpanRow;
  /** The first one is judged. */
  readonly definitions: readonly Definition[];
  /** Why a definition could not be used. */
  readonly missing: readonly { readonly words: string; readonly why: string }[];
  readonly pooledDays: number | null;
  readonly change: { readonly days: number; readonly rows: readonly ChangeRow[] } | null;
}

const membershipWords = 'cancellation: the membership was closed';
const silenceWords = 'silence: no purchase for longer than all but the longest of the other gaps';
const chanceWords = 'model: the chance of still being a customer has fallen below the limit';

/** A share of gaps, from 0.01 to 1, whatever the configuration says. */
const percentOf = (share: number): number => Math.min(100, Math.max(1, Math.round(share * 100)));

export async function measureBuckets(audit: AuditContext): Promise<Buckets> {
  const { engine, derived, window } = audit;
  const [purchases, members] = [await derived.purchaseDays(), await derived.memberFacts()];
  const [span] = await engine.rows(spanSql(purchases, members, window.toDay));
  if (span === undefined) throw new Error('A query without groups gave no row.');
  const percent = percentOf(audit.thresholds.silence?.percentile ?? 0);
  const gaps = span.first_purchase_day === null ? [] : await engine.rows(interpurchaseGapsSql(purchases));
  const enough = gaps.reduce((sum, row) => sum + row.gaps, 0) >= fewestGaps;
  const pooledDays = enough
    ? weightedQuantile(
        gaps.map((row) => ({ value: row.gap, weight: row.gaps })),
        percent / 100,
      )
    : null;
  const membership = await membershipDefinition(audit, span);
  const silence = pooledDays === null ? null : await silenceDefinition(audit, span, { pooledDays, percent });
  const chance = silence === null || pooledDays === null ? null : await chanceDefinition(audit, span, { pooledDays, percent }, silence);
  const missing = [
    ...(silence === null ? [{ words: silenceWords, why: 'too few purchases, or too short a time, to know which silence is long' }] : []),
    ...(membership === null ? [{ words: membershipWords, why: 'the files do not have both joining dates and closing dates' }] : []),
    ...(chance === null ? [{ words: chanceWords, why: `fewer than ${fewestRepeatBuyers} customers who bought again, or no stable fit of the model` }] : []),
  ];
  const definitions = [silence, membership, chance].filter((each) => each !== null);
  return { span, definitions, missing, pooledDays, change: await salesChange(audit, span) };
}

async function membershipDefinition(audit: AuditContext, span: SpanRow): Promise<Definition | null> {
  const { engine, derived, window } = audit;
  if (span.first_closed_day === null || span.first_enrolled_day === null) return null;
  const members = await derived.memberFacts();
  // Who left before closings were written down is not in the file, so nothing before the first closing can be compared.
  const bounds = quarterBounds(span.first_closed_day, window.toDay);
  if (bounds.length < 2) return null;
  const { bounds: cohorts, isByYear } = cohortBounds(span.first_closed_day, window.toDay);
  const rows = cohorts.length < 2 ? [] : await engine.rows(membershipCohortsSql(members, cohorts));
  return {
    id: 'membership',
    words: membershipWords,
    bounds,
    spells: await engine.rows(membershipSpellsSql(members, bounds)),
    ...cohortsOf(audit, rows, cohorts, isByYear),
  };
}

async function silenceDefinition(audit: AuditContext, span: SpanRow, rule: SilenceRule): Promise<Definition | null> {
  const { engine, derived, window } = audit;
  const sinceDay = span.first_purchase_day ?? window.toDay;
  const [purchases, members] = [await derived.purchaseDays(), await derived.memberFacts()];
  // Whoever was active when the files begin has been seen by then, but for few: others would seem to come back.
  const seenDay = sinceDay + seenAfterLimits * rule.pooledDays;
  const bounds = quarterBounds(seenDay, window.toDay);
  if (bounds.length < 2) return null;
  // A first purchase is known to be the first where the joining date is known to lie within the files.
  const isJoiningKnown = audit.filledShare('members', 'enrolled_at') >= mostlyFilled;
  const { bounds: cohorts, isByYear } = cohortBounds(isJoiningKnown ? sinceDay : seenDay, window.toDay);
  const rows = cohorts.length < 2 ? [] : await engine.rows(purchaseCohortsSql(purchases, members, cohorts, rule.pooledDays, sinceDay));
  return {
    id: 'silence',
    words: silenceWords,
    bounds,
    spells: await engine.rows(purchaseSpellsSql(purchases, members, bounds, rule, sinceDay)),
    ...cohortsOf(audit, rows, cohorts, isByYear),
  };
}

function cohortsOf(
  { thresholds, policy }: AuditContext,
  rows: readonly CohortRow[],
  bounds: readonly number[],
  isByYear: boolean,
): Pick<Definition, 'cohorts' | 'retention'> {
  const fewest = thresholds.cohortMembers?.least ?? 0;
  const cohorts = publishedCohorts(rows, bounds, isByYear, fewest, policy.smallCell);
  const inOneSeason = isByYear ? null : sameQuarters(rows, bounds, fewest, policy.smallCell);
  return { cohorts, retention: inOneSeason ?? threeInARow(cohorts, isByYear) };
}

/** The same flows when the silence that counts comes from the BG/NBD model. */
async function chanceDefinition(audit: AuditContext, span: SpanRow, rule: SilenceRule, silence: Definition): Promise<Definition | null> {
  const { engine, derived, window, thresholds } = audit;
  const chance = Math.min(0.99, Math.max(0.01, thresholds.aliveChance?.lapsed ?? 0));
  const sinceDay = span.first_purchase_day ?? window.toDay;
  const [purchases, members] = [await derived.purchaseDays(), await derived.memberFacts()];
  const groups = Math.max(1, Math.min(groupsInAll, Math.floor((groupsInAll * modelMembers) / Math.max(1, span.buyers))));
  const lives = await engine.rows(purchaseLivesSql(purchases, members, window.toDay, sinceDay, groups));
  const cells = lives.map(({ repeats, last_age: lastAge, age, customers }) => ({ repeats, lastAge, age, customers }));
  const repeatBuyers = cells.reduce((sum, { repeats, customers }) => sum + (repeats > 0 ? customers : 0), 0);
  if (repeatBuyers < fewestRepeatBuyers) return null;
  const fit = fitBgNbd(cells);
  // A fit that runs away says that nobody is seen to drop out: then no silence is long enough.
  if (fit?.hasConverged !== true || !(chanceAlive(fit, 1, 0, 36_500) < chance)) return null;
  const spells = await engine.rows(purchaseSpellsSql(purchases, members, silence.bounds, { ...rule, model: { fit, chance } }, sinceDay));
  return { id: 'chance', words: chanceWords, bounds: silence.bounds, spells, cohorts: [], retention: null };
}

async function salesChange({ engine, derived, window }: AuditContext, span: SpanRow): Promise<Buckets['change']> {
  if (span.first_purchase_day === null) return null;
  const days = Math.min(periodDays.most, Math.floor((window.toDay - span.first_purchase_day) / 2));
  if (days < periodDays.least) return null;
  const period = { toDay: window.toDay, days, sinceDay: span.first_purchase_day };
  return { days, rows: await engine.rows(salesChangeSql(engine.dialect, await derived.purchaseDays(), await derived.memberFacts(), period)) };
}
