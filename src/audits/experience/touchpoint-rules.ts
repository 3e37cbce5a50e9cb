/**
 * Which words in a campaign's measure of success or its selection name which kind of data: visible rules as data, English only.
 * Words are compared as wholes; a camelCase or snake_case name is read as its words.
 */
import { normaliseText } from '../../derived/objective-rules.js';

export const touchpoints = ['after-sales', 'purchases', 'responses', 'profile', 'web and app', 'shops'] as const;
export type Touchpoint = (typeof touchpoints)[number];

/** Said of something else, though one of the words below stands in it. */
const falseFriends = [
  'return on investment',
  'return on ad spend',
  'return on advertising spend',
  'return on marketing investment',
  'customer return rate',
  'return visit',
  'return visits',
  'self service',
];

export const touchpointPhrases: Readonly<Record<Touchpoint, readonly string[]>> = {
  'after-sales': [
    'returns',
    'returned',
    'return rate',
    'return count',
    'refund',
    'refunds',
    'refunded',
    'complaint',
    'complaints',
    'complained',
    'dispute',
    'disputes',
    'chargeback',
    'chargebacks',
    'nps',
    'net promoter',
    'promoter',
    'promoters',
    'detractor',
    'detractors',
    'csat',
    'satisfaction',
    'customer effort',
    'service contact',
    'service contacts',
    'service case',
    'service cases',
    'service ticket',
    'service tickets',
    'tickets',
    'open case',
    'open cases',
    'warranty',
    'repair',
    'repairs',
    'late delivery',
    'late deliveries',
    'delivery delay',
    'review score',
    'review rating',
    'star rating',
    'after sales',
    'aftersales',
    'customer service',
    'call centre',
    'call center',
    'helpdesk',
    'help desk',
    'resolution time',
  ],
  purchases: [
    'purchase',
    'purchases',
    'purchased',
    'spend',
    'spent',
    'sales',
    'sale',
    'revenue',
    'margin',
    'order',
    'orders',
    'basket',
    'baskets',
    'transactions',
    'frequency',
    'monetary',
    'rfm',
    'clv',
    'ltv',
    'lifetime value',
    'category',
    'categories',
    'product',
    'products',
    'bought',
    'discount',
    'redemption',
    'redemptions',
    'points',
    'points balance',
  ],
  responses: [
    'click',
    'clicks',
    'clicked',
    'open',
    'opens',
    'opened',
    'open rate',
    'click rate',
    'response',
    'responses',
    'response rate',
    'responded',
    'engagement',
    'unsubscribes',
  ],
  profile: [
    'age',
    'gender',
    'postcode',
    'post code',
    'zip',
    'region',
    'city',
    'country',
    'household',
    'income',
    'birthday',
    'language',
    'tier',
    'segment',
    'tenure',
    'join date',
    'enrolled at',
    'acquisition source',
    'interests',
    'preferences',
  ],
  'web and app': ['web', 'website', 'browsing', 'browsed', 'page views', 'sessions', 'session', 'cart', 'app', 'app usage', 'logins', 'login', 'device'],
  shops: ['store', 'stores', 'home store', 'shop', 'shops', 'branch', 'branches', 'distance to store', 'footfall'],
};

export interface Named {
  readonly touchpoint: Touchpoint;
  /** The first phrase that was found. */
  readonly phrase: string;
}

/** Kinds of data that a text names, in the order of `touchpoints`; empty where it names none that is known. */
export function touchpointsIn(text: string | null): Named[] {
  const spaced = (text ?? '').replace(/([a-z\d])([A-Z])/g, '$1 $2');
  const words = falseFriends.reduce((rest, friend) => rest.replaceAll(` ${friend} `, ' '), ` ${normaliseText(spaced)} `);
  return touchpoints.flatMap((touchpoint) => {
    const phrase = touchpointPhrases[touchpoint].find((candidate) => words.includes(` ${candidate} `));
    return phrase === undefined ? [] : [{ touchpoint, phrase }];
  });
}
