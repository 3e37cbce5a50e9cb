/** The five sentences on how value is spread, rival explanations, and the biases to name. */
import type { CustomerValue, NoForecast } from '../../derived/customer-value.js';
import type { Explanation, Rival } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

export const valueRivals: Rival[] = [
  {
    explanation: 'Contact brings purchases, so whoever is contacted more is worth more by it.',
    check: 'None is possible from these files alone: value and contact are counted over the same time.',
    open: 'The order of events stays open; only a group that is left without contact by lot can close it.',
  },
  {
    explanation: 'The others cannot be contacted, so nobody chose to leave them out.',
    check: 'The comparison leaves out members who have left or have no permission at the end of the window.',
    open: 'Where permissions are not in the files, some of the others may have asked not to be contacted.',
  },
  {
    explanation: 'Many of the others joined late, and had less time both to buy and to be contacted.',
    check: 'Shares of contact are held against shares of value over the same time, so that a shorter time lowers both.',
    open: 'A first year with much buying and little contact would still look like neglect.',
  },
];

const known = (measures: Measures, id: string): boolean => (measures.get(id)?.value ?? null) !== null;

export function explainValue(measures: Measures, { status }: Verdict): Explanation {
  const period = known(measures, 'periodDays') ? 'in {periodDays}' : 'in the period that the files report';
  const interval = (id: string): string => (measures.get(id)?.interval === undefined ? '' : ` ({${id}.interval})`);
  const future = known(measures, 'expectedTopShare')
    ? ` Of what members are expected to buy in the next year, today’s top fifth holds {expectedTopShare}${interval('expectedTopShare')}.`
    : '';
  const isCompared = known(measures, 'otherAttention');
  const attention = isCompared
    ? `Among members who can be contacted, buyers outside the top fifth by value hold {otherValueShare} of the value and received {otherContactShare} of marketing contacts: {otherAttention} their share of value${interval('otherAttention')}.`
    : '';
  const spread = `The fifth of members with most value among the {buyers} who bought ${period} holds {topShare} of it${interval('topShare')}; the lower half holds {lowerHalfShare}. The Gini coefficient, which is 0 when all are worth the same and near 1 when one holds everything, is {giniOfValue}${interval('giniOfValue')}.`;
  // What is judged comes first where it is amiss: the first sentence is the headline.
  const isAmiss = status === 'problem' || status === 'watch';
  const told = isAmiss ? [attention, spread] : [spread, attention];
  return {
    condition: `${told.filter((sentence) => sentence !== '').join(' ')}${future}`,
    criterion: isCompared
      ? 'That value is concentrated is no fault, and no level is set for it; published shares are for other trades and other periods. What is judged is whether those outside the top fifth are left out: contact below {threshold.otherAttention.watch} their share of value deserves a look, below {threshold.otherAttention.low} they are neglected. These are house levels; at 1 contact follows value.'
      : 'That value is concentrated is no fault, and no level is set for it; published shares are for other trades and other periods. Whether those outside the top fifth are left out cannot be judged without contacts.',
    consequence: consequenceOf(measures, status, isCompared),
    action:
      status === 'problem' || status === 'watch'
        ? 'Write one useful message for buyers outside the top fifth, send it to a random half of those who heard nothing, and compare the margin of both halves after two of their usual intervals. Keep the contact of the top fifth as it is until the test has ended.'
        : 'Plan for both: the top fifth by what keeps them, all others by what makes one more purchase easy. Hold a random group of each back, so that the next report can say which contact pays.',
    wouldChangeOurMind:
      'Contact in channels that are not in these files, such as the counter, post or an app; permissions that show that the others may not be contacted; or a test in which contact with them made no difference to what they buy.',
  };
}

function consequenceOf(measures: Measures, status: Verdict['status'], isCompared: boolean): string {
  if (!isCompared) return 'The share of value outside the top fifth is what a programme for the top fifth alone would leave aside.';
  const silent = (measures.value('silentOthers') ?? 0) > 0;
  const worth = known(measures, 'silentValue') ? ', who hold {silentValue},' : '';
  const who = silent ? ` {silentOthers} buyers outside the top fifth${worth} can be contacted and heard nothing in the window.` : '';
  if (status === 'healthy') {
    const looked = silent
      ? ` The {silentOthers} of them${worth} who can be contacted and heard nothing in the window are the matter of the finding on neglected members.`
      : '';
    return `Buyers outside the top fifth are contacted in keeping with what they are worth, or more.${looked}`;
  }
  return `Contact is spent on the few who already buy most; the others, {otherBuyers} members, get less of it than their value would give them.${who}`;
}

export function valueCaveats(
  future: CustomerValue | NoForecast,
  terms: { readonly hasConsents: boolean; readonly isRevenue: boolean; readonly isReported: boolean; readonly hasNegative: boolean },
): string[] {
  const caveats = [
    'Shares of the top fifth grow as the period gets shorter and the trade less frequent. For context, never judged: about two thirds of sales in companies outside packaged goods and nearly three quarters within them (McCarthy and Winer), and half to three fifths over a year in the studies of the Ehrenberg-Bass Institute.',
    'Whoever is in the top fifth of one period is there partly by luck, and will hold less of the next one with nobody changed; the finding on value migration takes that out.',
  ];
  if (terms.isReported) caveats.push('Value is the spend that the members file reports; what it counts, and over which time, is the word of that file.');
  else if (terms.isRevenue) caveats.push('Value is sales, because the files hold no margin; margin is usually more concentrated than sales.');
  if (terms.hasNegative) caveats.push('Some members’ value is negative, so the shares of all others add up to more than the whole.');
  if (!terms.hasConsents) caveats.push('Permissions are not in the files, so everybody who has not left or opted out counts as somebody who can be contacted.');
  if ('why' in future) return [...caveats, `There is no forecast of next year’s value. ${future.why}`];
  if (future.expected === null)
    return [...caveats, 'There is no forecast of next year’s value: on the days held back the model of buying was no better than two simple rules.'];
  caveats.push(
    `The forecast takes every member’s purchases to come at a constant rate until they stop for good (${future.model} model); seasons and new campaigns are not in it.`,
  );
  if (!future.spend.isUsed)
    caveats.push('How much repeat buyers spend goes with how often they buy, or has no stable mean, so the forecast counts purchases and not money.');
  else if (future.spend.isDoubtful)
    caveats.push('How much repeat buyers spend goes a little with how often they buy, which the model of spend does not allow for.');
  return caveats;
}
