/** The sentences of `leaky-bucket`. */
import type { Measures, Verdict } from '../audit.js';

const isKnown = (measures: Measures, id: string): boolean => (measures.get(id)?.value ?? null) !== null;

/** What decides comes first: the fall of retention in a problem, the flows in everything else. */
export function conditionOf(measures: Measures, { status }: Verdict): string {
  const how = isKnown(measures, 'pooledDays')
    ? 'lapsed, that is, bought nothing for longer than is usual for them ({pooledDays} for members with fewer than four purchases)'
    : 'closed their membership';
  const came = isKnown(measures, 'newMembers') ? '{newMembers} new members came' : 'Too few new members to count came';
  const back = (measures.value('backMembers') ?? 0) > 0 ? ', {backMembers} came back' : '';
  const went = isKnown(measures, 'lapsedMembers') ? `{lapsedMembers} ${how}` : `too few to count ${how}`;
  const active = isKnown(measures, 'activeMembers') ? '; {activeMembers} are active' : '';
  const quarters = measures.value('quarters') === 1 ? 'quarter' : '{quarters} quarters';
  const together =
    (measures.value('backMembers') ?? 0) > 0 && isKnown(measures, 'inflowRatio') ? '; with those who came back, {inflowRatio}, {inflowRatio.interval}' : '';
  const ratio = isKnown(measures, 'replacementRatio')
    ? ` New members are {replacementRatio} as many as lapsed ones, {replacementRatio.interval}${together}.`
    : '';
  const before = measures.get('retentionMiddle') === undefined ? ' (the same quarters a year before)' : ', with {retentionMiddle} between the two';
  const retention = isKnown(measures, 'retentionChange')
    ? ` Of those who joined in {laterJoiners.label}, {retentionLatest} were still there after 12 months; of those who joined in {earlierJoiners.label}, {retentionEarlier}${before}: a change of {retentionChange}, {retentionChange.interval}.`
    : ' Whether those who join stay as long as those before them cannot be said: too few groups of joiners have been followed for a year.';
  const flows = `In the latest ${quarters}, ${came}${back}, and ${went}${active}.${ratio}`;
  return status === 'problem' ? `${retention.trim()} ${flows}` : `${flows}${retention}`;
}

export function criterionOf(measures: Measures): string {
  const silence = isKnown(measures, 'pooledDays')
    ? ' A silence is long when {threshold.silence.percentile} of a member’s own gaps between purchases are no longer (a house rule).'
    : '';
  return (
    'A problem when the share still there after 12 months has fallen for two groups of joiners in a row, the season aside, the change is beyond {threshold.retentionChange.fall} and its whole interval lies below nought; ' +
    `it is worse when more than {threshold.inflowRatio.even} member comes for each one who goes, because the growth then hides it. Worth watching when fewer come than go in a whole year.${silence}`
  );
}

function salesOf(measures: Measures): string {
  if (!isKnown(measures, 'salesFromLost')) return '';
  const came = isKnown(measures, 'salesFromBack')
    ? '{salesFromNew} with new customers, {salesFromBack} with returning ones'
    : '{salesFromNew} with new and returning customers';
  return ` Sales went from {salesEarlier} to {salesLater} between two periods of {periodDays}: ${came}, {salesFromLost} with lost ones, {salesFromFrequency} from how often and {salesFromValue} from for how much the others buy.`;
}

export function consequenceOf(measures: Measures, { status, severity }: Verdict): string {
  const change = salesOf(measures);
  if (status === 'problem' && severity === 'high')
    return `The number of members grows, and each group of joiners stays for a shorter time than the one before: the growth hides that the scheme keeps less of what it wins.${change}`;
  if (status === 'problem') return `Each group of joiners stays for a shorter time than the one before, and the new ones do not make up for it.${change}`;
  if (status === 'watch' && severity === 'medium') return `Fewer members come than go, so the scheme lives on those it already has.${change}`;
  if (status === 'watch') return `Retention has fallen twice in a row, though not by more than chance or the season can do.${change}`;
  if (status === 'informative') return `The flows are known; whether the scheme keeps less of what it wins is not.${change}`;
  return `Those who join stay about as long as those who joined before them, as far as can be seen.${change}`;
}

const askAndTest =
  'Look at the first 90 days of the latest joiners by where they came from, choose the step at which most fall silent, and change it for a random half of the next joiners; compare how many of each half are still there after 12 months.';
export const actions: Record<Verdict['status'], string> = {
  problem: askAndTest,
  watch: askAndTest,
  informative:
    'Keep at least three years of purchases, or dates of joining and closing also of members who have left, so that groups of joiners can be compared at the same age.',
  healthy: 'Look at the flows each quarter, and at retention by group of joiners each year.',
};
