/** The five sentences on joiners who do not come back. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

export function explainEarlyLapse(measures: Measures, { status }: Verdict): Explanation {
  const has = (id: string): boolean => (measures.get(id)?.value ?? null) !== null;
  const range = (id: string): string => (measures.get(id)?.interval === undefined ? '' : ` ({${id}.interval})`);
  const early = has('noSecondEarly')
    ? `{noSecondEarly}${range('noSecondEarly')} had no second day of activity within {earlyDays}`
    : 'too few have been followed for {earlyDays} to say how many came back';
  const year = has('noSecondYear')
    ? `, and {noSecondYear}${range('noSecondYear')} had none within a year`
    : '; too few joined a year or more ago to say how many stay away so long';
  const trend = has('earlyRise')
    ? ' At the same age and in like seasons, {earlyLater} of the later year’s joiners had not come back, and {earlyBefore} of those who joined a year earlier: a change of {earlyRise} ({earlyRise.interval}).'
    : ' There are no two years of joiners to compare.';
  const pace = has('pacedDays') ? ' Nine in ten repeat purchases of all members come within {pacedDays}.' : '';
  const levels = [
    ...(has('noSecondYear')
      ? [
          'More than {threshold.noSecondYear.watch} without a second visit in a year deserves a look; above {threshold.noSecondYear.high} joining is a single event for most.',
        ]
      : []),
    ...(has('earlyRise')
      ? [
          'A change of more than {threshold.earlyRise.watch} from one year of joiners to the next deserves a look; of more than {threshold.earlyRise.high}, new members are lost sooner than before.',
        ]
      : []),
  ];
  return {
    condition: `Of {joiners} members who joined inside the files, ${early}${year}. Each is followed from the day of joining; those who joined lately count for as long as they have been followed.${trend}${pace}`,
    criterion:
      levels.length === 0
        ? 'Joiners have not been followed for long enough to hold this against a level.'
        : `${levels.join(' ')} These are house levels; published shares of one-time buyers are of other trades and are not held against you.`,
    consequence:
      status === 'healthy'
        ? 'New members come back, and no less often than the year before where that can be seen.'
        : status === 'informative'
          ? 'How many joiners come back in a year cannot be said yet.'
          : 'What was spent on winning these members has bought one visit. Whether they would have come back with a better welcome cannot be read from these files.',
    action:
      status === 'healthy' || status === 'informative'
        ? 'Keep the curve by year of joining, and look at sources of new members when it rises.'
        : 'Look at the findings on new members by source and on late onboarding first. Then send a welcome with one reason for a second visit to a random half of new members, and compare how many came back after 90 days with the other half.',
    wouldChangeOurMind:
      'Visits or purchases that are not in these files, a change in how joining or sales are recorded between the two years, or a trade in which nobody buys twice a year.',
  };
}
