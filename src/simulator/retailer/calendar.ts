/** The year's campaigns of the simulated retailer, as data. */
import { dayOf } from '../../model/days.js';
import type { Objective } from '../../model/objectives.js';

export const firstDay = dayOf('2024-01-01');
export const lastDay = dayOf('2024-12-31');
/** Every campaign is credited with the sales of so many days from its message. */
export const attributionDays = 14;

/** Randomised tests: who would respond, and what the contact changes. Money effects follow from the extra orders. */
export interface PlannedTest {
  readonly kind: 'win' | 'hollow';
  readonly holdoutShare: number;
  /** Mean extra orders per member in the effect period, for those who respond and for those who do not. */
  readonly extraOrdersOfResponders: number;
  readonly extraOrdersOfNonResponders: number;
  readonly effectDays: number;
}

export interface PlannedCampaign {
  readonly code: string;
  readonly name: string;
  /** What the calendar says; empty where nobody filled it in. */
  readonly objectiveText: string;
  /** What it is really for; null where neither objective nor name tells. */
  readonly objective: Objective | null;
  readonly startDay: number;
  readonly days: number;
  readonly selection: 'past-spend' | 'recent-joiners' | 'lapsed' | 'everybody';
  /** Share of the eligible members that is selected. */
  readonly share: number;
  /** Multiplies each member's own readiness to respond. */
  readonly appeal: number;
  readonly fixedCost: number;
  readonly costPerContact: number;
  readonly offer: string;
  readonly discountShare: number;
  readonly kpi: string;
  readonly kpiDays: number;
  readonly test?: PlannedTest;
  /** The age of the opt-out list that was used: members who opted out since are contacted all the same. */
  readonly staleListDays?: number;
  /** Code in the catalogue of offers; empty where the message carried none. */
  readonly offerCode: string;
  /** The theme of the brand that the calendar names; empty where it names none. */
  readonly brandTheme: string;
  readonly mentionsProgramme: boolean;
  /** First day on which the front line knew; null where nobody noted it. */
  readonly briefedDay: number | null;
  /** What the selection looked at, in the calendar’s words. */
  readonly targeting: string;
}

/** What the calendar says beyond goal and cost, filled in below. */
type Conduct = 'offerCode' | 'brandTheme' | 'mentionsProgramme' | 'briefedDay' | 'targeting';

type Plan = readonly [date: string, days: number, name: string, objectiveText: string, share: number, appeal: number, fixedCost: number];

const planned = (
  objective: Objective | null,
  [date, days, name, objectiveText, share, appeal, fixedCost]: Plan,
  more: Partial<PlannedCampaign>,
): Omit<PlannedCampaign, 'code' | Conduct> => ({
  name,
  objectiveText,
  objective,
  startDay: dayOf(date),
  days,
  selection: 'past-spend',
  share,
  appeal,
  fixedCost,
  costPerContact: 0.06,
  offer: 'Discount',
  discountShare: 0.2,
  kpi: 'Redemption rate',
  kpiDays: 14,
  ...more,
});
const sale = (discountShare: number, ...plan: Plan) => planned('sale', plan, { discountShare });
const acquisition = (...plan: Plan) => planned('acquisition', plan, { offer: 'Referral reward', discountShare: 0, kpi: 'New members', kpiDays: 30 });

const plans: readonly Omit<PlannedCampaign, 'code' | Conduct>[] = [
  sale(0.3, '2024-01-08', 14, 'January Clearance 30% Off', 'Immediate sale', 0.42, 0.9, 2400),
  acquisition('2024-01-25', 21, 'Bring a Friend January', 'Acquisition', 0.36, 0.7, 2100),
  sale(0.15, '2024-02-08', 7, 'Valentine Weekend Offer', 'Immediate sale', 0.44, 1, 2200),
  acquisition('2024-02-22', 28, 'New Member Drive Spring', 'Acquisition', 0.34, 0.6, 2600),
  sale(0.15, '2024-03-04', 7, 'Mothering Sunday Gift Offer', 'Immediate sale', 0.46, 1.2, 2300),
  sale(0.2, '2024-03-21', 11, 'Easter 20% Off Sale', '', 0.48, 1.1, 2500),
  planned('development', ['2024-04-22', 56, 'More Visits Challenge', 'Development', 1, 1, 1500], {
    selection: 'everybody',
    offer: 'Bonus points',
    discountShare: 0,
    kpi: 'Visits per member',
    kpiDays: 90,
    test: { kind: 'win', holdoutShare: 0.5, extraOrdersOfResponders: 2.2, extraOrdersOfNonResponders: 0.45, effectDays: 60 },
  }),
  sale(0.2, '2024-05-02', 6, 'May Bank Holiday Sale', 'Immediate sale', 0.44, 0.9, 2100),
  acquisition('2024-05-20', 28, 'Refer a Friend Summer', 'Acquisition', 0.36, 0.7, 2000),
  planned(null, ['2024-06-06', 14, 'Project Bluebird', '', 0.4, 0.8, 1700], { offer: '', kpi: '' }),
  sale(0.25, '2024-06-20', 14, 'Summer Sale Preview', 'Immediate sale', 0.48, 1.1, 2600),
  planned('activation', ['2024-07-04', 30, 'Welcome to the Club', 'Activation', 0.7, 1, 600], {
    selection: 'recent-joiners',
    offer: 'Bonus points',
    discountShare: 0,
  }),
  sale(0.2, '2024-07-18', 4, 'July Flash Sale', 'Immediate sale', 0.42, 1, 1900),
  sale(0.15, '2024-08-08', 18, 'Back to School 15% Off', 'Immediate sale', 0.44, 0.8, 2300),
  planned('win-back', ['2024-08-15', 28, 'We Miss You', 'Win-back', 0.6, 0.6, 1100], { selection: 'lapsed', kpi: 'Reactivated members', kpiDays: 30 }),
  planned('sale', ['2024-08-26', 28, 'Autumn Gift with Purchase', 'Immediate sale', 1, 1, 600], {
    selection: 'everybody',
    costPerContact: 7.2,
    offer: 'Gift',
    discountShare: 0,
    test: { kind: 'hollow', holdoutShare: 0.5, extraOrdersOfResponders: 0, extraOrdersOfNonResponders: 0, effectDays: 60 },
  }),
  acquisition('2024-09-12', 28, 'New Member Drive Autumn', 'Acquisition', 0.34, 0.6, 2600),
  { ...sale(0.2, '2024-09-26', 5, 'Harvest Weekend Deals', 'Immediate sale', 0.44, 0.9, 2000), staleListDays: 90 },
  sale(0.2, '2024-10-17', 14, 'Half Term Flash Sale', 'Immediate sale', 0.42, 0.9, 1900),
  planned(null, ['2024-10-31', 14, 'CRM 0417 Wave B', '', 0.38, 0.8, 1600], { offer: '', kpi: '' }),
  sale(0.25, '2024-11-25', 5, 'Black Friday 25% Off', 'Immediate sale', 0.52, 1.4, 3200),
  sale(0.2, '2024-12-02', 3, 'Cyber Monday Offers', 'Immediate sale', 0.46, 1.1, 2200),
  sale(0.1, '2024-12-09', 14, 'Christmas Voucher', 'Immediate sale', 0.5, 1.3, 3000),
  sale(0.3, '2024-12-26', 6, 'Boxing Day Clearance', 'Immediate sale', 0.46, 0.8, 2200),
];

/** Days from the briefing of the tills to the first day of each campaign, in its order: below zero came too late, null was not noted. */
const briefingLeads: readonly (number | null)[] = [-3, 4, -1, -5, -2, null, 10, -2, 3, null, -4, 6, -1, -3, 2, 7, -6, -1, -2, null, -1, -1, 1, null];

const targetingTexts: Readonly<Record<PlannedCampaign['selection'], string>> = {
  'past-spend': 'net spend 12 months',
  'recent-joiners': 'join date',
  lapsed: 'last order date',
  everybody: 'all members',
};

/** Members’ offers: the same few for everybody, whoever they are. */
export interface PlannedOffer {
  readonly code: string;
  readonly type: string;
  /** Pounds off, or what the gift or the points are worth. */
  readonly value: number;
}

export const offers: readonly PlannedOffer[] = [
  { code: 'S10', type: 'Discount', value: 4 },
  { code: 'S15', type: 'Discount', value: 6 },
  { code: 'S20', type: 'Discount', value: 8 },
  { code: 'S25', type: 'Discount', value: 10 },
  { code: 'S30', type: 'Discount', value: 12 },
  { code: 'F5', type: 'Referral reward', value: 5 },
  { code: 'B200', type: 'Bonus points', value: 2 },
  { code: 'G7', type: 'Gift', value: 7 },
];

function offerCodeOf({ offer, discountShare }: Omit<PlannedCampaign, 'code' | Conduct>): string {
  if (offer === 'Discount') return `S${Math.round(discountShare * 100)}`;
  return offers.find(({ type }) => type === offer)?.code ?? '';
}

function brandThemeOf({ objective, startDay }: Omit<PlannedCampaign, 'code' | Conduct>): string {
  if (objective === null) return '';
  return startDay < dayOf('2024-07-01') ? 'Made to Last' : 'At Home with You';
}

export const campaigns: readonly PlannedCampaign[] = plans.map((plan, index) => {
  const lead = briefingLeads[index] ?? null;
  return {
    code: `GB24-${String(index + 1).padStart(2, '0')}`,
    ...plan,
    offerCode: offerCodeOf(plan),
    brandTheme: brandThemeOf(plan),
    mentionsProgramme: plan.objective !== null && index % 3 !== 0,
    briefedDay: lead === null ? null : plan.startDay - lead,
    targeting: targetingTexts[plan.selection],
  };
});

/** Cost of a campaign that contacted `contacts` members, in pounds: creation and production, and the price of each message or gift. */
export function campaignCost(campaign: PlannedCampaign, contacts: number): number {
  return Math.round((campaign.fixedCost + campaign.costPerContact * contacts) * 100) / 100;
}
