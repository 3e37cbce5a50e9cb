/** Do the same customers get most of the contact? Compared with random selection at the same campaign sizes. */
import { benchmarkContacts } from '../../statistics/contact-benchmark.js';
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { contactHistogramSql, waveSizesSql } from './concentrated-contact.sql.js';
import { contactChart, contactEvidence, contactMeasures } from './contact-measures.js';

const fewestMembers = 50;
const fewestContacts = 200;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy } = context;
  const [contactFacts, memberFacts] = [await derived.contactFacts(), await derived.memberFacts()];
  const waves = (await engine.rows(waveSizesSql(contactFacts, window))).flatMap((row) =>
    Array.from({ length: row.waves }, () => ({ day: row.day, size: row.size })),
  );
  const rows = await engine.rows(contactHistogramSql(engine.dialect, contactFacts, memberFacts, window));
  const cells = rows
    .filter((row) => row.can_be_contacted === 'yes')
    .map((row) => ({ contacts: row.contacts, fromDay: row.from_day, toDay: row.to_day, members: row.members }));
  const members = cells.reduce((sum, cell) => sum + cell.members, 0);
  const contacts = cells.reduce((sum, cell) => sum + cell.contacts * cell.members, 0);
  if (members < fewestMembers || contacts < fewestContacts) {
    return {
      measures: [
        { id: 'members', label: 'Members who could have been contacted', value: members, unit: 'count', n: members },
        { id: 'contacts', label: 'Marketing contacts', value: contacts, unit: 'count', n: contacts },
      ],
      evidence: [],
      charts: [],
      evidenceGrade: 'E4',
      notEnough: `The comparison with chance needs at least ${fewestContacts} marketing contacts to ${fewestMembers} members inside the window.`,
    };
  }
  const benchmark = benchmarkContacts(cells, waves, {
    windowDays: window.days,
    draws: policy.draws,
    seed: context.seed,
    screenLevel: policy.screenLevel,
    bandLevel: policy.headlineLevel,
  });
  const excludedFor = (reason: 'no permission' | 'held out'): number => rows.reduce((sum, row) => sum + (row.can_be_contacted === reason ? row.members : 0), 0);
  const excluded = { withoutPermission: excludedFor('no permission'), heldOut: excludedFor('held out') };
  const never = benchmark.distribution[0]?.observed ?? 0;
  return {
    measures: contactMeasures(benchmark, excluded, policy),
    evidence: contactEvidence(benchmark, policy.smallCell),
    charts: [contactChart(benchmark, policy.smallCell)],
    evidenceGrade: 'E4',
    members: { value: never, meaning: 'members who could have been contacted and were not' },
    caveats: caveatsOf(
      context,
      waves.some((wave) => wave.day === null),
      excluded.heldOut > 0,
    ),
  };
}

function caveatsOf(context: AuditContext, hasUndated: boolean, hasHeldOut: boolean): string[] {
  const caveats = ['Concentration is not wrong in itself: choosing customers by value or by stage of life concentrates contact on purpose.'];
  if (context.filledShare('members', 'enrolled_at') === 0) {
    caveats.push(
      'Joining dates are unknown, so every member counts as eligible all the time; recent joiners then look neglected and the excess is overstated.',
    );
  }
  if (hasUndated) caveats.push('Some contacts have no date, not even that of their campaign; every member counts as eligible for them.');
  if (hasHeldOut) {
    caveats.push(
      'Members whom a test kept out and nobody contacted are left out; those kept out of one campaign and contacted by another count as eligible for both.',
    );
  }
  if (!context.derived.hasConsents) {
    caveats.push('Permissions are unknown, so members who may not be contacted count as if they could be, which overstates the excess.');
  }
  return caveats;
}

export const concentratedContact = defineAudit({
  id: 'concentrated-contact',
  category: 'targeting',
  question: 'Do the same customers get most of the contact?',
  why: 'When every campaign picks the same people, they tire of it and everybody else is left alone, though each campaign looks sensible by itself.',
  problem: 'FP8',
  weight: 'high',
  needs: { contacts: ['member_id', 'campaign_id'] },
  improves: {
    members: [{ columns: ['enrolled_at', 'closed_at'], gain: 'compares each campaign only with members who were in the scheme on its day' }],
    consents: [{ columns: ['status'], gain: 'leaves out members who may not be contacted' }],
    campaigns: [{ columns: ['starts_at'], gain: 'dates contacts that have no date of their own' }],
  },
  minimum: { contacts: fewestContacts },
  thresholds: {
    excessGini: {
      levels: { watch: 0.1, high: 0.25 },
      source: { kind: 'house', note: 'No published cut-off exists. The scale is set by the data itself: 0 is random selection at the same campaign sizes.' },
    },
    topDecileRatio: {
      levels: { watch: 2, high: 3 },
      source: { kind: 'house', note: 'The top tenth receives twice, or three times, what random selection would give it.' },
    },
  },
  notOfMembers: ['neverContactedExpected', 'topDecile*', 'topQuintile*'],
  sums: [['members', 'contactedMembers', 'neverContacted']],
  rivals: [
    {
      explanation: 'Even a draw by lot gives some members more than others.',
      check: 'What is judged is the excess over a random choice at the same sizes of campaign among those who could be contacted.',
      open: 'Permission is that of the end of the window.',
    },
    {
      explanation: 'Those members are contacted more because they are worth more.',
      check:
        'None in this finding, which does not look at value: it calls concentration a choice, and refers to those on fatigue, repeated responders and neglected members.',
      open: 'Whether they would have bought anyway only a holdout can say.',
    },
  ],
  measure,
  judge: (measures, { excessGini, topDecileRatio }) => {
    const excess = measures.value('excessGini') ?? 0;
    const ratio = measures.value('topDecileRatio') ?? 0;
    const certain = measures.get('excessGini')?.interval?.low ?? excess;
    const [watch = 0, high = 0] = [excessGini?.watch, excessGini?.high];
    if ((excess > high && certain > watch) || ratio > (topDecileRatio?.high ?? 0)) return { status: 'problem', severity: 'medium' };
    if (excess > watch || ratio > (topDecileRatio?.watch ?? 0)) return { status: 'watch', severity: 'low' };
    return { status: 'healthy', severity: 'none' };
  },
  explain: (measures, { status }) => {
    const basis =
      measures.get('giniOfContacts') === undefined ? 'contacts a member' : 'contacts a month of membership, because members joined at different times';
    const condition =
      'The tenth of members with most contacts received {topDecileShare} of all contacts; with every campaign at its size but its members drawn at random it would have received {topDecileExpected}. That is {topDecileRatio} the share that chance gives ({topDecileRatio.interval}). {neverContacted} of {members} members ({neverContactedShare}) received nothing, where chance would have left out {neverContactedExpected}.';
    const criterion = `Excess concentration is {excessGini} ({excessGini.interval}), reckoned from ${basis}: 0 is random selection, 1 is one member receiving everything. Above {threshold.excessGini.watch} it deserves a look, above {threshold.excessGini.high} it is concentrated; a top tenth with more than {threshold.topDecileRatio.watch} its chance share deserves a look, with more than {threshold.topDecileRatio.high} it is concentrated.`;
    if (status === 'healthy') {
      return {
        condition,
        criterion,
        consequence: 'The concentration is below the level at which it deserves a look; that does not say that members are drawn at random.',
        action: 'Nothing needs to change here. A spread like this is no proof that the right people are chosen: look at the value of those who are contacted.',
        wouldChangeOurMind: 'Contacts that are not in these files, such as another channel or another business unit, that go to the same people again.',
      };
    }
    return {
      condition,
      criterion,
      consequence:
        'By itself this is a choice, not a fault. It becomes one together with any of three others: response falls and opt-outs rise among those contacted most, the contacts bring no sales that would not have come anyway, or the members left alone hold value.',
      action:
        'Read this next to the findings on contact fatigue, repeated responders and neglected members. Then give each campaign a random tenth of its places to eligible members outside the usual selection, and compare their sales with those of a holdout group, drawn the same way and not contacted.',
      wouldChangeOurMind:
        'A documented selection by expected extra sales, with holdout groups that show a gain among the members contacted most; or permissions and joining dates that show that the others could not be contacted.',
    };
  },
});
