import type { Measure } from '../../result/schema.js';
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { otherContactsSql } from './holdout-contamination.sql.js';
import { crossedMeasure, litTest, ratiosChart, toldMeasures } from './holdout-contamination-exhibits.js';
import { type Contamination, contaminationsOf } from './holdout-contamination-measures.js';
import { explainContamination, rivals } from './holdout-contamination-words.js';
import { byLight, cardMeasures, cardTable, cardThresholds, judgeCard, membersOf, readTests } from './test-card.js';

/** A quarter, over which value is followed; a fortnight is the least in which other messages can differ. */
const followUp = { longestDays: 90, fewestDays: 14 } as const;
const mostTold = 5;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy, thresholds, window } = context;
  const { tests, none } = await readTests(context);
  if (none !== null) return none;
  const { sends, groups } = await derived.testTotals();
  const rows = await engine.rows(otherContactsSql(engine.dialect, { units: await derived.experimentUnits(), sends, groups, toDay: window.toDay, ...followUp }));
  const { watch = 0, fail = 0 } = thresholds.crossedShare ?? {};
  const { low = 0, high = 0, falseDiscovery = 0 } = thresholds.otherRatio ?? {};
  const level = policy.headlineLevel;
  const all = contaminationsOf(tests, rows, { crossover: { watch, fail }, ratio: { low, high, falseDiscovery }, level });
  const lit = all.map((each) => litTest(each, policy.smallCell));
  const told = all
    .toSorted((a, b) => byLight[a.light] - byLight[b.light] || b.share - a.share || b.test.holdout - a.test.holdout || a.test.campaignKey - b.test.campaignKey)
    .slice(0, mostTold);
  const chart = ratiosChart(told);
  const members = membersOf(lit, 'members of tests whose holdout was reached, or was treated differently otherwise');
  const count = (id: string, label: string, isSo: (each: Contamination) => boolean): Measure => ({
    id,
    label,
    value: all.filter(isSo).length,
    unit: 'count',
    n: all.length,
  });
  return {
    measures: [
      ...cardMeasures(lit, 'members'),
      count('crossedTests', 'Tests in which too many of the holdout got the campaign', ({ crossoverLight }) => crossoverLight === 'fail'),
      count('unevenTests', 'Tests in which one side got more of the other messages', ({ othersLight }) => othersLight === 'fail'),
      count('withoutDays', 'Tests whose other messages could not be compared', ({ others }) => others === null),
      crossedMeasure(all, level),
      ...toldMeasures(told, level),
    ],
    evidence: [
      cardTable(
        'Was the holdout held out, and otherwise treated alike?',
        [
          { id: 'crossed', label: 'Members of the holdout who got the campaign', unit: 'count' },
          { id: 'share', label: 'Part of the holdout', unit: 'share' },
          { id: 'days', label: 'Days followed', unit: 'days' },
          { id: 'treatedOthers', label: 'Other messages a treated member', unit: 'contactsPerMember' },
          { id: 'holdoutOthers', label: 'Other messages a member of the holdout', unit: 'contactsPerMember' },
          { id: 'ratio', label: 'Holdout against treated', unit: 'ratio' },
          { id: 'low', label: 'Interval from', unit: 'ratio' },
          { id: 'high', label: 'Interval to', unit: 'ratio' },
        ],
        lit,
        policy.smallCell,
        'A message of the campaign counts from the day of the assignment on. Other messages are those of all other campaigns, over the days followed, the same for both sides. An empty cell stands for what is not known, for fewer members than may be shown, or for a ratio to none: where the treated got none there is nothing to divide by, and where one side got none there is no interval.',
      ),
    ],
    charts: chart === null ? [] : [chart],
    evidenceGrade: 'E4',
    ...(members === undefined ? {} : { members }),
    caveats: [
      ...(groups === 50
        ? []
        : [
            `With so many members in tests, those of ${groups} of 50 groups, formed from the customer number, stand for all where other messages are compared.`,
          ]),
      'Only messages that are on record can be seen; a holdout that heard of the offer at the till or from a friend looks untouched.',
      'A different number of other messages can itself be a result of the campaign, as when rules against too much contact hold back the treated; the campaign is then tested together with what it displaced.',
    ],
  };
}

export const holdoutContamination = defineAudit({
  id: 'holdout-contamination',
  category: 'measurement',
  question: 'Was the holdout really held out, and otherwise treated like everybody else?',
  why: 'A holdout that gets the campaign after all, or is written to more often by others, no longer shows what happens without it.',
  problem: 'FP7',
  weight: 'high',
  needs: { assignments: ['campaign_id', 'member_id', 'arm'], contacts: ['member_id', 'campaign_id'] },
  improves: {
    contacts: [{ columns: ['contacted_at'], gain: 'counts the other messages to both sides' }],
    assignments: [{ columns: ['assigned_at'], gain: 'tells messages before the assignment from those after it' }],
  },
  minimum: { assignments: 60, contacts: 60 },
  thresholds: {
    crossedShare: {
      levels: { watch: 0.005, fail: 0.02 },
      unit: 'share',
      source: {
        kind: 'house',
        note: 'Up to one in two hundred is an accident of the day; beyond one in fifty the difference of the arms is diluted for certain. A failure also needs an interval above the first level.',
      },
    },
    otherRatio: {
      levels: { low: 0.9, high: 1.1, falseDiscovery: 0.1 },
      unit: 'ratio',
      source: {
        kind: 'house',
        note: 'A tenth more or fewer other messages, by more than chance explains among all tests at once (Benjamini and Hochberg, the third level); a failure needs the whole interval beyond it.',
      },
    },
    ...cardThresholds,
  },
  notOfMembers: [
    'tests',
    'checked',
    'passed',
    'watched',
    'failed',
    'notTestable',
    'failedShare',
    'doubtfulShare',
    'crossedTests',
    'unevenTests',
    'withoutDays',
  ],
  rivals,
  measure,
  judge: judgeCard,
  explain: explainContamination,
});
