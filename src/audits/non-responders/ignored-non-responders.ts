import type { Explanation } from '../../result/schema.js';
import { defineAudit, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { fewestContacts, measureNonResponders } from './ignored-non-responders-measures.js';

/** Not judged by whether people respond, but by whether those who do not hold value and nobody looks at them. */
function judge(measures: Measures, thresholds: Thresholds): Verdict {
  // An unknown share is not a usual one: it must not end as healthy.
  const isUsual = (measures.value('nonResponseShare') ?? 1) <= (thresholds.nonResponseShare?.most ?? 1);
  const isLookedAt = (measures.value('holdoutShare') ?? 0) >= (thresholds.holdoutShare?.enough ?? 1);
  if (isUsual || isLookedAt) return { status: 'healthy', severity: 'none' };
  const value = measures.value('valueShareNeverResponded');
  if (value === null) return { status: 'watch', severity: 'medium' };
  if (value > (thresholds.valueShareNeverResponded?.high ?? 1)) return { status: 'problem', severity: 'high' };
  if (value > (thresholds.valueShareNeverResponded?.watch ?? 1)) return { status: 'watch', severity: 'medium' };
  return { status: 'healthy', severity: 'none' };
}

const holdoutAction =
  'Leave a random part of the next campaigns’ audience out (a holdout) and compare everybody who was chosen, responders and non-responders together, with those left out; meanwhile send the most valuable silent members one message that sells nothing.';
const actions: Record<Verdict['status'], string> = {
  problem: holdoutAction,
  watch: holdoutAction,
  informative: holdoutAction,
  healthy: 'Keep reporting the whole audience, responders and non-responders together, for every campaign.',
};

/** Sentence parts for measures that may be unknown. */
function partsOf(measures: Measures): { never: string; next: string; value: string; optOuts: string } {
  const isKnown = (id: string): boolean => (measures.get(id)?.value ?? null) !== null;
  const never = isKnown('neverByModel')
    ? ' Few contacts produce many of these by chance: {neverIfAlike} would be expected if everybody had the same chance of responding, {neverByModel} when chances differ between customers as they seem to here.'
    : '';
  const next = isKnown('chanceOfNext')
    ? ' No response so far is not a type of person: after {silentContacts} campaigns without one, the expected chance of a response to the next is still {chanceOfNext}.'
    : ' No response so far is not a type of person: with few contacts most people show none, whatever their chance.';
  const value = isKnown('valueShareNeverResponded')
    ? `Contacted members without any response hold {valueShareNeverResponded} of the value in the window${measures.get('valueShareNeverResponded')?.interval === undefined ? '' : ', {valueShareNeverResponded.interval}'}; a report on responders says nothing about them.`
    : `What contacted members without any response are worth cannot be said from the files; a report on responders says nothing about them.`;
  const optOuts = isKnown('optOutsPerThousand') ? ' Of every 1,000 of them, {optOutsPerThousand} withdrew a permission after their first contact.' : '';
  return { never, next, value, optOuts };
}

function explain(measures: Measures, verdict: Verdict): Explanation {
  const definition = '{responseKinds.label}; opens never count';
  const { never, next, value, optOuts } = partsOf(measures);
  return {
    condition:
      `{nonResponseShare} of contacts, {nonResponseShare.interval}, brought no response in that campaign (${definition}; a customer counts once in a campaign). ` +
      `{neverRespondedShare} of contacted members, {neverRespondedShare.interval}, never responded to any.${never}`,
    criterion:
      `Silence is usual. It is a problem when more than {threshold.nonResponseShare.most} of contacts bring no response, members who never responded hold more than ` +
      '{threshold.valueShareNeverResponded.high} of the value (worth watching above {threshold.valueShareNeverResponded.watch}), and fewer than {threshold.holdoutShare.enough} of contacts belong to campaigns ' +
      'that left customers out at random, so that nothing is known of what contact does for the silent ones. In these files that share is {holdoutShare}.',
    consequence: `${value}${optOuts}${next}`,
    action: actions[verdict.status],
    wouldChangeOurMind: `Holdouts or measured outcomes for whole audiences, or a wider record of responses than the present one ({responseKinds.label}): purchases without a code, visits, replies.`,
  };
}

export const ignoredNonResponders = defineAudit({
  id: 'ignored-non-responders',
  category: 'non-responders',
  question: 'Are the customers who do not respond ignored?',
  why: 'Success counted on responders leaves out most of the people who were contacted, and often most of the value.',
  problem: 'NR',
  weight: 'high',
  needs: { contacts: ['member_id', 'campaign_id'] },
  improves: {
    responses: [
      { columns: ['member_id', 'campaign_id'], gain: 'who responded to what' },
      { columns: ['type'], gain: 'the answer for each kind of response, e.g. visits and purchases apart' },
    ],
    transactions: [{ columns: ['net_amount'], gain: 'the value that silent members hold' }],
    assignments: [{ columns: ['arm'], gain: 'bounds on what contact does for those who do not respond' }],
    opt_outs: [{ columns: ['occurred_at'], gain: 'how many silent members withdraw their permission' }],
  },
  minimum: { contacts: fewestContacts },
  thresholds: {
    nonResponseShare: {
      levels: { most: 0.8 },
      plausible: { most: [0.6, 0.95] },
      source: {
        kind: 'convention',
        citation: 'M. Iqbal, “Are you confusing marketing focus with customer focus?”',
        note: 'The article’s “80+ %” who do not respond: a convention for “nearly everybody”, not a limit of good practice.',
      },
    },
    valueShareNeverResponded: {
      levels: { watch: 0.1, high: 0.2 },
      source: {
        kind: 'house',
        note: 'A fifth of the value of a scheme is too much to know nothing about; a tenth is worth a look. No published limit exists.',
      },
    },
    holdoutShare: {
      levels: { enough: 0.5 },
      source: { kind: 'house', note: 'With holdouts behind half of the contacts, the effect on those who do not respond can at least be bounded.' },
    },
  },
  notOfMembers: ['silentContacts', 'responseKinds', 'neverIfAlike', 'neverByModel', 'chanceOfNext'],
  rivals: [
    {
      explanation: 'They respond in ways that nobody records: they read the message and buy at the till without the code.',
      check:
        'Every kind of response in the files counts but opens, measured outcomes stand in where there are none, and the share is given for each kind apart.',
      open: 'Responses outside the files; the value that silent members hold shows that many of them buy.',
    },
    {
      explanation: 'Silence is bad luck: with few campaigns most people show no response, whatever their chance.',
      check: 'The number that would be silent by chance alone, and by chances that differ between members, stands beside the number found.',
      open: 'Who of the silent would respond to the next campaign is not known of anybody.',
    },
    {
      explanation: 'The silent hold much of the value because the best customers are contacted most, not because anybody neglects them.',
      check: 'Nothing is claimed about why they hold it; the question is only whether anything is known of what contact does for them.',
      open: 'Whether they would be worth more or less without contact, which only a holdout shows.',
    },
  ],
  measure: measureNonResponders,
  judge,
  explain,
});
