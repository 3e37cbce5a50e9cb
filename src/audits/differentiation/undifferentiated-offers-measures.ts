/** Measures of how different the offers are, and of how much they depend on who gets them. */
import type { Measure } from '../../result/schema.js';
import { normalisedEntropy } from '../../statistics/entropy.js';
import { bootstrapRatio, jackknifeRatio } from '../../statistics/resampling.js';
import type { AuditContext, Policy } from '../audit.js';
import { bestOf, type SegmentInformation, segmentationLabels } from './offer-information.js';
import type { OfferRow, VarietyRow, WeekRow } from './undifferentiated-offers.sql.js';

export interface QuarterOffers {
  readonly quarter: number;
  readonly contacts: number;
  readonly offers: number;
  /** Of the offers of the whole window: 1 when each has the same share. */
  readonly entropy: number | null;
  readonly largestShare: number;
}

export function quarterOffers(weeks: readonly WeekRow[]): QuarterOffers[] {
  const kinds = new Set(weeks.map(({ offer }) => offer)).size;
  const quarters = [...new Set(weeks.map(({ quarter }) => quarter))].sort((a, b) => a - b);
  return quarters.map((quarter) => {
    const counts = new Map<string, number>();
    for (const row of weeks) if (row.quarter === quarter) counts.set(row.offer, (counts.get(row.offer) ?? 0) + row.contacts);
    const amounts = [...counts.values()];
    const contacts = amounts.reduce((sum, amount) => sum + amount, 0);
    return {
      quarter,
      contacts,
      offers: counts.size,
      entropy: kinds < 2 ? null : normalisedEntropy(amounts, kinds),
      largestShare: Math.max(...amounts) / contacts,
    };
  });
}

/** In each week the share of contacts with the commonest offer; weeks weigh by their contacts. */
function sameOffer(weeks: readonly WeekRow[], { policy, seed }: AuditContext): Measure {
  const parts = [...new Set(weeks.map(({ week }) => week))].map((week) => {
    const counts = weeks.filter((row) => row.week === week).map(({ contacts }) => contacts);
    return { numerator: Math.max(...counts), denominator: counts.reduce((sum, count) => sum + count, 0) };
  });
  const contacts = parts.reduce((sum, { denominator }) => sum + denominator, 0);
  const value = parts.reduce((sum, { numerator }) => sum + numerator, 0) / contacts;
  const blank: Measure = {
    id: 'sameOfferShare',
    label: 'Share of a week’s contacts that carry the same offer, the commonest one',
    value,
    unit: 'share',
    n: parts.length,
  };
  const interval = bootstrapRatio(parts, policy.screenLevel, policy.draws, seed);
  return interval === null ? blank : { ...blank, interval: { ...interval, level: policy.screenLevel, method: 'bootstrap of weeks, percentiles' } };
}

function variety(rows: readonly VarietyRow[], { screenLevel: level }: Policy): Measure {
  const parts = rows.map(({ offers, member_quarters: denominator }) => ({ numerator: offers, denominator }));
  const n = parts.reduce((sum, { denominator }) => sum + denominator, 0);
  const value = n === 0 ? null : parts.reduce((sum, { numerator }) => sum + numerator, 0) / n;
  const blank: Measure = {
    id: 'offersPerQuarter',
    label: 'Different offers that a member with any got in a quarter (twelve weeks)',
    value,
    unit: 'number',
    n,
    ...(n === 0 ? { why: 'Nothing to count.' } : {}),
  };
  const interval = jackknifeRatio(parts, level);
  return interval === null
    ? blank
    : { ...blank, interval: { low: interval.low, high: interval.high, level, method: `jackknife over ${parts.length} groups of members` } };
}

function informationMeasure(found: SegmentInformation, id: string, label: string, { screenLevel: level }: Policy): Measure {
  const { adjusted: value, interval, contacts: n, groups } = found;
  if (value === null) return { id, label, value, unit: 'index', n, why: 'Too few contacts have both, or there is one segment or one offer only.' };
  if (interval === null) return { id, label, value, unit: 'index', n };
  return { id, label, value, unit: 'index', n, interval: { ...interval, level, method: `jackknife over ${groups} groups of members, bias taken out` } };
}

export interface OfferFacts {
  readonly offers: readonly OfferRow[];
  readonly weeks: readonly WeekRow[];
  readonly variety: readonly VarietyRow[];
  readonly information: readonly SegmentInformation[];
}

export function offerMeasures({ offers, weeks, variety: counts, information }: OfferFacts, context: AuditContext): Measure[] {
  const { policy } = context;
  const known = offers[0]?.known ?? 0;
  const all = offers[0]?.all_contacts ?? 0;
  const best = bestOf(information);
  const name = best === null ? 'no division of members' : segmentationLabels[best.segmentation];
  const headline: Measure =
    best === null
      ? {
          id: 'adjusted',
          label: 'What segments say about offers, beyond chance',
          value: null,
          unit: 'index',
          n: known,
          why: offers.length < 2 ? 'There is one kind of offer only, so it cannot depend on who gets it.' : 'No division of members covers enough contacts.',
        }
      : informationMeasure(best, 'adjusted', `What ${name} says about the offer that a member gets, beyond chance`, policy);
  return [
    headline,
    {
      id: 'plain',
      label: `The same without correction for chance, by ${name}`,
      value: best?.plain ?? null,
      unit: 'index',
      n: best?.contacts ?? known,
      ...(best === null ? { why: 'Nothing can be said, as above.' } : {}),
    },
    {
      id: 'divisions',
      label: 'Ways to divide members that could be looked at',
      value: information.filter(({ adjusted }) => adjusted !== null).length,
      unit: 'count',
      n: information.length,
    },
    { id: 'offers', label: 'Kinds of offer, the rarest put together', value: new Set(weeks.map(({ offer }) => offer)).size, unit: 'count', n: known },
    { id: 'knownShare', label: 'Share of marketing contacts whose offer is known', value: known / all, unit: 'share', n: all },
    sameOffer(weeks, context),
    variety(counts, policy),
    ...information.map((found) =>
      informationMeasure(found, `adjusted.${found.segmentation}`, `What ${segmentationLabels[found.segmentation]} says about the offer, beyond chance`, policy),
    ),
  ];
}
