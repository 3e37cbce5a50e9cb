/** The five sentences on moves between tiers. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

export function explainMoves(measures: Measures, { status }: Verdict): Explanation {
  const has = (id: string): boolean => (measures.get(id)?.value ?? null) !== null;
  const beyond =
    (measures.get('excessDowngrade')?.value ?? 0) > 0
      ? 'The loss beyond that is {excessDowngrade} ({excessDowngrade.interval}).'
      : 'Nothing was lost beyond that: expected less observed, the difference is {excessDowngrade} ({excessDowngrade.interval}).';
  const stopped = (measures.get('leavingShare')?.value ?? 0) > 0 ? ', and had as many of the best stopped as of all members ({leavingShare})' : '';
  const bands = has('excessDowngrade')
    ? `Of the fifth of members who bought most often in one period of {periodDays}, {topStayed} were in the best fifth of the next. Much of that is chance: had every member bought at a constant rate of their own${stopped}, {topStayedTwin} would have stayed. ${beyond}`
    : '';
  const tiers = has('movedRatio')
    ? ' {movedShare} ({movedShare.interval}) of {tierMembers} members were in another tier at the end than {periodDays} before. Had tiers of these sizes followed purchases, {movedTwin} would have moved though nobody changed: members moved {movedRatio} as often ({movedRatio.interval}).'
    : '';
  const seenTiers =
    has('movedShare') && !has('movedRatio')
      ? ' {movedShare} ({movedShare.interval}) of {tierMembers} members were in another tier at the end than {periodDays} before; most schemes review tiers once a year, so this is not held against a level.'
      : '';
  const levels = [
    ...(has('excessDowngrade')
      ? [
          'Only the loss beyond chance is news: above {threshold.excessDowngrade.watch} it deserves a look, above {threshold.excessDowngrade.high} heavy buyers are turning away.',
        ]
      : []),
    ...(has('movedRatio')
      ? [
          'Tiers that move less than {threshold.movedRatio.watch} as often as purchases would have them deserve a look; below {threshold.movedRatio.high} they stand still.',
        ]
      : []),
  ];
  const isFalling = (measures.get('excessDowngrade')?.interval?.low ?? 0) > 0;
  return {
    condition: `${bands}${tiers}${seenTiers}`.trim(),
    criterion: `${levels.join(' ')} These are house levels, held against a twin of your own members in which nobody changes, except that some stop.`,
    consequence:
      status === 'healthy'
        ? 'Members move about as much as chance moves them: neither the best buyers nor the tiers call for anything here.'
        : isFalling
          ? 'More of the best customers buy less often than chance explains: {lostMembers} members beyond it. It is the best who go, not members in general.'
          : 'A tier that does not follow purchases rewards what members once did, not what they do, and gives nobody a reason to reach the next one.',
    action:
      status === 'healthy'
        ? 'Show this table whenever somebody reports that heavy buyers fall or light buyers rise: most of both happens by itself.'
        : 'Compare those who fell with those who stayed: service, prices and contact in the months before. Check how long a tier is kept and what it takes to reach the next. Test a change, such as a reachable next step told in a message, on a random half of the members of one tier, and compare purchases after a year.',
    wouldChangeOurMind:
      'Purchases that are not in these files; a tier that is granted for life or for several years on purpose; or purchases at fixed intervals, such as subscriptions, for which the twin expects too much movement.',
  };
}
