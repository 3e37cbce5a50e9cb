/** The five sentences on the time to a first reward. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

export function explainFirstRedemption(measures: Measures, { status }: Verdict): Explanation {
  const has = (id: string): boolean => (measures.get(id)?.value ?? null) !== null;
  const range = (id: string): string => (measures.get(id)?.interval === undefined ? '' : ` ({${id}.interval})`);
  const quarter = has('quarterRedeemed')
    ? `a quarter of them had redeemed for the first time after {quarterRedeemed}`
    : 'not even a quarter of them has redeemed in the time that they are followed';
  const half = has('halfRedeemed')
    ? `, half of them after {halfRedeemed}${range('halfRedeemed')}`
    : has('quarterRedeemed')
      ? ', and half of them not in the time that they are followed'
      : '';
  const year = has('waitingAfterYear')
    ? ` A year after joining {waitingAfterYear}${range('waitingAfterYear')} had not redeemed, as far as they were still members; {closedInYear} of joiners had closed by then without ever redeeming.`
    : ' Too few joined a year or more ago to say how many wait that long.';
  const trend = has('waitRise')
    ? ' After {comparedDays}, {waitingLater} of the later year’s joiners had not redeemed and {waitingEarlier} of those who joined a year earlier, like seasons compared: a change of {waitRise} ({waitRise.interval}).'
    : '';
  const levels = [
    ...(has('waitingAfterYear')
      ? [
          'More than {threshold.waitingAfterYear.watch} without a reward after a year deserves a look; above {threshold.waitingAfterYear.high} the reward comes too late for most.',
        ]
      : []),
    ...(has('waitRise')
      ? [
          'A change of more than {threshold.waitRise.watch} from one year of joiners to the next deserves a look, one of more than {threshold.waitRise.high} means that the first reward is slipping away.',
        ]
      : []),
  ];
  return {
    condition: `Of {joiners} members who joined inside the files, ${quarter}${half}.${year}${trend} Over all members, of any age, {neverRedeemed} of {members} ({neverRedeemedShare}) have not redeemed in the files; that figure mixes members of one month with members of years, and is no rate.`,
    criterion:
      levels.length === 0 ? 'Joiners have not been followed for long enough to hold this against a level.' : `${levels.join(' ')} These are house levels.`,
    consequence:
      status === 'healthy'
        ? 'The first reward comes soon enough for most new members to have felt it.'
        : status === 'informative'
          ? 'How many wait for more than a year cannot be said yet.'
          : 'Until the first reward a new member has only promises. Those who closed without one left before the scheme could show what it is worth; this does not say that a reward would have kept them.',
    action:
      status === 'healthy' || status === 'informative'
        ? 'Keep the first reward within reach when prices of rewards change, and look at the curve again when more joiners are a year old.'
        : 'Offer a small first reward that a typical new member can reach within three months. Give it to a random half of next quarter’s joiners, and compare purchases of both halves, all joiners counted, a year later.',
    wouldChangeOurMind:
      'Rewards that are not in these files, such as birthday gifts or partners’ vouchers; or a scheme in which members save for one large reward on purpose.',
  };
}
