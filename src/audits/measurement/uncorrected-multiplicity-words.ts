/** The sentences on many comparisons. */
import type { Explanation, Rival } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import type { Celebrated } from './uncorrected-multiplicity-measures.js';

export const rivals: readonly Rival[] = [
  {
    explanation: 'The effects are real, and the tests are too small for them to hold among so many comparisons.',
    check: 'Every comparison that can be judged is in the table with its interval, and how small a difference each test can see is a question of its own.',
    open: 'A repeat of the same test, with its outcome named beforehand, would tell.',
  },
  {
    explanation: 'One outcome of each test was named beforehand, and the others are by-products.',
    check: 'No file names the outcome that decides, so all are counted as one family.',
    open: 'With the deciding outcome on record the family is smaller, and more may hold.',
  },
  {
    explanation: 'A result goes with time because the campaign brought purchases forward, and not because somebody chose the day.',
    check: 'A result counts as coming and going whenever a shorter time shows what the longest does not, whatever the reason.',
    open: 'Either way the longest time is the one that speaks of value.',
  },
];

const plural = (value: number | null, one: string, many: string): string => (value === 1 ? one : many);

function conditionOf(measures: Measures): string {
  const nominal = measures.value('nominal');
  const comparisons = measures.value('comparisons');
  const apparent =
    nominal === 0
      ? `None of the {comparisons} ${plural(comparisons, 'comparison', 'comparisons')} in {tests} ${plural(measures.value('tests'), 'test', 'tests')} looks like an effect.`
      : `Of {comparisons} ${plural(comparisons, 'comparison', 'comparisons')} in {tests} ${plural(measures.value('tests'), 'test', 'tests')} {nominal} ${plural(nominal, 'looks', 'look')} like an effect when taken alone; {survivors} of {nominal} ${plural(measures.value('survivors'), 'holds', 'hold')} when all are counted.`;
  const celebrated =
    (measures.value('celebratedLost') ?? 0) > 0 ? ' Of those that do not hold, {celebratedLost} are in campaigns that are celebrated as successes.' : '';
  const looks =
    (measures.value('looks') ?? 0) > 0
      ? ` {looks} ${plural(measures.value('looks'), 'result is', 'results are')} on record for several lengths of time; {fickle} of them ${plural(measures.value('fickle'), 'comes and goes', 'come and go')} with it${(measures.value('fickle') ?? 0) > 0 ? ' (probability of as many such tests where nothing ever happens: {fickleChance})' : ''}.`
      : '';
  const best =
    measures.get('best') === undefined ? '' : ' {best.label}: {best}, {best.interval}; once the luck of being the best is taken off, {bestShrunken} is left.';
  return `${apparent}${celebrated}${looks}${best}`;
}

export function explainMultiplicity(measures: Measures, verdict: Verdict): Explanation {
  const isGood = verdict.status === 'healthy' || verdict.status === 'informative';
  return {
    condition: conditionOf(measures),
    criterion:
      'A comparison looks like an effect below a probability of {threshold.claim.nominal}; it holds if at most {threshold.claim.falseDiscovery} of all that would then be stated are false alarms (Benjamini and Hochberg). House thresholds: worth watching when more than {threshold.lostShare.watch} of the apparent effects do not hold and some of these are in campaigns celebrated as successes; a problem when in {threshold.fickleTests.problem} tests or more, with more than {threshold.fickleShare.problem} of the members, the result comes and goes with the length of time, and chance alone would bring as many less often than a probability of {threshold.claim.nominal}.',
    consequence: isGood
      ? verdict.status === 'informative'
        ? 'Nothing is there that chance could have picked out.'
        : (measures.value('lost') ?? 0) > 0
          ? 'Some of what looks like an effect is what chance brings when one looks often enough; nothing on record says that anybody claimed it.'
          : 'What looks like an effect is not the harvest of having looked often.'
      : verdict.status === 'problem'
        ? 'Whoever may choose the day on which to look can show a success for most campaigns, so such a success says nothing.'
        : 'Some of what could be shown as a success is what chance brings when one looks often enough.',
    action: isGood
      ? 'Keep counting all comparisons, and name the deciding outcome and its length of time in the campaign record.'
      : 'Before each test write down one deciding outcome, the number of days and the day on which it is read, and report the rest as by-products. An effect that holds in a repeat of the test under that rule is one.',
    wouldChangeOurMind: isGood
      ? 'Comparisons that were made and are not in these files, such as segments that were looked at one by one.'
      : 'A record from before the tests that names the outcome and the day which the reported successes use.',
  };
}

/** Named limits, one sentence each. */
export function caveatsOf({ isReady, celebrated }: { readonly isReady: boolean; readonly celebrated: Celebrated | null }): string[] {
  return [
    'Whether a rule for stopping a test was set beforehand, and which segments were looked at, is on no record.',
    ...(isReady ? [] : ['The outcomes are those that this report adds up from the files; which ones the organisation looked at is not known.']),
    ...(celebrated === null
      ? ['Which campaigns are celebrated as successes is not known.']
      : [`A campaign counts as celebrated when its ${celebrated.by} is at or above the median of the tested campaigns.`]),
    'The adjustment holds for comparisons that are independent or move together, as outcomes of one test do.',
  ];
}
