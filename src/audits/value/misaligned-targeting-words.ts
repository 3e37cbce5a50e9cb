/** The sentences about what value goes with and what selection goes with. */
import type { Explanation, Rival } from '../../result/schema.js';
import type { AuditContext, Measures, Verdict } from '../audit.js';
import type { ChosenDrivers, Driver } from './misaligned-targeting-drivers.js';

const listed = (drivers: readonly Driver[]): string => {
  const names = drivers.map(({ label }) => label);
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
};

export function caveatsOf(
  { filledShare, derived }: AuditContext,
  chosen: ChosenDrivers,
  same: readonly Driver[],
  { isSplit, hasHabit }: { readonly isSplit: boolean; readonly hasHabit: boolean },
): string[] {
  const caveats = [
    'Everything here says what goes together. Who is worth much is not who gains most from being contacted: only a holdout group tells that.',
    isSplit
      ? 'The history is too short, or reaches too few members, to test the model at a later time, so it was fitted on every other group of members and judged on the rest; a season that comes only once is then in both. The fifths and the money are those of the members it was judged on, about half of all.'
      : 'The model of value was fitted at an earlier time and judged later on, on largely the same members; in another season it may do better or worse.',
    'Value and selection are compared by the place of each member among all, so that a few very large customers do not speak for everybody; amounts of money stand in the table of fifths.',
  ];
  if (hasHabit) {
    caveats.push(
      'Contacts received before are among the drivers. Where selection repeats itself they take a large share of its profile, also for a rule that follows value; the agreement of the two orders tells these apart.',
    );
  }
  if (derived.valueBasis !== 'margin') caveats.push('Margins are unknown, so value is net sales.');
  if (filledShare('members', 'enrolled_at') === 0) caveats.push('Joining dates are unknown; members count from their first purchase or contact in the files.');
  if (chosen.absent.length > 0) caveats.push(`Not in the files, and so not compared: ${listed(chosen.absent)}.`);
  if (chosen.late.length > 0) caveats.push(`Recorded too late to be compared: ${listed(chosen.late)}.`);
  if (same.length > 0) caveats.push(`Left out because nearly all members are alike in it or the other drivers already tell it: ${listed(same)}.`);
  return caveats;
}

export const rivals: readonly Rival[] = [
  {
    explanation:
      'The selection aims at the members whom contact changes most, not at those who are worth most. Such a rule looks like a mismatch and is right.',
    check:
      'None in this finding: it orders members by what they went on to be worth, not by what contact added. The findings on tests with a holdout speak of that.',
    open: 'Unless the selection rule itself is put to a test, nobody can tell a clever rule from one that misses.',
  },
  {
    explanation: 'Drivers go together, so that one can stand for another; a share may lie with the wrong one of two.',
    check:
      'Shares are averaged over all orders in which the drivers could enter, variance inflation stands beside each effect, and the agreement of the two orders does not depend on how shares are divided.',
    open: 'Something that is not in the files, such as the size of a household, may stand behind several of them.',
  },
  {
    explanation: 'The stretch of time looked at is unusual: a season, a closure or one large campaign made value and selection differ from the usual.',
    check: 'What was learned at an earlier time, or from other members where the history is short, was judged where it had not been learned.',
    open: 'A pattern that returns once a year needs more than a year of history after the first cut.',
  },
];

const comparison =
  'On one day, {members} members are put in order twice by what was known of them until then: by what they went on to be worth in the {days} after, and by how often campaigns selected them. {topValue.label} ({topValue}). {topSelection.label} ({topSelection}). The two profiles have {overlap} in common ({overlap.interval}); the two orders agree to {agreement} ({agreement.interval}), where 1 is the same order, 0 no relation and −1 the reverse.';

const criterion =
  'Later value must be foretold better than by the average of all members (above {threshold.valueFit.least}; here {valueFit}, tested where the model was not fitted), and at least {threshold.selectionFit.least} of the differences in selection must go with what was known (here {selectionFit}). Then an agreement below {threshold.agreement.watch} deserves a look where its whole interval lies below, and so does less than {threshold.overlap.watch} in common, unless the whole interval of the agreement lies above its level; less than {threshold.overlap.problem} and an agreement below {threshold.agreement.problem} as well are a mismatch. The levels are conventions of this report.';

/** What the fifth with the highest value foretold held and received. */
function topFifth(measures: Measures): string {
  if (measures.get('topFifthValue') === undefined || measures.get('topFifthContacts') === undefined) return '';
  const left = measures.get('topFifthLeftOut') === undefined ? '' : '; no campaign selected {topFifthLeftOut} of them';
  return ` The fifth of members whose value was foretold to be highest went on to hold {topFifthValue} of all value and received {topFifthContacts} of the contacts${left}.`;
}

/** The driver with the largest gap on either side. */
function gaps(measures: Measures): string {
  const named = ['underused', 'overused'].filter((id) => measures.get(id) !== undefined);
  return named.map((id) => ` {${id}.label} ({${id}}).`).join('');
}

function lever(measures: Measures): string {
  if (measures.get('lever') === undefined) {
    return ' Of what could be acted on and is not tested in these files, nothing is tied to later value by more than a tenth of a standard deviation when all else that is known is held fixed.';
  }
  const direction = (measures.value('lever') ?? 0) > 0 ? 'more' : 'less';
  return ` {lever.label}. It goes with ${direction} value when all else that is known is held fixed (by {lever} standard deviations of the place by value for one of its own): a candidate for a test, not a promise.`;
}

/** Why nothing can be judged. */
function cannot(measures: Measures): string {
  return (measures.get('valueFit')?.interval?.low ?? 0) > 0
    ? 'Who is selected goes with little of what was known, so there is no rule to compare with value.'
    : 'What was known of members does not foretell what they go on to be worth, so there is no profile of value to compare selection with.';
}

const halves =
  'Draw two halves of the members by lot. Select one by the present rule, the other by the value that can be foretold, and hold out a tenth of each by lot; the margin of each against its own holdout shows which rule earns more.';

function whatItMeans(measures: Measures, status: Verdict['status']): string {
  const fifth = topFifth(measures);
  if (status === 'informative') return `No verdict is drawn.${fifth}`;
  if (status === 'healthy') return `Nothing shows that selection goes by other marks than value does. That does not say that the contact adds any.${fifth}`;
  const leans =
    status === 'watch' && (measures.get('agreement')?.interval?.low ?? 0) > 0
      ? 'On the whole selection leans the same way as value, but it goes by other marks, or only part of the way.'
      : 'The rule by which members are selected is not the one by which their value could be foretold.';
  return `${leans}${fifth}${gaps(measures)}`;
}

export function explainTargeting(measures: Measures, { status }: Verdict): Explanation {
  const consequence = whatItMeans(measures, status);
  if (status === 'informative') {
    return {
      condition: `What was known of {members} members on one day foretells {valueFit} of the differences in what they went on to be worth in the {days} after ({valueFit.interval}), and goes with {selectionFit} of the differences in how often campaigns selected them ({selectionFit.interval}). ${cannot(measures)}`,
      criterion,
      consequence,
      action: `Decide what selection should follow, write it down, and test it against a holdout group.${lever(measures)}`,
      wouldChangeOurMind: 'A longer history, or more that is known of members, with which value or selection can be told better.',
    };
  }
  if (status === 'healthy') {
    return {
      condition: comparison,
      criterion,
      consequence,
      action: `Nothing needs to change in whom campaigns select. Keep a holdout group in every campaign: those who are worth most may buy as much without contact.${lever(measures)}`,
      wouldChangeOurMind: 'Holdout groups that show no gain among the members contacted most, or a larger gain among those who are passed over.',
    };
  }
  return {
    condition: comparison,
    criterion,
    consequence,
    action: `Find out first what the rule of selection rests on, and why. ${halves}${lever(measures)}`,
    wouldChangeOurMind:
      'Holdout groups that show that contact gains most where it now goes, whatever those members are worth by themselves; a written rule with another aim, such as winning back lapsed members; or something known of members that these files do not have.',
  };
}
