/** The sentences of `poor-acquisition-quality`. */
import type { Measures, Verdict } from '../audit.js';

const isAlone = (measures: Measures): boolean => measures.get('aloneGroup') !== undefined;
const has = (measures: Measures, id: string): boolean => (measures.get(id)?.value ?? null) !== null;

export function conditionOf(measures: Measures): string {
  if (isAlone(measures)) {
    return (
      'No concurrent comparison is possible: nobody else joined in the months of {aloneGroup.label}. Of its {aloneGroup} joiners {aloneClosed} ({aloneClosedShare}; {aloneClosedShare.interval}) have closed their membership since; ' +
      'of the {yearBeforeMembers} others who had joined in the same months of the year before, {yearBeforeClosed} ({yearBeforeClosedShare}; {yearBeforeClosedShare.interval}) had done so at the same age.'
    );
  }
  const groups = `Of {groupsCompared} groups of joiners that could be compared over {horizonDays}, {worstGroup.label} does worst`;
  const waits = !has(measures, 'days-second')
    ? ''
    : (measures.value('days-second') ?? 0) < 0
      ? ' For their second purchase its members do not wait longer than others (the difference is {days-second}, {days-second.interval}).'
      : ' Its members wait {days-second} longer for their second purchase, {days-second.interval}.';
  // A single group that is set against all others may well be the better one.
  if ((measures.get('worstShortfall')?.value ?? 0) < 0) {
    return `None of {groupsCompared} groups of joiners that could be compared over {horizonDays} is worth less than others who joined at the same time; nearest to it is {worstGroup.label}, whose {worstGroup} members are worth {worstWorth}, against {otherWorth}.${waits}`;
  }
  if ((measures.get('worstLostTime')?.value ?? 0) < 0) {
    return `None of {groupsCompared} groups of joiners that could be compared over {horizonDays} loses time against others who joined at the same time; nearest to it is {worstGroup.label}, with {worstGroup} members.${waits}`;
  }
  if (measures.get('worstShortfall') !== undefined) {
    return (
      `${groups}: its {worstGroup} members are worth {worstWorth}, against {otherWorth} for others who joined at the same time, that is {worstShortfall} less, {worstShortfall.interval}; ` +
      `drawn towards the other groups by as much as chance is in it, {worstShrunken}. The chance of such a difference among so many groups, if none differed, is {worstChance}.${waits}`
    );
  }
  return `${groups}: its {worstGroup} members lose {worstLostTime} of that time against others who joined at the same time, {worstLostTime.interval}; by chance alone, among so many groups, {worstChance}.${waits}`;
}

export function criterionOf(measures: Measures): string {
  if (isAlone(measures))
    return 'Groups are only judged against others who joined at the same time; two years that differ may differ for many reasons, so there is no level to hold this against.';
  const id = measures.get('worstShortfall') === undefined ? 'worstLostTime' : 'worstShortfall';
  return (
    `House thresholds: worth watching above {threshold.${id}.watch}; a problem above {threshold.${id}.high} when the interval, too, lies above the first. ` +
    'Only groups that stand out by more than chance count: at most {threshold.falseDiscovery.q} of those pointed at may be chance (Benjamini and Hochberg 1995).'
  );
}

export function consequenceOf(measures: Measures, { status }: Verdict): string {
  if (isAlone(measures))
    return 'Whether this way of joining brings members who stay longer or leave sooner is not known, and neither can be claimed from these files.';
  if (status === 'healthy')
    return 'No source stands out by enough to matter: what members are worth does not depend much on where they came from, as far as can be seen.';
  if (status === 'informative') return 'The groups are too small to tell: the difference may be chance, and a difference that matters cannot be ruled out.';
  const cost = measures.get('worstShortfall') === undefined ? '' : ' The amount at stake is what these joiners are below others, in the time compared.';
  return `Counting joiners makes this source look as good as others, and its members become less.${cost}`;
}

export function actionOf(measures: Measures, { status }: Verdict): string {
  if (status === 'healthy') return 'Keep reporting each source by what its members are worth after a year, beside how many they are.';
  if (status !== 'informative') {
    return 'Pay for this source by members who are still buying after the time compared, and try another first offer or welcome on a random half of its next joiners; compare what both halves are worth after the same time.';
  }
  return isAlone(measures)
    ? 'Run the next such drive beside the usual way of joining: let chance decide, for a part of the joiners, which of the two they are offered, and compare both after a year.'
    : 'Compare again when more joiners have been followed for longer; until then let no source be praised or dropped for what its members seem to be worth.';
}
