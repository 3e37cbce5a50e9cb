/** The campaigns of the simulated programme: what each is for, what it costs and how it is judged. */
import type { Objective } from '../../model/objectives.js';
import { drawIndex, drawLognormal, shuffled } from '../../statistics/draws.js';
import type { Uniform } from '../../statistics/random.js';
import { openStream } from '../streams.js';
import { at, type Dials } from './dials.js';
import { cents } from './orders.js';
import { placeOf, type Span } from './people.js';

export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly objective: Objective;
  readonly startDay: number;
  readonly endDay: number;
  /** What sets off the messages of a campaign that always runs; null for a batch. */
  readonly trigger: 'joining' | 'anniversary' | 'tier change' | 'points expiring' | 'complaint' | null;
  /** By place in `channels`; null: each member's first channel with permission. */
  readonly channel: number | null;
  readonly cost: number;
  readonly kpi: string;
  readonly horizonDays: number;
  readonly isBranded: boolean;
  readonly offerType: string;
  readonly depth: number;
  readonly briefedDay: number;
  readonly mentionsProgramme: boolean;
  readonly targeting: string;
  readonly holdoutShare: number;
  readonly unit: string;
  /** Days after a message in which a sale is credited. */
  readonly attributionDays: number;
  /** Times the usual chance of a response, and of an order that would not have come. */
  readonly appeal: number;
  readonly worth: number;
}

/** The purposes take turns, so that the same one comes back after some weeks only. */
const relationship: readonly Objective[] = ['retention', 'development', 'service', 'win-back', 'activation', 'brand', 'retention'];
const immediate: readonly Objective[] = ['sale', 'acquisition'];

const soundKpis: Record<Objective, string> = {
  acquisition: 'new members',
  activation: 'second purchase rate',
  sale: 'immediate revenue',
  development: 'categories bought per member',
  retention: 'retention rate after 12 months',
  'win-back': 'reactivated members after 90 days',
  service: 'satisfaction',
  brand: 'brand awareness',
};
const words: Record<Objective, string> = {
  acquisition: 'Refer a friend',
  activation: 'Second purchase',
  sale: 'Special offer',
  development: 'New range',
  retention: 'Thank you',
  'win-back': 'We miss you',
  service: 'Care tips',
  brand: 'Brand story',
};
const always = [
  { trigger: 'joining', objective: 'activation', name: 'Welcome message' },
  { trigger: 'anniversary', objective: 'retention', name: 'Anniversary of joining' },
  { trigger: 'tier change', objective: 'retention', name: 'New tier thank you' },
  { trigger: 'points expiring', objective: 'retention', name: 'Points expiring' },
  { trigger: 'complaint', objective: 'service', name: 'Customer care follow-up' },
] as const;

const channelShares = [0, 0, 0, 0, 0, 0, 1, 1, 2, 3] as const;
const usualCost = 240;
/** Set up once, years ago. */
const costOfTriggered = 1;

/** Campaigns in the order of their start. */
export function drawCalendar(seed: number, span: Span, dials: Dials): Campaign[] {
  const uniform = openStream(seed, 'calendar');
  const gap = 30 / dials.campaignsPerMonth;
  const purposes: Objective[] = [];
  const batches: Campaign[] = [];
  const liking = openStream(seed, 'appeal');
  for (let start = span.firstDay + 3; start + 2 < span.endDay; start += gap) {
    if (purposes.length === 0) purposes.push(...drawPurposes(uniform, dials));
    const objective = purposes.shift() ?? 'sale';
    const startDay = Math.floor(start) + drawIndex(uniform, 3);
    const campaign = drawCampaign(uniform, `C${String(batches.length + 1).padStart(3, '0')}`, objective, startDay, null, span, dials);
    const excess = dials.appealSpread * (2 * liking() - 1);
    batches.push({ ...campaign, appeal: 1 + excess, worth: 1 + dials.appealLink * excess });
  }
  const triggered = always.map(({ trigger, objective, name }, index) => ({
    ...drawCampaign(uniform, `A${index + 1}`, objective, span.firstDay, trigger, span, dials),
    name,
    endDay: span.endDay - 1,
    cost: costOfTriggered,
    holdoutShare: 0,
    channel: null,
    offerType: 'service',
    depth: 0,
  }));
  return [...triggered, ...batches];
}

/** One round of purposes: each relationship purpose once, and as many immediate ones as their share asks for. */
function drawPurposes(uniform: Uniform, { relationshipCampaigns }: Dials): Objective[] {
  return Array.from({ length: relationship.length }, (_, index) => index)
    .map((index) => ({ index, isKept: uniform() < relationshipCampaigns }))
    .map(({ index, isKept }) => (isKept ? (relationship[index] ?? 'retention') : (immediate[drawIndex(uniform, immediate.length)] ?? 'sale')));
}

function drawCampaign(uniform: Uniform, id: string, objective: Objective, startDay: number, trigger: Campaign['trigger'], span: Span, dials: Dials): Campaign {
  const isJudgedAtOnce = soundKpis[objective] !== soundKpis.sale && uniform() < dials.mismatchedKpis;
  const isDiscount = uniform() < dials.discountCampaigns;
  const isOneUnit = uniform() < dials.oneUnitTargeting;
  const lead = uniform() < dials.briefedCampaigns ? -3 - drawIndex(uniform, 10) : 1 + drawIndex(uniform, 5);
  const looksAtService = uniform() < dials.afterSalesTargeting;
  return {
    id,
    name: `${words[objective]} ${id}`,
    objective,
    startDay,
    endDay: startDay + 6,
    trigger,
    channel: channelShares[drawIndex(uniform, channelShares.length)] ?? 0,
    cost: cents(drawLognormal(uniform, usualCost, 0.4) * at(dials.costs, placeOf(startDay, span))),
    kpi: isJudgedAtOnce
      ? (shuffled(uniform, ['clicks', 'opens'])[0] ?? 'clicks')
      : objective === 'service' && !looksAtService
        ? 'repeat purchase rate'
        : soundKpis[objective],
    horizonDays: uniform() < dials.shortHorizons ? 14 : 90,
    isBranded: uniform() < dials.brandedCampaigns,
    offerType: isDiscount ? 'discount' : (shuffled(uniform, ['points', 'gift', 'content', 'early access'])[0] ?? 'points'),
    depth: isDiscount ? 0.2 : 0,
    briefedDay: startDay + lead,
    mentionsProgramme: uniform() < dials.programmeMentions,
    targeting: `${isOneUnit ? 'purchases of unit North' : 'purchases in all units; days since last purchase; web visits'}${looksAtService ? '; complaints; returns' : ''}`,
    holdoutShare: dials.holdoutShare,
    unit: isOneUnit ? 'North' : 'All',
    attributionDays: dials.attributionDays,
    appeal: 1,
    worth: 1,
  };
}
