/** What `coincidental-attribution` measures: the client's own rule, put on weeks in which the campaign did not exist yet. */
import { mean, median, standardDeviation } from 'simple-statistics';
import { defaultWindowDays, guardDays } from '../../derived/attribution.sql.js';
import { plainLabel } from '../../derived/experiments.js';
import type { Measure } from '../../result/schema.js';
import { buyingShare, fitMeanAndZeros } from '../../statistics/nbd-zeros.js';
import type { AuditContext, Measurement } from '../audit.js';
import {
  type CampaignWindows,
  type Coincidence,
  campaignWindowsOf,
  coincidenceOf,
  type Estimate,
  hasSeason,
  isSeasonTakenOut,
  ratioWithInterval,
  sharesByWindow,
} from './coincidence-windows.js';
import {
  chartDays,
  earliestDay,
  type LagRow,
  lagsSql,
  type RuleRow,
  recipientsSql,
  recipientWindowsSql,
  referenceWindowsSql,
  rulesSql,
  sinceDays,
  sinceSql,
  type Tested,
} from './coincidental-attribution.sql.js';
import { campaignsTable, sinceTable, windowsChart, windowsTable } from './coincidental-attribution-exhibits.js';

/** Fewer credited buyers say nothing (house rule). */
const fewestBuyers = 100;
/** A campaign whose busiest day has less than this share of its messages is sent all the time rather than on a day. */
const fewestOnMainDay = 0.2;
const hundred = 100;

/** Why a campaign is left out; null for one that is tested. */
function reasonToLeaveOut(rule: RuleRow, hasRules: boolean): string | null {
  if (rule.is_triggered === 1) return 'set off by what a customer does';
  if (rule.objective === 'win-back') return 'for members chosen because they did not buy in earlier weeks';
  if (rule.main_contacts < fewestOnMainDay * rule.contacts) return 'sent all the time, not on a day';
  if (hasRules && rule.has_own_rule === 0) return 'no rule on record';
  if (rule.followed_days < rule.window_days) return 'the window is not over in the files';
  return rule.offsets === 0 ? 'the purchases do not reach back far enough' : null;
}

export async function measureCoincidence(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy } = context;
  const rules = await engine.rows(rulesSql(await derived.attributionRules(), await derived.campaignObjectives()));
  const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  if (rules.length === 0) return { ...blank, notApplicable: 'No contact has a date, and no campaign a first day, so there is no window to look at.' };
  const batch = rules.filter((rule) => rule.is_triggered === 0 && rule.objective !== 'win-back' && rule.main_contacts >= fewestOnMainDay * rule.contacts);
  if (batch.length === 0)
    return {
      ...blank,
      notApplicable:
        'Every campaign is set off by what a customer does, is for those who stopped buying, or is sent all the time: weeks before such a message cannot be compared.',
    };
  const hasRules = batch.some(({ has_own_rule }) => has_own_rule === 1);
  const kept = rules.filter((rule) => reasonToLeaveOut(rule, hasRules) === null);
  const tested = kept.map((rule) => ({
    campaignKey: rule.campaign_key,
    mainDay: rule.main_day,
    windowDays: rule.window_days,
    leadDays: rule.lead_days,
    offsets: rule.offsets,
  }));
  const none = 'For no campaign do the purchases reach from a week before an earlier window to the end of the credited one, so there is nothing to compare.';
  if (tested.length === 0) return { ...blank, notEnough: none };
  const tables = { contactFacts: await derived.contactFacts(), memberFacts: await derived.memberFacts(), purchaseDays: await derived.purchaseDays() };
  const cohortDay = Math.min(...tested.map(earliestDay));
  const windows = campaignWindowsOf(tested, {
    recipients: await engine.rows(recipientsSql(tables, tested, cohortDay)),
    windows: await engine.rows(recipientWindowsSql(engine.dialect, tables, tested, cohortDay)),
    reference: await engine.rows(referenceWindowsSql(engine.dialect, tables, tested, cohortDay)),
  });
  const { credited } = coincidenceOf(windows, 'buyers', null);
  const few = `Fewer than ${fewestBuyers} purchases are credited to campaigns that can be compared with earlier weeks.`;
  if (credited < fewestBuyers) return { ...blank, measures: [count('creditedBuyers', 'buyers credited', credited, tested.length)], notEnough: few };
  const seen = kept.filter((rule) => rule.history_days >= sinceDays && rule.followed_days >= chartDays).map(({ campaign_key }) => campaign_key);
  const wide = windows.filter(({ tested: { campaignKey } }) => seen.includes(campaignKey));
  const lags = wide.length === 0 ? [] : await engine.rows(lagsSql(engine.dialect, tables, testedOf(wide), cohortDay));
  const since = wide.length === 0 ? [] : await engine.rows(sinceSql(tables, testedOf(wide), cohortDay));
  const names = new Map(rules.map((rule) => [rule.campaign_key, plainLabel(rule.name)]));
  const measures = [...coincidenceMeasures(windows, policy.screenLevel), ...ruleMeasures(rules, kept, hasRules), ...modelMeasures(lags, wide, windows)];
  const chart = windowsChart(lags, wide, policy.screenLevel);
  const value = measures.find(({ id }) => id === 'coincidentalSales');
  const sinceRows = sinceTable(lags, since, wide, policy.smallCell);
  return {
    measures,
    evidence: [windowsTable(sharesByWindow(windows)), campaignsTable(windows, names, rules, (rule) => reasonToLeaveOut(rule, hasRules), policy), ...sinceRows],
    charts: chart === null ? [] : [chart],
    evidenceGrade: windows.some(hasSeason) ? 'E3' : 'E4',
    caveats: caveatsOf(measures, windows, hasRules),
    ...(value?.value === null || value?.value === undefined
      ? {}
      : {
          money: {
            value: value.value,
            ...(value.interval === undefined ? {} : { low: Math.max(0, value.interval.low), high: value.interval.high }),
            meaning: 'sales credited to campaigns that the same members make in weeks without them',
          },
        }),
    members: { value: windows.reduce((sum, { total }) => Math.max(sum, total.recipients), 0), meaning: 'members of the largest campaign that was compared' },
  };
}

const testedOf = (windows: readonly CampaignWindows[]): Tested[] => windows.map(({ tested }) => tested);

function count(id: string, label: string, value: number, n: number): Measure {
  return { id, label, value, unit: 'count', n };
}

function estimated(base: Pick<Measure, 'id' | 'label' | 'unit' | 'n'>, estimate: Estimate | null, level: number, scale = 1): Measure {
  if (estimate === null) return { ...base, value: null, why: 'Nothing is credited that it could be a share of.' };
  const { value, interval } = estimate;
  const method = 'jackknife over 50 groups of members';
  const bounds = interval === null ? {} : { interval: { low: scale * interval.low, high: scale * interval.high, level, method } };
  return { ...base, value: scale * value, ...bounds };
}

function coincidenceMeasures(windows: readonly CampaignWindows[], level: number): Measure[] {
  const buyers = coincidenceOf(windows, 'buyers', null);
  const sales = coincidenceOf(windows, 'net', null);
  const n = windows.reduce((sum, { total }) => sum + total.recipients, 0);
  const isSeasonal = isSeasonTakenOut(windows);
  const share = (sums: Coincidence): number => (isSeasonal ? sums.expected : sums.plain) / sums.credited;
  const other = (sums: Coincidence): number => (isSeasonal ? sums.plain : sums.expected) / sums.credited;
  const ofSales = ratioWithInterval(windows, 'net', share, level);
  // More than all of what is credited cannot be at stake.
  const atStake = ofSales === null ? null : { value: Math.min(1, ofSales.value), interval: ofSales.value < 1 ? ofSales.interval : null };
  const shares = sharesByWindow(windows).map((each) => (isSeasonal ? each.share : each.plain));
  const trend = buyers.far > 0 ? ratioWithInterval(windows, 'buyers', ({ near, far }) => near / far, level) : null;
  return [
    estimated(
      { id: 'coincidenceShare', label: 'buyers credited who appear without the campaign as well', unit: 'share', n },
      ratioWithInterval(windows, 'buyers', share, level),
      level,
    ),
    estimated({ id: 'ofHundred', label: 'of every hundred credited, what appears without the campaign as well', unit: 'money', n }, ofSales, level, hundred),
    { id: 'hundred', label: 'a hundred, to compare with', value: hundred, unit: 'money', n },
    count('creditedBuyers', 'buyers credited (a member counts once a campaign)', buyers.credited, n),
    count('expectedBuyers', 'buyers that the same rule credits in as many days of earlier weeks', Math.round(isSeasonal ? buyers.expected : buyers.plain), n),
    count('isSeasonal', 'season taken out (1) or not (0), whichever gives the lower share', Number(isSeasonal), windows.length),
    estimated(
      { id: 'otherShare', label: isSeasonal ? 'the same share without taking out the season' : 'the same share with the season taken out', unit: 'share', n },
      ratioWithInterval(windows, 'buyers', other, level),
      level,
    ),
    {
      id: 'windowSpread',
      label: 'spread of the share over the earlier windows (standard deviation)',
      value: shares.length > 1 ? standardDeviation(shares) : null,
      unit: 'shareDifference',
      n: shares.length,
      ...(shares.length > 1 ? {} : { why: 'The purchases reach back for one window only.' }),
    },
    { id: 'windowMean', label: 'mean of the share over the earlier windows', value: shares.length > 0 ? mean(shares) : null, unit: 'share', n: shares.length },
    trend === null
      ? {
          id: 'nearFarRatio',
          label: 'purchases in the nearer against the farther windows',
          value: null,
          unit: 'ratio',
          n,
          why: 'The purchases do not reach back for four windows.',
        }
      : estimated({ id: 'nearFarRatio', label: 'purchases in the nearer against the farther windows', unit: 'ratio', n }, trend, level),
    { id: 'creditedSales', label: 'sales credited', value: sales.credited, unit: 'money', n },
    estimated({ id: 'coincidentalSales', label: 'sales credited that appear without the campaign as well', unit: 'money', n }, atStake, level, sales.credited),
    count('seasonal', 'campaigns whose season could be taken out', windows.filter(hasSeason).length, windows.length),
  ];
}

function ruleMeasures(rules: readonly RuleRow[], kept: readonly RuleRow[], hasRules: boolean): Measure[] {
  return [
    count('tested', 'campaigns compared with earlier weeks', kept.length, rules.length),
    count('leftOut', 'campaigns left out', rules.length - kept.length, rules.length),
    count('ruled', 'campaigns compared by a rule of their own', hasRules ? kept.length : 0, kept.length),
    { id: 'windowDays', label: 'days in which a sale is credited (median)', value: median(kept.map((rule) => rule.window_days)), unit: 'days', n: kept.length },
    { id: 'defaultDays', label: 'days where no rule is on record', value: defaultWindowDays, unit: 'days', n: kept.length },
    { id: 'guardDays', label: 'fewest days left free before a contact', value: guardDays, unit: 'days', n: kept.length },
  ];
}

/** What a model of purchases without any campaign expects, from the four weeks that end a week before the contact. */
function modelMeasures(lags: readonly LagRow[], wide: readonly CampaignWindows[], windows: readonly CampaignWindows[]): Measure[] {
  const recipients = wide.reduce((sum, { total }) => sum + total.recipients, 0);
  const before = lags.filter(({ lag, is_test }) => is_test === 1 && lag < -guardDays && lag >= -guardDays - chartDays);
  const purchases = before.reduce((sum, row) => sum + row.purchases, 0);
  const buyers = before.reduce((sum, row) => sum + row.is_first * row.purchases, 0);
  const fit = recipients === 0 ? null : fitMeanAndZeros(purchases / recipients, 1 - buyers / recipients);
  const all = windows.reduce((sum, { total }) => sum + total.recipients, 0);
  const days = all === 0 ? 0 : windows.reduce((sum, { tested, total }) => sum + tested.windowDays * total.recipients, 0) / all;
  const { credited } = coincidenceOf(windows, 'buyers', null);
  const label = 'recipients who would buy within the window by a model of their earlier purchases';
  if (fit === null)
    return [{ id: 'modelShare', label, value: null, unit: 'share', n: recipients, why: 'The weeks before are not on file, or nobody bought in them.' }];
  return [
    { id: 'modelShare', label, value: buyingShare(fit, days / chartDays), unit: 'share', n: recipients },
    {
      id: 'poissonShare',
      label: 'the same if all bought at one rate (Poisson)',
      value: buyingShare({ r: Number.POSITIVE_INFINITY, mean: fit.mean }, days / chartDays),
      unit: 'share',
      n: recipients,
    },
    { id: 'buyingShare', label: 'recipients who did buy within the window', value: all === 0 ? null : credited / all, unit: 'share', n: all },
  ];
}

function caveatsOf(measures: readonly Measure[], windows: readonly CampaignWindows[], hasRules: boolean): string[] {
  const trend = measures.find(({ id }) => id === 'nearFarRatio');
  const bias =
    trend?.interval === undefined
      ? 'Whether the audience was chosen for a recent purchase, which would raise the share, or for a long silence, which would lower it, cannot be told: the purchases reach back too short a time.'
      : trend.interval.low > 1
        ? 'Recipients bought more in the weeks just before the choice than earlier: they were chosen after a recent purchase, so the share is too high.'
        : trend.interval.high < 1
          ? 'Recipients bought less in the weeks just before the choice than earlier: they were chosen after a silence, so the share is too low where they would have come back by themselves.'
          : 'Recipients bought no more and no less in the weeks just before the choice than earlier, so the choice of the audience does not seem to bend the share.';
  return [
    bias,
    ...(hasRules
      ? []
      : [`No campaign has a rule of attribution on record; a window of ${defaultWindowDays} days, a common default of mail platforms, stands in for it.`]),
    ...(windows.every(hasSeason) ? [] : ['Where too few members were left without contact, the season could not be taken out.']),
    'Other campaigns were running in the earlier weeks as well, so the share says what appears without this campaign, not without any.',
    'A share near or above one does not show that a campaign changed nothing, and a low one is not its effect: only members held out at random show that.',
  ];
}
