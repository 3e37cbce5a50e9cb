/** What one campaign says of the brand and of its discount. Pure: a row of the campaign list in, facts out. */
import type { BrandRow } from './off-brand-campaigns.sql.js';

export interface BrandedCampaign extends BrandRow {
  /** The brand theme in one spelling; null when the list names none. */
  readonly platform: string | null;
  /** Whether the campaign leads with a price reduction; null when the list does not say. */
  readonly isDiscount: boolean | null;
}

/** Words that people write into a cell when they do not know. */
const unsaid = new Set(['', '-', '–', '—', '?', '.', 'n/a', 'na', 'n.a.', 'null', 'tbd', 'tbc', 'unknown', 'not known']);
/** Words that say that there is nothing. */
const nothing = new Set(['none', 'no', 'nil', 'no offer', 'not applicable']);
/** Offers that lower the price; English, whole words. */
const discountWords =
  /\b(discount(s|ed)?|percent(age)? off|(money|amount|pounds?|euros?|dollars?|price) off|sale|clearance|markdowns?|price (cut|reduction|drop)s?|half price|bogof?|(two|2|three|3) for (one|1|two|2)|multi-?buys?|promo(tional)? (code|price)s?|rebates?|cash ?back|coupons?|vouchers?)\b|\d ?%|[£€$] ?\d+([.,]\d+)? off/;

const spelt = (text: string | null): string => (text ?? '').trim().toLowerCase().replace(/\s+/g, ' ');

/** A depth of discount decides before the words of the offer do; an empty cell says nothing. */
export function brandFacts(row: BrandRow): BrandedCampaign {
  const platform = spelt(row.brand_platform);
  const offer = spelt(row.offer_type);
  const byWords = unsaid.has(offer) ? null : discountWords.test(offer);
  return {
    ...row,
    platform: unsaid.has(platform) || nothing.has(platform) ? null : platform,
    isDiscount: row.discount_depth === null ? byWords : row.discount_depth > 0,
  };
}
