import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { armDeliverySql, campaignDeliverySql } from './analysed-as-delivered.sql.js';
import { type Delivery, deliveryOf } from './analysed-as-delivered-measures.js';
import { explainDelivery, rivals } from './analysed-as-delivered-words.js';
import { byLight, cardMeasures, cardTable, cardThresholds, judgeCard, type LitTest, membersOf, readTests, safeCount } from './test-card.js';

const mostTold = 5;

function litTest({ test, treated, holdout, hasAllResults, light, why }: Delivery, smallCell: number): LitTest {
  const { label } = test;
  const safe = (members: number): number | null => safeCount(members, smallCell);
  const results = hasAllResults ? [safe(treated.members - treated.withResult), safe(holdout.members - holdout.withResult)] : [null, null];
  return {
    label,
    treated: treated.members,
    holdout: holdout.members,
    weight: treated.members + holdout.members,
    light,
    why,
    cells: [
      safe(treated.members - treated.contacted),
      safe(treated.contacted - treated.delivered),
      ...results,
      safe(treated.linked),
      safe(holdout.linked),
      safe(treated.optedOut),
      safe(holdout.optedOut),
    ],
  };
}

function reachMeasures(told: readonly Delivery[], isDeliveryKnown: boolean, level: number): Measure[] {
  return told.map(({ test, treated }, index): Measure => {
    const { members, delivered } = treated;
    return {
      id: `reached.${index + 1}`,
      label: `Part of the treated members ${isDeliveryKnown ? 'whom the message reached' : 'with a message on record'}, ${test.label}`,
      value: delivered / members,
      unit: 'share',
      interval: { ...wilson(delivered, members, level), level, method: 'Wilson' },
      n: members,
    };
  });
}

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy, thresholds } = context;
  const { tests, none } = await readTests(context);
  if (none !== null) return none;
  const units = await derived.experimentUnits();
  const arms = await engine.rows(armDeliverySql(engine.dialect, units));
  const campaigns = await engine.rows(campaignDeliverySql(units));
  const limits = { p: thresholds.difference?.probability ?? 0, smallCell: policy.smallCell };
  const all = tests.map((test) => deliveryOf(test, arms, campaigns, limits));
  const lit = all.map((each) => litTest(each, policy.smallCell));
  const told = all
    .filter(({ treated }) => treated.contacted > 0)
    .sort((a, b) => byLight[a.light] - byLight[b.light] || b.treated.members - a.treated.members || a.test.campaignKey - b.test.campaignKey)
    .slice(0, mostTold);
  const members = membersOf(lit, 'members of tests from which some were left out after the draw');
  const isDeliveryKnown = ['delivered', 'bounced'].some((column) => context.filledShare('contacts', column) > 0);
  return {
    measures: [...cardMeasures(lit, 'members'), ...reachMeasures(told, isDeliveryKnown, policy.headlineLevel)],
    evidence: [
      cardTable(
        'Is everybody who was assigned still in the analysis?',
        [
          { id: 'uncontacted', label: 'Treated, no message on record', unit: 'count' },
          { id: 'undelivered', label: 'Treated, message did not arrive', unit: 'count' },
          { id: 'treatedMissing', label: 'Treated without a result', unit: 'count' },
          { id: 'holdoutMissing', label: 'Held out without a result', unit: 'count' },
          { id: 'treatedLinked', label: 'Treated with purchases before', unit: 'count' },
          { id: 'holdoutLinked', label: 'Held out with purchases before', unit: 'count' },
          { id: 'treatedOptOuts', label: 'Treated who opted out within 28 days', unit: 'count' },
          { id: 'holdoutOptOuts', label: 'Held out who opted out within 28 days', unit: 'count' },
        ],
        lit,
        policy.smallCell,
        'Members without a result are counted where the file of results names members without one too. Opt-outs inform only: the treated may opt out because they were written to. An empty cell stands for what is not known, or for fewer members than may be shown.',
      ),
    ],
    charts: [],
    evidenceGrade: 'E4',
    ...(members === undefined ? {} : { members }),
    caveats: [
      'Which members an analysis outside these files left out can be told from traces only: missing results, missing links, and members whose message did not arrive and who stand in no arm.',
      ...(isDeliveryKnown ? [] : ['Whether messages arrived is not on record, so every message on record counts as one that did.']),
      'Effects in this report are always those of the assignment: everybody drawn counts, reached or not.',
    ],
  };
}

export const analysedAsDelivered = defineAudit({
  id: 'analysed-as-delivered',
  category: 'measurement',
  question: 'Do tests count everybody who was assigned, or only those whom the message reached?',
  why: 'Whom a message reaches is no accident: leaving out bounces and late opt-outs on the treated side only compares reachable customers with everybody.',
  problem: 'FP7',
  weight: 'high',
  needs: { assignments: ['campaign_id', 'member_id', 'arm'] },
  improves: {
    contacts: [{ columns: ['delivered', 'bounced'], gain: 'tells who of the treated the message did not reach' }],
    outcomes: [{ columns: ['value'], gain: 'shows whose results are missing' }],
    transactions: [{ columns: ['member_id', 'occurred_at'], gain: 'shows whether the members of both arms link to purchases equally often' }],
    campaigns: [{ columns: ['reported_recipients'], gain: 'shows which number of recipients is reported' }],
  },
  minimum: { assignments: 60 },
  thresholds: {
    difference: {
      levels: { probability: 0.001 },
      unit: 'probability',
      source: { kind: 'convention', note: 'Both arms lose members equally often, by a chi-square test; below this probability they do not.' },
    },
    ...cardThresholds,
  },
  notOfMembers: ['tests', 'checked', 'passed', 'watched', 'failed', 'notTestable', 'failedShare', 'doubtfulShare'],
  rivals,
  measure,
  judge: judgeCard,
  explain: explainDelivery,
});
