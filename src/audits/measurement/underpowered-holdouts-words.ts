import type { Explanation, Rival } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import { amissOf, countOf } from './test-card.js';
import type { PoweredTest } from './underpowered-holdouts-measures.js';

export const rivals: readonly Rival[] = [
  {
    explanation: 'The campaign was meant to earn more than its cost, so the test needs to see only a larger difference.',
    check: 'The break-even is the smallest difference that matters to the decision; the table gives the smallest one that can be seen.',
    open: 'Where a larger return is required from all campaigns, the required difference is larger too, and a smaller holdout will do.',
  },
  {
    explanation: 'Several tests together see what each alone cannot.',
    check: 'All tests of one objective, and then all tests of the programme, are taken together; only what is too small even so counts as a problem.',
    open: 'Taking tests together assumes that campaigns of one objective do about as much.',
  },
  {
    explanation: 'A few large buyers make the spread of this period look larger than usual.',
    check:
      'The interval of the smallest difference leaves out a fiftieth of the members at a time, and a test is too small only if its near end is beyond the break-even.',
    open: 'Another season can have another spread.',
  },
];

function conditionOf(measures: Measures, { status }: Verdict): string {
  const unknown =
    (measures.value('notTestable') ?? 0) > 0 && status !== 'informative'
      ? ` For {notTestable} of {tests} tests a cost or a margin is not known, so there is no break-even.`
      : '';
  const smallest =
    measures.get('detectable.1') === undefined
      ? ''
      : ` {detectable.1.label}: {detectable.1}${measures.get('detectable.1')?.interval === undefined ? '' : ', {detectable.1.interval}'}`;
  const isKnown = typeof measures.get('breakEven.1')?.value === 'number';
  const told = smallest === '' ? '' : isKnown ? `${smallest}; the break-even is {breakEven.1}, so this is {timesBreakEven.1} the break-even.` : `${smallest}.`;
  if (status === 'informative')
    return `How small a difference the {tests} tests can see is known; whether that is enough is not, because a cost or a margin is missing.${told}`;
  if (status === 'healthy')
    return `The holdouts (members left out by a random draw) are large enough to see a campaign that just pays: ${countOf(measures, 'passed', 'passes', 'pass')}.${told}${unknown}`;
  if (status === 'problem') {
    return `{blindShare} of what was spent on tested campaigns went to tests whose holdout (members left out by a random draw) is too small to show whether the campaign paid, also with all tests of the same objective together; even all tests of the programme together would see only {timesAll} its average break-even.${told}${unknown}`;
  }
  const count = measures.value('decided') ?? 0;
  const decided =
    count > 0 ? ` In {decided} of them the result lies clear of the break-even all the same, so ${count === 1 ? 'it has' : 'they have'} given an answer.` : '';
  const lost = (measures.value('lost') ?? 0) > 0 ? ' Too small also when taken together with the others of their objective: {lost}.' : '';
  return `The holdout (members left out by a random draw) of ${amissOf(measures, ['is too small to see a campaign that just pays', 'is too small to see a campaign that just pays'], ['is on the small side', 'is on the small side'])}.${lost}${decided}${told}${unknown}`;
}

function needOf(measures: Measures): string {
  const needed = measures.get('needed.1');
  if (needed === undefined || typeof measures.get('breakEven.1')?.value !== 'number') return '';
  return needed.value === null
    ? ' In the test named above even half of the audience is too few.'
    : ' In the test named above {needed.1} members would have to be held out.';
}

export function explainPower(measures: Measures, verdict: Verdict): Explanation {
  const isGood = verdict.status === 'healthy';
  return {
    condition: conditionOf(measures, verdict),
    criterion:
      'The break-even is the cost of a contact divided by what one more unit of the outcome earns. A test should see it with 80 % power (in four of five such tests); house thresholds: up to {threshold.timesBreakEven.watch} the break-even is enough, beyond {threshold.timesBreakEven.fail} it is not; a problem when tests that cannot take more than {threshold.blindShare.problem} of the cost, and all tests together cannot either.',
    consequence: isGood
      ? '“No difference was found” means something in these tests.'
      : verdict.status === 'informative'
        ? 'A test that finds nothing proves little until it is known how small a difference would have mattered.'
        : 'A campaign that does nothing and one that earns back its cost can look the same in such a test: “no difference was found” says nothing, and a difference that is found is likely to be larger than the true one.',
    action: isGood
      ? 'Plan the next holdouts in the same way: by the number of members held out, not by a percentage.'
      : verdict.status === 'informative'
        ? 'Add the cost of each campaign, and the margin of purchases, and plan the number of members held out from the break-even that follows; the smallest difference of the next test should come out at or below it.'
        : `Plan the number of members held out from the break-even before the send (table).${needOf(measures)} Else take the tests of one objective together, follow who buys at all instead of what is spent, take the value before the test out of the comparison, or keep one group out of all marketing for a quarter. A test planned so should come out with its smallest difference at or below the break-even.`,
    wouldChangeOurMind: isGood
      ? 'A higher margin or a lower cost than the files hold, which would make the break-even smaller.'
      : verdict.status === 'informative'
        ? 'A cost that is large against the smallest difference: the test would then be large enough.'
        : 'Costs that were left out of the files: a dearer campaign has a larger break-even, which a smaller holdout can see.',
  };
}

/** Named limits, one sentence each. */
export function caveatsOf(tests: readonly PoweredTest[]): string[] {
  const says = (isTrue: boolean, sentence: string): string[] => (isTrue ? [sentence] : []);
  return [
    'The smallest difference is what a test of this size sees in four cases of five; smaller ones are seen less often, not never.',
    ...says(
      tests.some(({ outcome }) => outcome.kind === 'money'),
      'Spend varies widely between customers, so a test of money needs far more members than one of who buys at all.',
    ),
    ...says(
      tests.some(({ outcome, breakEven }) => outcome.kind === 'share' && breakEven !== null),
      'Where only who buys was followed, one more buyer is taken to leave the margin of one average order.',
    ),
    ...says(
      tests.some(({ outcome, worth }) => outcome.kind === 'money' && worth.margin !== null && worth.margin !== 1),
      'Where sales were followed, the average margin of all purchases turns the cost into sales.',
    ),
    ...says(
      tests.some(({ outcome }) => outcome.days === null || outcome.days < 90),
      'Some outcomes were followed for less than 90 days or for an unknown time; a longer one has another spread and another break-even.',
    ),
  ];
}
