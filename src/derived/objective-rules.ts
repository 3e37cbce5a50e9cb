/**
 * Which words say what a campaign was for: visible rules as data, English only.
 *
 * The objective column is read first, then the name. The rules are tried from top to bottom and the first phrase found decides,
 * so a purpose beats the means it uses: “win-back 20 % off” is win-back, “birthday voucher” is retention.
 */
import { type Objective, objectives } from '../model/objectives.js';

export interface ObjectiveRule {
  readonly objective: Objective;
  /** Whole words, in the normalised form of `normaliseText`; they decide in the objective column and in the name. */
  readonly phrases: readonly string[];
  /** Words that are clear as an objective but say nothing in a name, e.g. “brand week”, “new range”. */
  readonly objectiveOnly: readonly string[];
}

export const objectiveRules: readonly ObjectiveRule[] = [
  {
    objective: 'win-back',
    phrases: [
      'win back',
      'winback',
      'reactivation',
      'reactivate',
      'lapsed',
      'dormant',
      'inactive',
      'we miss you',
      'miss you',
      'welcome back',
      'come back',
      'lost customers',
    ],
    objectiveOnly: ['recovery', 'recapture'],
  },
  {
    objective: 'activation',
    phrases: [
      'welcome',
      'onboarding',
      'on boarding',
      'activation',
      'activate',
      'first purchase',
      'first order',
      'second purchase',
      'second order',
      'getting started',
      'get started',
    ],
    objectiveOnly: ['first redemption', 'app download'],
  },
  {
    objective: 'acquisition',
    phrases: [
      'acquisition',
      'acquire',
      'new customer',
      'new customers',
      'new member',
      'new members',
      'prospect',
      'prospects',
      'prospecting',
      'recruitment',
      'refer a friend',
      'referral',
      'bring a friend',
      'member get member',
      'join now',
      'sign up',
      'signup',
      'enrolment',
      'enrollment',
      'lead generation',
    ],
    objectiveOnly: ['recruit', 'leads', 'enrol', 'enroll', 'registrations', 'new business'],
  },
  {
    objective: 'service',
    phrases: [
      'after sales',
      'aftersales',
      'customer service',
      'service message',
      'service update',
      'customer care',
      'survey',
      'feedback',
      'product recall',
      'safety notice',
      'order update',
      'points statement',
      'account statement',
      'how to',
      'care tips',
      'appointment reminder',
    ],
    objectiveOnly: ['service', 'relationship', 'care', 'information', 'satisfaction', 'support'],
  },
  {
    objective: 'retention',
    phrases: [
      'retention',
      'retain',
      'churn',
      'at risk',
      'renewal',
      'anniversary',
      'birthday',
      'thank you',
      'points expiry',
      'points expiring',
      'loyalty reward',
      'loyalty rewards',
      'stay with us',
    ],
    objectiveOnly: ['loyalty', 'keep', 'engagement', 'renew', 'reward'],
  },
  {
    objective: 'development',
    phrases: [
      'cross sell',
      'crosssell',
      'cross selling',
      'up sell',
      'upsell',
      'upselling',
      'upgrade',
      'trade up',
      'new category',
      'new product',
      'new products',
      'new range',
      'new collection',
      'new arrivals',
      'basket size',
      'recommended for you',
      'complete the look',
      'share of wallet',
    ],
    objectiveOnly: ['development', 'grow', 'growth', 'frequency', 'basket', 'trial', 'category'],
  },
  {
    objective: 'brand',
    phrases: ['brand awareness', 'brand campaign', 'brand image', 'brand story', 'awareness', 'advocacy', 'sponsorship', 'community event', 'charity'],
    objectiveOnly: ['brand', 'branding', 'image', 'reputation', 'word of mouth'],
  },
  {
    objective: 'sale',
    phrases: [
      'sale',
      'sales',
      'percent off',
      'half price',
      'discount',
      'discounts',
      'voucher',
      'vouchers',
      'coupon',
      'coupons',
      'black friday',
      'cyber monday',
      'boxing day',
      'clearance',
      'deal',
      'deals',
      'flash offer',
      'special offer',
      'special offers',
      'promo',
      'promotion',
      'promotional',
      'promotions',
      'bogo',
      'buy one get one',
      '2 for 1',
      '3 for 2',
      'price drop',
      'free delivery',
      'free shipping',
      'bonus points',
      'double points',
      'triple points',
      'last chance',
    ],
    objectiveOnly: [
      'revenue',
      'turnover',
      'conversion',
      'conversions',
      'traffic',
      'footfall',
      'offer',
      'offers',
      'redemption',
      'redemptions',
      'immediate sale',
      'short term',
    ],
  },
];

/** Lower case, “%” as a word, everything that is neither letter nor digit as one space. */
export function normaliseText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('%', ' percent ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

export interface Classification {
  /** null: no rule found a word that it knows. */
  readonly objective: Objective | null;
  /** What decided, in words for the evidence table. */
  readonly decidedBy: string;
}

interface CampaignWords {
  readonly campaignId: string;
  readonly name: string | null;
  readonly objectiveText: string | null;
}

/** First rule with one of its phrases in the text, as whole words. */
function firstRule(text: string | null, phrasesOf: (rule: ObjectiveRule) => readonly string[]): { objective: Objective; phrase: string } | null {
  const padded = ` ${normaliseText(text ?? '')} `;
  for (const rule of objectiveRules) {
    const phrase = phrasesOf(rule).find((words) => padded.includes(` ${words} `));
    if (phrase !== undefined) return { objective: rule.objective, phrase };
  }
  return null;
}

/**
 * What a campaign was for, and which rule says so.
 * @param overrides campaign_id → objective, set by the user; an unknown objective there leaves the campaign unclassified and says so.
 */
export function classifyObjective(campaign: CampaignWords, overrides: Readonly<Record<string, string>>): Classification {
  if (Object.hasOwn(overrides, campaign.campaignId)) {
    const objective = objectives.find((known) => known === overrides[campaign.campaignId]) ?? null;
    return { objective, decidedBy: objective === null ? 'set by the user to a word that is not an objective' : 'set by the user' };
  }
  const byObjective = firstRule(campaign.objectiveText, ({ phrases, objectiveOnly }) => [...phrases, ...objectiveOnly]);
  if (byObjective !== null) return { objective: byObjective.objective, decidedBy: `objective column: “${byObjective.phrase}”` };
  const byName = firstRule(campaign.name, ({ phrases }) => phrases);
  if (byName !== null) return { objective: byName.objective, decidedBy: `name: “${byName.phrase}”` };
  return { objective: null, decidedBy: 'no known word in the objective or the name' };
}
