import { defineAudit, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { measureHollowWins } from './hollow-wins-measures.js';
import { explainHollowWins } from './hollow-wins-words.js';

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const hollow = measures.value('hollowShare') ?? 0;
  const [watch = 1, problem = 1] = [thresholds.hollowShare?.watch, thresholds.hollowShare?.problem];
  // One claim in ten may be wrong among the classes; a problem rests on those of which one in twenty may be.
  if (hollow > problem && (measures.value('firmHollowShare') ?? 0) > watch) return { status: 'problem', severity: 'high' };
  if (hollow > watch) return { status: 'watch', severity: 'medium' };
  const isProven = (measures.value('lastingShare') ?? 0) >= (thresholds.provenShare?.healthy ?? 1);
  return isProven ? { status: 'healthy', severity: 'none' } : { status: 'informative', severity: 'none' };
}

export const hollowWins = defineAudit({
  id: 'hollow-wins',
  category: 'value',
  question: 'Do the campaigns that are celebrated add value?',
  why: 'A campaign can have many responses and still leave the customers as a whole worth no more than before, because the responders would have bought anyway.',
  problem: 'FP2',
  weight: 'critical',
  needs: { contacts: ['member_id', 'campaign_id'] },
  improves: {
    assignments: [{ columns: ['campaign_id', 'member_id', 'arm'], gain: 'shows what the members would have been worth without the campaign', mayReach: 'E2' }],
    transactions: [{ columns: ['margin_amount'], gain: 'measures value as margin' }],
    campaigns: [
      { columns: ['cost'], gain: 'gives the break-even and the money in hollow campaigns' },
      { columns: ['planned_holdout_share'], gain: 'lets the sizes of the arms be checked against the plan', mayReach: 'E1' },
    ],
  },
  minimum: { contacts: 200 },
  thresholds: {
    hollowShare: {
      levels: { watch: 0, problem: 0.1 },
      source: {
        kind: 'house',
        note: 'Any hollow or costly campaign is worth a look; a tenth of the cost (or of the members targeted) calls for a change, where at most one such claim in twenty may be wrong.',
      },
    },
    provenShare: {
      levels: { healthy: 0.5 },
      source: { kind: 'house', note: 'At least half of the effort is shown to add value, in tests that were followed for long enough.' },
    },
  },
  notOfMembers: [
    'units',
    'judged',
    'unchecked',
    'belowProof',
    'cost*',
    'gainsBelowCost',
    'celebrated*',
    'medianSuccess',
    'hollow*',
    'misses',
    'trueWins',
    'quietWinners',
    'unproven*',
    'withoutCounterfactual',
    'brokenTests',
    'firmHollowShare',
    'proven*',
    'lasting*',
    'knownCost',
    'unjudgedCost',
    'ranked',
    'placeSpan',
    'realShare',
  ],
  rivals: [
    {
      explanation: 'The gain comes later than the tests looked, as when a campaign wins customers back for good.',
      check:
        'A loss is called one only where everybody was followed for three months at least, and for twice the median time between purchases where that is longer; anything shorter stays unproven.',
      open: 'A gain that takes longer than that to show, or that shows outside the purchases in the files.',
    },
    {
      explanation: 'One arm also got more of the other campaigns, as with one holdout for the whole programme; the change in value is then theirs as well.',
      check:
        'Members of each arm who were to get another tested campaign within the follow-up are counted; where the arms differ beyond chance, and by a tenth or more, the campaign stays unproven.',
      open: 'Campaigns without a list of assignments that left out the same people.',
    },
    {
      explanation: 'Costs or margins are not what the files say, so that a campaign paid back after all, or did not.',
      check:
        'Margin is taken before revenue, and the cost of a campaign is shared out over everybody who was contacted; where no cost is known, no campaign is held against it.',
      open: 'Rewards, staff and goods given away that no file counts, and what brands gain beyond their own customers.',
    },
  ],
  measure: measureHollowWins,
  judge,
  explain: explainHollowWins,
});
