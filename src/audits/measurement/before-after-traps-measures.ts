/** What `before-after-traps` measures: five ways in which a report can mislead, each there, not there, or not testable. */
import { readExperiments } from '../../derived/experiments.js';
import type { Chart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import type { Unit } from '../../result/units.js';
import type { AuditContext, Measurement, Policy } from '../audit.js';
import {
  type Estimate,
  type ForwardBuying,
  forwardBuyingOf,
  forwardState,
  type MixShift,
  mixShiftOf,
  mixState,
  type Regression,
  regressionOf,
  regressionState,
  type Survivorship,
  survivorshipOf,
  type TrapState,
  type Variant,
  type WinnersCurse,
  winnerState,
  winnersCurseOf,
} from './before-after-trap-tests.js';
import { comparedDays, decilesSql, followedWeeks, membershipSql, responsesSql, weeksSql } from './before-after-traps.sql.js';
import { rulesSql } from './coincidental-attribution.sql.js';

/** Campaigns that are compared with all members; the largest, because each costs a pass over everybody. */
const mostCompared = 5;
/** A campaign whose busiest day has less than this share of its messages has no before and after. */
const fewestOnMainDay = 0.2;
const fewestRecipients = 100;

interface Traps {
  readonly regression: { readonly state: TrapState; readonly found: Regression | null; readonly campaigns: number };
  readonly survivorship: Survivorship;
  readonly forward: { readonly state: TrapState; readonly found: ForwardBuying | null };
  readonly mix: { readonly state: TrapState; readonly found: MixShift | null };
  readonly winner: { readonly state: TrapState; readonly found: WinnersCurse | null; readonly outcome: string; readonly unit: Unit };
}

async function readTraps(context: AuditContext): Promise<Traps> {
  const { engine, derived, policy, thresholds, window } = context;
  const level = policy.screenLevel;
  const hasPurchases = context.rowCount('transactions') > 0;
  const purchaseDays = await derived.purchaseDays();
  const memberFacts = await derived.memberFacts();
  const rules = await derived.attributionRules();
  const campaigns = (await engine.rows(rulesSql(rules, await derived.campaignObjectives())))
    .filter((rule) => rule.history_days >= comparedDays && rule.followed_days >= comparedDays && rule.is_triggered === 0)
    .filter((rule) => rule.main_contacts >= fewestOnMainDay * rule.contacts && rule.main_contacts >= fewestRecipients)
    .toSorted((a, b) => b.main_contacts - a.main_contacts || a.campaign_key - b.campaign_key)
    .slice(0, mostCompared)
    .map((rule) => ({ campaignKey: rule.campaign_key, mainDay: rule.main_day }));
  const tables = { contactFacts: await derived.contactFacts(), memberFacts, purchaseDays };
  const regression = campaigns.length === 0 ? null : regressionOf(await engine.rows(decilesSql(tables, campaigns)), level);
  const [membership] = await engine.rows(membershipSql(memberFacts, purchaseDays, window));
  if (membership === undefined) throw new Error('The members have no totals.');
  const units = await derived.experimentUnits();
  const weeks = hasPurchases ? await engine.rows(weeksSql(engine.dialect, { units, rules, purchaseDays })) : [];
  // It decides a problem by itself, so it has to hold at the level of headlines.
  const forward = forwardBuyingOf(weeks, followedWeeks, policy.headlineLevel);
  const mix =
    context.rowCount('responses') === 0
      ? null
      : mixShiftOf(await engine.rows(responsesSql(await derived.campaignFacts(), await derived.campaignObjectives())), level);
  const { variants, outcome, unit } = await variantsOf(context);
  const winner = winnersCurseOf(variants, level);
  return {
    regression: { state: regressionState(regression, thresholds.regression?.least ?? 0), found: regression, campaigns: campaigns.length },
    survivorship: survivorshipOf(membership, context.filledShare('members', 'enrolled_at') > 0, hasPurchases, thresholds.inactive?.few ?? 0, level),
    forward: { state: forwardState(forward), found: forward },
    mix: { state: mixState(mix), found: mix },
    winner: { state: winnerState(winner, thresholds.winner?.least ?? 0), found: winner, outcome, unit },
  };
}

/** The outcome that most tests share, in each of them. */
async function variantsOf(context: AuditContext): Promise<{ variants: Variant[]; outcome: string; unit: Unit }> {
  const comparisons = (await readExperiments(context)).flatMap((experiment) => experiment.comparisons);
  const outcomes = comparisons.flatMap(({ label, outcomes: own }) => own.map((outcome) => ({ label, outcome })));
  const names = [...new Set(outcomes.map(({ outcome }) => outcome.name))].sort();
  const count = (name: string): number => outcomes.filter(({ outcome }) => outcome.name === name).length;
  const [name = ''] = names.toSorted((a, b) => count(b) - count(a));
  const chosen = outcomes.filter(({ outcome }) => outcome.name === name && !outcome.isBad);
  const [first] = chosen;
  const unit = first?.outcome.kind === 'share' ? 'shareDifference' : first?.outcome.kind === 'money' ? 'moneyPerMember' : 'number';
  return { outcome: name, unit, variants: chosen.map(({ label, outcome }) => ({ label, treated: outcome.treated.moments, holdout: outcome.holdout.moments })) };
}

export async function measureTraps(context: AuditContext): Promise<Measurement> {
  const traps = await readTraps(context);
  const states = [traps.regression.state, traps.survivorship.state, traps.forward.state, traps.mix.state, traps.winner.state];
  const testable = states.filter((state) => state !== 'not testable').length;
  const unlocks = [
    { table: 'transactions', columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'shows what members did before and after a campaign' },
    { table: 'members', columns: ['enrolled_at', 'closed_at'], gain: 'shows whether members who have left are on file' },
    { table: 'assignments', columns: ['campaign_id', 'member_id', 'arm'], gain: 'shows whether purchases were brought forward' },
  ].filter(({ table, columns }) => columns.some((column) => context.filledShare(table as 'members', column) === 0));
  if (testable === 0)
    return {
      measures: [],
      evidence: [],
      charts: [],
      evidenceGrade: 'E4',
      notApplicable: 'None of the five traps can be tested with what is in the files.',
      unlocks,
    };
  const chart = traps.forward.found === null ? null : forwardChart(traps.forward.found);
  return {
    measures: [
      { id: 'present', label: 'traps that are there', value: states.filter((state) => state === 'present').length, unit: 'count', n: testable },
      { id: 'testable', label: 'traps that could be tested', value: testable, unit: 'count', n: states.length },
      { id: 'traps', label: 'traps that are looked for', value: states.length, unit: 'count', n: states.length },
      ...trapMeasures(traps, context.policy),
    ],
    evidence: [trapsTable(traps)],
    charts: chart === null ? [] : [chart],
    evidenceGrade: 'E4',
    caveats: [
      'A trap that is there does not show that a report fell into it, only that one that does not guard against it would.',
      'Regression to the mean (extreme figures drift back towards the usual) is looked at in the largest campaigns only, and holds the season too, as a before-and-after report does.',
      'An audience that was chosen for a long history drifts back less than members who bought as much in 90 days only, so the two changes are not a test of a campaign.',
      'Novelty, a first reaction that wears off, looks like purchases brought forward and is not told apart from it.',
    ],
    unlocks,
  };
}

function estimated(id: string, label: string, unit: Unit, found: Estimate | null | undefined, level: number, why: string): Measure {
  if (found === null || found === undefined) return { id, label, value: null, unit, n: 0, why };
  const interval =
    found.interval === null ? {} : { interval: { low: found.interval.low, high: found.interval.high, level, method: 'see the page of the audit' } };
  return { id, label, value: found.value, unit, n: found.n, ...interval };
}

const flag = (id: string, label: string, state: TrapState): Measure => ({
  id,
  label,
  value: state === 'not testable' ? null : Number(state === 'present'),
  unit: 'count',
  n: 1,
  ...(state === 'not testable' ? { why: 'Not testable with what is in the files.' } : {}),
});

const whys = {
  regression: 'No campaign has 90 days of purchases before and after, and members without the message who bought as much before.',
  survivorship: 'The files do not say when members joined, or hold too few members or no purchases.',
  forward: 'No test with a holdout can be followed for twelve weeks.',
  mix: 'There are too few campaigns with responses in both halves of the time, or all are of one purpose or of none that is known.',
  winner: 'There are no two tests with one outcome in common, or none with a gain.',
};

function trapMeasures({ regression, survivorship, forward, mix, winner }: Traps, { screenLevel: level, headlineLevel }: Policy): Measure[] {
  const winning = winner.state === 'not testable' ? null : winner.found;
  return [
    flag('regressionPresent', 'regression to the mean: there (1) or not (0)', regression.state),
    estimated('ownChange', 'change of the recipients from 90 days before to 90 days after', 'share', regression.found?.own, level, whys.regression),
    estimated(
      'untreatedChange',
      'the same for members without the message who had bought as much before',
      'share',
      regression.found?.untreated,
      level,
      whys.regression,
    ),
    flag('survivorshipPresent', 'only survivors on file: there (1) or not (0)', survivorship.state),
    estimated('inactiveShare', 'members of a year and more who did not buy in the last year', 'share', survivorship.inactive, level, whys.survivorship),
    estimated('unlistedShare', 'members who bought and have no date of joining', 'share', survivorship.unlisted, level, whys.survivorship),
    { id: 'closed', label: 'closed memberships on file', value: survivorship.closed, unit: 'count', n: survivorship.closed },
    flag('forwardPresent', 'purchases brought forward: there (1) or not (0)', forward.state),
    estimated('earlyGain', 'sales a head more than the holdout, weeks 1 to 4', 'moneyPerMember', forward.found?.early, headlineLevel, whys.forward),
    estimated('lateGain', 'sales a head more than the holdout, weeks 5 to 12', 'moneyPerMember', forward.found?.late, headlineLevel, whys.forward),
    flag('mixPresent', 'a change that is one of mix: there (1) or not (0)', mix.state),
    estimated(
      'overallChange',
      'change of the response rate from the first half of the time to the second',
      'shareDifference',
      mix.found?.overall,
      level,
      whys.mix,
    ),
    estimated('withinChange', 'the same within campaigns of one purpose', 'shareDifference', mix.found?.within, level, whys.mix),
    flag('winnerPresent', 'the best of several is too good: there (1) or not (0)', winner.state),
    estimated(
      'bestEffect',
      `best of the differences from the holdout (${winner.outcome === '' ? 'none' : winner.outcome})`,
      winner.unit,
      winning?.best,
      level,
      whys.winner,
    ),
    winning === null
      ? { id: 'shrunkEffect', label: 'the same with what chance explains taken off', value: null, unit: winner.unit, n: 0, why: whys.winner }
      : { id: 'shrunkEffect', label: 'the same with what chance explains taken off', value: winning.shrunk, unit: winner.unit, n: winning.variants },
  ];
}

function trapsTable({ regression, survivorship, forward, mix, winner }: Traps): EvidenceTable {
  const row = (trap: string, state: TrapState, first: string, a: Estimate | null | undefined, second: string, b: Estimate | null | undefined): Cell[] => [
    trap,
    state,
    first,
    a?.value ?? null,
    a?.interval?.low ?? null,
    a?.interval?.high ?? null,
    second,
    b?.value ?? null,
    b?.interval?.low ?? null,
    b?.interval?.high ?? null,
  ];
  const shrunk = winner.found === null ? null : { value: winner.found.shrunk, interval: null, n: winner.found.variants };
  return {
    id: 'traps',
    title: 'Five traps of reports, and what the files say of each',
    columns: [
      { id: 'trap', label: 'Trap', unit: 'text' },
      { id: 'state', label: 'There?', unit: 'text' },
      { id: 'first', label: 'What a report would show', unit: 'text' },
      { id: 'firstValue', label: 'Value', unit: 'number' },
      { id: 'firstLow', label: 'Low', unit: 'number' },
      { id: 'firstHigh', label: 'High', unit: 'number' },
      { id: 'second', label: 'What to hold beside it', unit: 'text' },
      { id: 'secondValue', label: 'Value', unit: 'number' },
      { id: 'secondLow', label: 'Low', unit: 'number' },
      { id: 'secondHigh', label: 'High', unit: 'number' },
    ],
    rows: [
      row(
        'Regression to the mean',
        regression.state,
        'change of recipients, of what they bought before',
        regression.found?.own,
        'the same, members of the same tenth without the message',
        regression.found?.untreated,
      ),
      row(
        'Only survivors on file',
        survivorship.state,
        'members of a year and more who did not buy in the last year',
        survivorship.inactive,
        'buyers without a date of joining',
        survivorship.unlisted,
      ),
      row(
        'Purchases brought forward',
        forward.state,
        'sales a head more than the holdout, weeks 1 to 4',
        forward.found?.early,
        'the same, weeks 5 to 12',
        forward.found?.late,
      ),
      row('A change of mix', mix.state, 'change of the response rate', mix.found?.overall, 'the same within campaigns of one purpose', mix.found?.within),
      row('The best of several', winner.state, 'best difference from the holdout', winner.found?.best, 'the same with what chance explains taken off', shrunk),
    ],
    note: 'Shares are written as numbers from 0 to 1. An empty cell was not testable.',
  };
}

function forwardChart({ cumulative }: ForwardBuying): Chart {
  return {
    id: 'cumulative',
    kind: 'lines',
    title: 'Does the gain stay?',
    description:
      'Sales a head that members assigned to campaigns have more than those held out, added up week by week. A line that comes down again shows purchases that were only brought forward.',
    isStepped: false,
    xLabel: 'weeks after the contact',
    xUnit: 'number',
    xNames: null,
    yLabel: 'sales a head more than the holdout',
    yUnit: 'moneyPerMember',
    lines: [
      {
        label: 'all tests',
        emphasis: 'strong',
        points: cumulative.map(({ value, interval }, index) => ({ x: index + 1, y: value, low: interval?.low ?? null, high: interval?.high ?? null })),
      },
    ],
    counts: null,
    xReferences: [],
    yReferences: [{ value: 0, label: 'no difference' }],
  };
}
