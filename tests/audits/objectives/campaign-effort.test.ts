import { expect, test } from 'vitest';
import { effortShare } from '../../../src/audits/objectives/campaign-effort.js';
import { dayOf } from '../../../src/model/days.js';
import { drawCalendar } from '../../../src/simulator/programme/calendar.js';
import { type Dials, soundProgramme } from '../../../src/simulator/programme/dials.js';

const endDay = dayOf('2025-01-01');
const policy = { screenLevel: 0.9, headlineLevel: 0.95, smallCell: 10, draws: 100 };

type Campaign = ReturnType<typeof drawCalendar>[number];

/** Of the plans of so many programmes, the share whose interval holds the chance with which campaigns were drawn. */
function heldShare(chance: number, dials: Partial<Dials>, isMeant: (campaign: Campaign) => boolean): number {
  const plans = 2000;
  const held = Array.from({ length: plans }, (_, seed) => {
    const campaigns = drawCalendar(seed, { firstDay: endDay - 365, endDay }, { ...soundProgramme, ...dials });
    const parts = campaigns.map((campaign) => ({ numerator: isMeant(campaign) ? campaign.cost : 0, denominator: campaign.cost }));
    const { interval } = effortShare('share', 'share', parts, { policy });
    return interval !== undefined && interval.low <= chance && chance <= interval.high;
  });
  return held.filter(Boolean).length / plans;
}

test('the share of effort holds its chance in about nine of ten plans, near the end of the scale as well', () => {
  const shares = [
    heldShare(0.93, { shortHorizons: 0.93 }, ({ horizonDays }) => horizonDays === 14),
    heldShare(0.95, { relationshipCampaigns: 0.05 }, ({ objective }) => objective === 'sale' || objective === 'acquisition'),
    heldShare(0.3, { shortHorizons: 0.3 }, ({ horizonDays }) => horizonDays === 14),
  ];
  for (const share of shares) {
    expect(share).toBeGreaterThan(0.87);
    expect(share).toBeLessThan(0.95);
  }
});
