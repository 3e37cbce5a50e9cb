/** Do members hear from the scheme when something happens to them in it? Compared with what chance gives the same members. */
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { eventsSql, stretchesSql, surveySql } from './silent-events.sql.js';
import {
  announcedOf,
  eventChart,
  eventEvidence,
  eventMeasures,
  judgedOf,
  kindWords,
  membersOf,
  ofKind,
  silentRows,
  worstOf,
} from './silent-events-measures.js';
import { announcedIn, caveatsOf, explain } from './silent-events-words.js';

/** With fewer contacts dated, messages would be missed. */
const leastDated = 0.9;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy, thresholds } = context;
  const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  if (context.filledShare('contacts', 'contacted_at') < leastDated) {
    return { ...blank, notEnough: 'Too many contacts have no date, so a message around an event cannot be told.' };
  }
  const [survey] = await engine.rows(surveySql(engine.dialect, window));
  if (survey === undefined || survey.first_day === null || survey.last_day === null) return { ...blank, notEnough: 'No dated contact lies inside the window.' };
  const query = { memberFacts: await derived.memberFacts(), firstDay: survey.first_day, lastDay: survey.last_day, hasExpiries: survey.expiries > 0 };
  const rows = await engine.rows(eventsSql(engine.dialect, query));
  const counted = eventMeasures(rows, await engine.rows(stretchesSql(engine.dialect, query)), policy);
  const announced = announcedOf(counted);
  if (announced.length === 0) {
    const notEnough =
      'No kind of event can be set against chance: too few can be seen with the days around them, or they fall on the same few days, or messages go out so often that hardly three weeks are without one.';
    return { ...blank, measures: counted, notEnough };
  }
  const worst = worstOf(announced);
  const least = counted.find(({ id }) => id === `${worst}Announced`);
  const measures = least === undefined ? counted : [...counted, { ...least, id: 'announcedShare', label: `${least.label}: the kind that is judged` }];
  const silent = membersOf(silentRows(ofKind(rows, worst)));
  return {
    measures,
    evidence: [eventEvidence(measures)],
    charts: [eventChart(measures, thresholds.announcedShare?.watch ?? 0)],
    evidenceGrade: 'E4',
    ...(silent > 0 && silent < policy.smallCell ? {} : { members: { value: silent, meaning: `members with ${kindWords[worst]} and no message around them` } }),
    caveats: caveatsOf(survey.expiries > 0, context),
  };
}

function judge(measures: Measures, { announcedShare }: Thresholds): Verdict {
  const { watch = 0, problem = 0 } = announcedShare ?? {};
  const announced = judgedOf(announcedIn(measures));
  if (announced.some(({ kind, value, high }) => kind !== 'anniversary' && value < problem && high < watch)) return { status: 'problem', severity: 'medium' };
  return announced.some(({ value }) => value < watch) ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
}

export const silentEvents = defineAudit({
  id: 'silent-events',
  category: 'communication',
  question: 'Do members hear from the scheme when something happens to them?',
  why: 'A new tier or expiring points are the moments at which members look at a scheme; silence then tells them that nobody else does.',
  problem: 'FP4',
  weight: 'medium',
  needs: { contacts: ['member_id', 'contacted_at'] },
  improves: {
    tiers: [{ columns: ['tier', 'valid_from'], gain: 'looks for a message around each change of tier' }],
    points: [
      { columns: ['type', 'occurred_at'], gain: 'looks for a message around each expiry of points' },
      { columns: ['value_amount'], gain: 'says what the points were worth that expired in silence' },
    ],
    members: [{ columns: ['enrolled_at'], gain: 'looks for a message around each anniversary of joining' }],
    consents: [{ columns: ['status'], gain: 'leaves out members who may not be contacted' }],
  },
  minimum: { contacts: 50 },
  thresholds: {
    announcedShare: {
      levels: { watch: 0.5, problem: 0.2 },
      source: {
        kind: 'house',
        note: 'No published cut-off exists. 0 is what chance gives the same members on other days, so the scale is set by the data itself.',
      },
    },
  },
  rivals: [
    {
      explanation: 'The notice was given in the account, in the app or on the receipt.',
      check: 'Every dated message in the files near the event counts, whatever its channel, service messages too.',
      open: 'Notices outside the files.',
    },
    {
      explanation: 'Members hear so much that any event has a message near it.',
      check: 'The same members are looked at on other dates, and what happens on any date is taken away.',
      open: 'A change of tier follows purchases, and purchases draw messages, so that coverage is overstated rather than understated.',
    },
  ],
  measure,
  judge,
  explain,
});
