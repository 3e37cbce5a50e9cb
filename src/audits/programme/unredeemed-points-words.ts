/** The five sentences on points that are not used. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

export function explainPoints(measures: Measures, { status }: Verdict): Explanation {
  const has = (id: string): boolean => (measures.get(id)?.value ?? null) !== null;
  const range = (id: string): string => (measures.get(id)?.interval === undefined ? '' : ` ({${id}.interval})`);
  const use = has('usedShare')
    ? ` Followed quarter by quarter from their issue, the oldest points used first, {usedShare} of all points${range('usedShare')} are expected to be redeemed by an age of {horizonDays}; the other {breakageShare} are breakage, points that bring their owner nothing by then.`
    : ' The files do not follow points for long enough to say how many will be redeemed in the end.';
  const spread = has('cohortSpread')
    ? ' The estimate takes all quarters to be used alike; the shares redeemed by the same age differ between them by up to {cohortSpread}, and above {threshold.cohortsAlike.spread} the estimate is rough and decides no problem.'
    : '';
  const notice = has('unwarnedShare')
    ? ` Of {expiriesJudged} that expired, {unwarnedShare}${range('unwarnedShare')} belonged to members to whom the files show no message in the weeks before.`
    : '';
  const levels = [
    ...(has('usedShare')
      ? [
          'Below {threshold.usedShare.watch} the share of points that is used deserves a look; below {threshold.usedShare.high}, nine points in ten promise something that does not arrive.',
        ]
      : []),
    ...(has('unwarnedShare')
      ? [
          'Points that expire without any message before deserve a look above {threshold.unwarnedShare.watch} and are unfair to their owners above {threshold.unwarnedShare.high}.',
        ]
      : []),
    'The levels are house rules; shares that vendors publish are not held against you.',
  ];
  const liability = has('liability')
    ? ' At {worthOfThousand} for a thousand points, what they were worth when redeemed, points still expected to be redeemed come to about {liability}, between {liabilityLow} and {liabilityHigh} if the share of use is five percentage points lower or higher. This is indicative: the finance department owns the liability.'
    : '';
  const unused = has('unusedWorth') ? ' Points issued in the window and worth {unusedWorth} will, on this path, not reach anybody.' : '';
  return {
    condition: `{pointsRedeemed} were redeemed in the window and {pointsIssued} issued: a flow rate of {flowRate}${range('flowRate')}, which is too low in a growing programme and too high in a shrinking one.${use}${spread}${notice}`,
    criterion: levels.length === 1 ? 'The files do not say enough to hold this against a level.' : levels.join(' '),
    consequence:
      status === 'healthy'
        ? `Points are used often enough to be felt as a reward.${liability}`
        : status === 'informative'
          ? 'How many points will be used in the end cannot be said yet.'
          : `Points that are not used are cheap, and reward nobody: a member who never redeems has no reason to stay for them.${unused}${liability}`,
    action:
      status === 'healthy' || status === 'informative'
        ? 'Give the finance department the table of cohorts, and keep telling members what their points can buy.'
        : 'Tell members their balance, what it buys and when it expires, at least two weeks before. Offer a reward that the typical balance can pay for. Send such a reminder to a random half of members with points for a first reward, and compare redemptions and sales with the other half after 90 days.',
    wouldChangeOurMind:
      'Redemptions that are not in these files, for instance at partners; reminders sent in another channel; or a design in which points are meant to be saved for longer than the files reach.',
  };
}
