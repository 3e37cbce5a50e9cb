/** The five sentences on buying at a discount. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

export function explainDiscounts(measures: Measures, { status }: Verdict): Explanation {
  const has = (id: string): boolean => (measures.get(id)?.value ?? null) !== null;
  const range = (id: string): string => (measures.get(id)?.interval === undefined ? '' : ` ({${id}.interval})`);
  const price = has('priceRealisation')
    ? ` Members paid {priceRealisation}${range('priceRealisation')} of the price before discounts: discounts came to {discountGiven}.`
    : '';
  const habit = has('dependentShare')
    ? ' Of {regulars} members with at least five orders, {dependentShare} ({dependentShare.interval}) had a discount on more than four in five of them, where {dependentByChance} were to be expected if every order had the same chance of one.'
    : '';
  const full = has('fullPriceRepeat')
    ? ' Of those who bought at full price in the first half of the window, {fullPriceRepeat} ({fullPriceRepeat.interval}) did so again in the second.'
    : '';
  const depth = has('discountRate')
    ? 'Where discounts come to less than {threshold.discountRate.watch} of the price, they are frequent but small, and no problem is called.'
    : 'How deep the discounts are is not known, so no problem is called.';
  const levels = [
    'A discount on more than {threshold.discountedOrderShare.watch} of orders deserves a look; above {threshold.discountedOrderShare.high} the discount has become the price.',
    ...(has('dependentShare')
      ? ['The same holds above {threshold.dependentShare.watch} and {threshold.dependentShare.high} of members who hardly buy without one.']
      : []),
    `${depth} These are house levels.`,
  ];
  return {
    condition: `{discountedOrderShare}${range('discountedOrderShare')} of {orders} orders by {buyers} members had a discount.${price}${habit}${full}`,
    criterion: levels.join(' '),
    consequence:
      status === 'healthy'
        ? 'Most trade with members is at full price.'
        : `For these members the discounted price is close to being the usual one${has('rewardCostRate') ? ': discounts, with redeemed rewards where their cost is known, come to {rewardCostRate} of what members pay' : ''}. How much they would buy without it cannot be read from these files.`,
    action:
      status === 'healthy'
        ? 'Keep the share of full-price orders among the figures that campaigns are judged by.'
        : 'For the next offer, send a random part of the members the message without the discount, and another part nothing, and compare margin, not sales, over 90 days. Give benefits that are not a price, such as early access or service, to members who hardly buy without one.',
    wouldChangeOurMind:
      'A list price that nobody is meant to pay; clearance of old stock that is counted as discount; or tests in which the discount brought more margin than it cost.',
  };
}
