/**
 * What a measure of success counts: visible rules as data, English only. The rules are tried from top to bottom and the first phrase
 * found decides, so what lasts beats the means: “repeat revenue” is about staying, “click revenue” about attention.
 */
import { normaliseText } from '../../derived/objective-rules.js';

export const kpiKinds = ['lasting', 'joining', 'attention', 'redemption', 'sale'] as const;
export type KpiKind = (typeof kpiKinds)[number];

export const kpiLabels: Record<KpiKind, string> = {
  lasting: 'staying, coming back, being served, or an effect against a holdout',
  joining: 'joining',
  attention: 'opens, clicks and other attention',
  redemption: 'redemptions',
  sale: 'sales',
};

interface KpiRule {
  readonly kind: KpiKind;
  /** Whole words, in the form of `normaliseText`. */
  readonly phrases: readonly string[];
}

export const kpiRules: readonly KpiRule[] = [
  {
    kind: 'lasting',
    phrases: [
      ...[
        'retention',
        'retention rate',
        'retained',
        'repeat',
        'repeat rate',
        'repeat purchase',
        'repurchase',
        'second purchase',
        'second order',
        'churn',
        'lapse',
        'renewal',
        'renewals',
      ],
      ...[
        'lifetime',
        'clv',
        'ltv',
        'frequency',
        'visits per member',
        'visits per customer',
        'orders per member',
        'orders per customer',
        'purchases per member',
      ],
      ...[
        'reactivated',
        'reactivation',
        'reactivations',
        'returning',
        'win back rate',
        'active members',
        'active customers',
        'active rate',
        'active share',
        'still active',
      ],
      ...[
        'share of wallet',
        'categories per member',
        'categories bought',
        'cross sell rate',
        'tier upgrades',
        'incremental',
        'uplift',
        'against holdout',
        'versus holdout',
        'vs holdout',
        'against control',
        'vs control',
      ],
      ...['satisfaction', 'nps', 'net promoter', 'csat', 'customer effort', 'complaint', 'complaints', 'resolution', 'resolved', 'first contact resolution'],
    ],
  },
  {
    kind: 'joining',
    phrases: [
      'new members',
      'new customers',
      'sign ups',
      'signups',
      'sign up',
      'signup',
      'enrolments',
      'enrollments',
      'enrolment',
      'enrollment',
      'registrations',
      'joiners',
      'leads',
      'referrals',
    ],
  },
  {
    kind: 'attention',
    phrases: [
      ...[
        'open',
        'opens',
        'open rate',
        'click',
        'clicks',
        'click rate',
        'click through',
        'clickthrough',
        'ctr',
        'ctor',
        'impressions',
        'reach',
        'views',
        'page views',
        'traffic',
        'sessions',
      ],
      ...[
        'site visits',
        'web visits',
        'engagement',
        'engagement rate',
        'response rate',
        'responses',
        'likes',
        'shares',
        'downloads',
        'delivered',
        'delivery rate',
      ],
    ],
  },
  {
    kind: 'redemption',
    phrases: [
      'redemption',
      'redemptions',
      'redemption rate',
      'redeemed',
      'coupons used',
      'vouchers used',
      'coupon use',
      'voucher use',
      'codes used',
      'take up',
      'uptake',
    ],
  },
  {
    kind: 'sale',
    phrases: [
      ...[
        'revenue',
        'sales',
        'turnover',
        'orders',
        'conversion',
        'conversions',
        'conversion rate',
        'transactions',
        'purchases',
        'units',
        'basket',
        'basket value',
        'average order value',
        'aov',
      ],
      ...['spend', 'roi', 'roas', 'return on investment', 'margin', 'profit', 'gross profit', 'footfall', 'visits'],
    ],
  },
];

export interface KpiClassification {
  /** null: no rule found a word that it knows. */
  readonly kind: KpiKind | null;
  readonly decidedBy: string;
}

/** What a measure of success counts, and which word says so. */
export function classifyKpi(text: string | null): KpiClassification {
  const words = normaliseText(text ?? '');
  if (words === '') return { kind: null, decidedBy: 'not recorded' };
  for (const { kind, phrases } of kpiRules) {
    const phrase = phrases.find((candidate) => ` ${words} `.includes(` ${candidate} `));
    if (phrase !== undefined) return { kind, decidedBy: `“${phrase}”` };
  }
  return { kind: null, decidedBy: 'no known word' };
}

/**
 * Whether the measure says nothing about a goal that is reached over time with members who are there: joining, attention and
 * redemptions never say anything about it; sales do not unless they are counted over at least `longDays`.
 */
export function isImmediate(kind: KpiKind, horizonDays: number | null, longDays: number): boolean {
  if (kind === 'joining' || kind === 'attention' || kind === 'redemption') return true;
  return kind === 'sale' && (horizonDays === null || horizonDays < longDays);
}
