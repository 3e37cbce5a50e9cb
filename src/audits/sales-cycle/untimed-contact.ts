/** Does the moment of contact have anything to do with the customer's own rhythm of purchases? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { nuisanceSql, placesSql, sendsSql } from './untimed-contact.sql.js';
import { timingChart, timingEvidence } from './untimed-contact-exhibits.js';
import { batchDates, dateAreas, fewestRecipients, mostDates, phaseShares, timingMeasures } from './untimed-contact-measures.js';
import { explainTiming } from './untimed-contact-words.js';

/** Fewer comparisons than this cannot tell a habit from chance. */
const fewestCompared = 200;
/** Methodology §7.2: an offer within a fortnight of the purchase. */
const nuisanceDays = 14;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy, thresholds } = context;
  const found = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const sends = await engine.rows(sendsSql(engine.dialect, window));
  const { chosen, all } = batchDates(sends);
  if (chosen.length === 0) return { ...found, notEnough: `No dated send inside the window reached ${fewestRecipients} members or more on one day.` };
  const tables = {
    memberFacts: await derived.memberFacts(),
    purchaseDays: await derived.purchaseDays(),
    experimentUnits: await derived.experimentUnits(),
  };
  const rows = await engine.rows(placesSql(engine.dialect, window, tables, chosen));
  const recipients = rows.reduce((sum, row) => sum + row.recipients, 0);
  if (recipients < fewestCompared) {
    return {
      ...found,
      notEnough: `The sends need at least ${fewestCompared} contacts to members whose purchases before are in the files, some of whom bought more than once.`,
    };
  }
  const dates = dateAreas(rows, policy.screenLevel);
  const hasCategories =
    ['category', 'offer_id'].every((column) => context.filledShare('offers', column) > 0) && context.filledShare('transactions', 'category') > 0;
  const nuisance =
    hasCategories && context.filledShare('contacts', 'offer_id') > 0 ? await engine.rows(nuisanceSql(engine.dialect, window, nuisanceDays)) : null;
  const shares = phaseShares(rows);
  return {
    ...found,
    measures: timingMeasures(
      { sends, rows, dates, batches: all, nuisance, band: { low: thresholds.laterShare?.low ?? 0, high: thresholds.laterShare?.high ?? 1 } },
      policy,
    ),
    evidence: timingEvidence(dates, shares, sends, policy.smallCell),
    charts: [timingChart(shares)],
    caveats: caveatsOf(context, all > chosen.length),
  };
}

function caveatsOf(context: AuditContext, isSampled: boolean): string[] {
  const caveats = [
    'Days since the last purchase are measured in the member’s own rhythm (the median of the last five gaps; with fewer than three purchases drawn to the scheme’s usual gap), and only members who bought on about as many days of the year before are compared, so that choosing frequent buyers does not look like timing.',
    'Members silent for more than three of their own gaps are not compared: leaving them out, or writing to them, is a choice of people and not of the moment.',
    'A share away from one half shows that the choice goes with the cycle of purchases; it does not show that the cycle was looked at.',
  ];
  if (isSampled) caveats.push(`Of all sends ${mostDates} are compared, evenly spread over the window.`);
  if (context.filledShare('contacts', 'contacted_at') < 1) caveats.push('Contacts without a date of their own stand on the first day of their campaign.');
  if (!context.derived.hasConsents) caveats.push('Permissions are unknown, so some of the members left out may have asked not to be contacted.');
  return caveats;
}

export const untimedContact = defineAudit({
  id: 'untimed-contact',
  category: 'sales-cycle',
  question: 'Does the moment of contact follow the customer, or only the calendar?',
  why: 'A message helps most when the next purchase is near; one that follows the calendar alone comes too early for one customer and too late for the next.',
  problem: 'FP5',
  weight: 'medium',
  needs: { contacts: ['member_id', 'campaign_id'], transactions: ['member_id', 'occurred_at', 'net_amount'] },
  improves: {
    contacts: [
      { columns: ['contacted_at'], gain: 'the day of each message instead of the first day of its campaign' },
      { columns: ['trigger_type'], gain: 'tells messages that a customer’s own act sets off from those that everybody gets' },
      { columns: ['offer_id'], gain: 'with categories of offers and purchases, shows what is promoted just after it was bought' },
    ],
    campaigns: [{ columns: ['starts_at'], gain: 'dates contacts that have no date of their own' }],
    members: [{ columns: ['enrolled_at', 'closed_at'], gain: 'compares each send only with members who were in the scheme on its day' }],
    consents: [{ columns: ['status'], gain: 'leaves out members who may not be contacted' }],
  },
  minimum: { contacts: 200, transactions: 200 },
  thresholds: {
    laterShare: {
      levels: { low: 0.45, high: 0.55 },
      source: {
        kind: 'house',
        note: 'Five pairs in a hundred to either side of one half. No published level exists; one half itself is what a date chosen without the customer gives.',
      },
    },
    timedShare: {
      levels: { several: 0.2 },
      source: { kind: 'house', note: 'Sends that lean to opposite sides cancel in the average; a fifth of them is more than chance explains.' },
    },
    triggeredShare: {
      levels: { enough: 0.5 },
      source: { kind: 'house', note: 'Where most contacts are set off by what the customer does, dates of the rest matter less.' },
    },
  },
  notOfMembers: ['sends', 'batches', 'timedShare', 'calendarShare'],
  rivals: [
    {
      explanation: 'The calendar suits the trade, as before a holiday.',
      check: 'Recipients are compared with members who could have been contacted on the same day and buy about as often, which takes the calendar out.',
      open: 'Whether the right moment is before or after the usual day of purchase.',
    },
    {
      explanation: 'Purchases are missing from the files, so that members look late.',
      check: 'Both sides of the comparison are measured in the same files on the same day.',
      open: 'Purchases that are missing for one side more than for the other.',
    },
  ],
  measure,
  judge: (measures, thresholds) => {
    const area = measures.get('laterShare');
    const { low = 0, high = 1 } = thresholds.laterShare ?? {};
    if (area === undefined || area.value === null) return { status: 'watch', severity: 'low' };
    const isInside = (value: number): boolean => value > low && value < high;
    if (!isInside(area.value)) {
      // A share outside the levels that chance may have put there shows nothing of how dates are chosen.
      const isShown = area.interval !== undefined && (area.interval.low > 0.5 || area.interval.high < 0.5);
      return isShown ? { status: 'healthy', severity: 'none' } : { status: 'watch', severity: 'low' };
    }
    const isCertain = area.interval !== undefined && isInside(area.interval.low) && isInside(area.interval.high);
    const isMixed = (measures.value('timedShare') ?? 0) >= (thresholds.timedShare?.several ?? 1);
    const isTriggered = (measures.value('triggeredShare') ?? 0) >= (thresholds.triggeredShare?.enough ?? 1);
    return isCertain && !isMixed && !isTriggered ? { status: 'problem', severity: 'medium' } : { status: 'watch', severity: 'low' };
  },
  explain: explainTiming,
});
