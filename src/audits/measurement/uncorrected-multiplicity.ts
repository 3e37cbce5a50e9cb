import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { cardTable, readTests, withoutQuestion } from './test-card.js';
import { looksSql, successSql } from './uncorrected-multiplicity.sql.js';
import { claimsTable, litTests, measuresOf } from './uncorrected-multiplicity-exhibits.js';
import { bestOf, celebratedOf, claimsOf, looksOf } from './uncorrected-multiplicity-measures.js';
import { caveatsOf, explainMultiplicity, rivals } from './uncorrected-multiplicity-words.js';

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy, thresholds } = context;
  const { tests, none } = await readTests(context);
  if (none !== null) return none;
  const comparisons = tests.flatMap((test) => test.comparisons);
  const { nominal = 0, falseDiscovery = 0 } = thresholds.claim ?? {};
  const units = await derived.experimentUnits();
  const claims = claimsOf(comparisons, { nominal, falseDiscovery });
  const looks = looksOf(comparisons, await engine.rows(looksSql(units)), nominal);
  if (claims.length + looks.length < 2) {
    return withoutQuestion('The tests make fewer than two comparisons that can be judged, so there are no many to correct for.');
  }
  const celebrated = celebratedOf(await engine.rows(successSql(units, await derived.campaignFacts())));
  const found = { claims, looks, celebrated, best: bestOf(claims) };
  const lit = litTests(found);
  const isReady = claims.some(({ outcome }) => outcome.isReady);
  return {
    measures: measuresOf(found, new Set(lit.map(({ label }) => label)).size, { level: policy.headlineLevel, nominal }),
    evidence: [
      cardTable(
        'How often was each test looked at?',
        [
          { id: 'comparisons', label: 'Outcomes compared', unit: 'count' },
          { id: 'nominal', label: 'Look like an effect alone', unit: 'count' },
          { id: 'survivors', label: 'Hold among all', unit: 'count' },
          { id: 'looks', label: 'Outcomes with several lengths of time', unit: 'count' },
          { id: 'fickle', label: 'Come and go with it', unit: 'count' },
        ],
        lit,
        policy.smallCell,
        'A fail means that the answer depends on the day on which one looks; a watch that something looks like an effect only while nothing else is counted.',
      ),
      claimsTable(claims, celebrated),
    ],
    charts: [],
    evidenceGrade: 'E4',
    caveats: caveatsOf({ isReady, celebrated }),
  };
}

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const fickle = measures.value('fickleShare') ?? 0;
  const isMany = (measures.value('fickleTests') ?? 0) >= (thresholds.fickleTests?.problem ?? Number.POSITIVE_INFINITY);
  // With many outcomes and lengths of time results come and go in most tests by chance alone.
  const isHabit = isMany && (measures.value('fickleChance') ?? 1) < (thresholds.claim?.nominal ?? 0);
  if (isHabit && fickle > (thresholds.fickleShare?.problem ?? 1)) return { status: 'problem', severity: 'high' };
  const lost = measures.value('lostShare');
  // A sound programme shows some of both by chance: worth a look is what chance seldom brings, or what somebody may have claimed.
  const isFickle = fickle > (thresholds.fickleShare?.watch ?? 1) && (measures.value('fickleChance') ?? 1) < (thresholds.claim?.falseDiscovery ?? 0);
  const isClaimed = (measures.value('celebratedLost') ?? 0) > 0;
  if (isFickle || (isClaimed && lost !== null && lost > (thresholds.lostShare?.watch ?? 1))) return { status: 'watch', severity: 'low' };
  return lost === null ? { status: 'informative', severity: 'none' } : { status: 'healthy', severity: 'none' };
}

export const uncorrectedMultiplicity = defineAudit({
  id: 'uncorrected-multiplicity',
  category: 'measurement',
  question: 'Do the apparent effects hold when everything that was looked at is counted?',
  why: 'Of twenty comparisons in which nothing happened one looks like an effect, so whoever looks often enough always finds a success.',
  problem: 'FP7',
  weight: 'high',
  needs: { assignments: ['campaign_id', 'member_id', 'arm'] },
  improves: {
    outcomes: [{ columns: ['window_days'], gain: 'shows whether a result was read after several lengths of time' }],
    campaigns: [{ columns: ['reported_revenue'], gain: 'shows which campaigns are celebrated as successes' }],
  },
  minimum: { assignments: 60 },
  thresholds: {
    claim: {
      levels: { nominal: 0.05, falseDiscovery: 0.1 },
      unit: 'probability',
      source: {
        kind: 'convention',
        citation: 'Benjamini & Hochberg 1995, doi 10.1111/j.2517-6161.1995.tb02031.x',
        note: 'The usual one in twenty for a comparison alone; among all comparisons at most one in ten of the effects stated may be false.',
      },
    },
    lostShare: {
      levels: { watch: 0.25 },
      source: { kind: 'house', note: 'A quarter of the apparent effects is more than the one in ten that the adjustment lets pass.' },
    },
    fickleShare: {
      levels: { watch: 0, problem: 0.5 },
      plausible: { watch: [0, 0.25], problem: [0.25, 0.75] },
      source: {
        kind: 'house',
        note: 'By members, of the tests with several lengths of time on record: one that comes and goes is worth a look, more than half is no accident.',
      },
    },
    fickleTests: { levels: { problem: 3 }, unit: 'count', source: { kind: 'house', note: 'In one or two tests a result comes and goes by chance.' } },
  },
  notOfMembers: ['*'],
  rivals,
  measure,
  judge,
  explain: explainMultiplicity,
});
