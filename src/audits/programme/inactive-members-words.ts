/** The five sentences on inactive members. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

export function explainInactivity(measures: Measures, { status }: Verdict): Explanation {
  const has = (id: string): boolean => (measures.get(id)?.value ?? null) !== null;
  const rise = measures.get('inactivityRise');
  const trend = has('inactivityRise')
    ? ' Where time in the scheme can be compared, {inactiveShareCompared} were inactive now and {inactiveShareBefore} of like members one period earlier: a change of {inactivityRise} ({inactivityRise.interval}).'
    : ' The files do not allow a comparison with the period before.';
  const ghosts = has('ghostShare')
    ? ' Of {joinersFollowed} members who joined while the files were kept and were followed for long enough, {ghostShare} ({ghostShare.interval}) have never bought, earned or redeemed anything: ghost enrolments.'
    : '';
  const paced = has('pacedActiveShare')
    ? ' By the pace of this business, {pacedActiveShare} of open members were active in the last {pacedDays}, the time within which nine in ten repeat purchases come.'
    : '';
  const value = has('valueBeforeSilence')
    ? ' In the period before, they bought for {valueBeforeSilence}; some of them only pause, so this is not all lost.'
    : '';
  const levels = [
    'An inactive share above {threshold.inactiveShare.watch} deserves a look; above {threshold.inactiveShare.high} the number of members no longer describes the customers.',
    ...(has('inactivityRise')
      ? [
          'A change of more than {threshold.inactivityRise.watch} deserves a look, one of more than {threshold.inactivityRise.high} means that the base is falling silent.',
        ]
      : []),
    ...(has('ghostShare')
      ? ['Ghost enrolments deserve a look above {threshold.ghostShare.watch}; above {threshold.ghostShare.high} people are signed up who are not customers.']
      : []),
    'These are house levels: published shares of active members are surveys of other countries and years, and are not held against you.',
  ];
  const isSteady = rise !== undefined && (rise.interval?.low ?? 0) <= 0;
  return {
    condition: `{inactiveMembers} of {openMembers} members whose membership was open did not buy, earn or redeem anything in the {periodDays} up to the end of the data. That is {inactiveShare} ({inactiveShare.interval}).${trend}${ghosts}${paced}`,
    criterion: levels.join(' '),
    consequence:
      status === 'healthy'
        ? `Most members are customers${isSteady ? ', and members of like time in the scheme are no more often silent than before' : ''}.`
        : `A count of members includes {inactiveMembers} who did nothing in the period.${value}`,
    action:
      status === 'healthy'
        ? 'Report active members beside all members, with the definition, and keep watching the rows by time in the scheme.'
        : 'Report active members instead of all members. Find out where ghost enrolments are signed up, and whether staff are rewarded for sign-ups. To members who fell silent lately, send one message with a reason to return: to a random half only, hold the other half back, and compare sales over the following 90 days.',
    wouldChangeOurMind:
      'Activity that is not in these files, such as sales at a partner, visits, or purchases without the card; or closed memberships that are still listed as open.',
  };
}
