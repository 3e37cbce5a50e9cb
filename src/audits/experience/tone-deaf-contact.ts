/** Are members sold to while something they complained of is still unsettled? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { count, totalOf } from './figures.js';
import { complainersSql, messageWeeksSql, toneDeafSql } from './tone-deaf-contact.sql.js';
import { complainersMoney, toneDeafEvidence, toneDeafMeasures, weeksChart } from './tone-deaf-measures.js';

const fewestComplaints = 30;
const valueWords = { margin: 'margin', revenue: 'net sales', 'reported-total': 'reported spend' } as const;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy } = context;
  const days = context.thresholds.toneDeafDays?.days ?? 0;
  const terms = { window, days, campaignObjectives: await derived.campaignObjectives() };
  const rows = await engine.rows(toneDeafSql(engine.dialect, terms));
  const complaints = rows.filter((row) => row.kind === 'complaint');
  const open = totalOf(complaints, (row) => row.open);
  if (open < fewestComplaints) {
    const measures = [count('openComplaints', 'Complaints that can be followed and were not settled by the next day', open)];
    return {
      measures,
      evidence: [],
      charts: [],
      evidenceGrade: 'E4',
      notEnough: `The question needs at least ${fewestComplaints} complaints of members, not settled by the next day, that can be followed to the end of the days looked at.`,
    };
  }
  const words = derived.valueBasis === null ? null : valueWords[derived.valueBasis];
  const members = await engine.rows(complainersSql(engine.dialect, terms, await derived.memberFacts()));
  const money = complainersMoney(members, words, policy);
  return {
    measures: toneDeafMeasures(rows, days, policy),
    evidence: toneDeafEvidence(rows, context),
    charts: weeksChart(await engine.rows(messageWeeksSql(engine.dialect, terms)), context),
    evidenceGrade: 'E4',
    ...(money === undefined ? {} : { money }),
    members: { value: totalOf(members, (row) => row.members), meaning: 'members who were sent a sales message while their complaint was open' },
    caveats: caveatsOf(context),
  };
}

function caveatsOf({ filledShare }: AuditContext): string[] {
  return [
    'A sales message is any marketing message that is not known to serve: a campaign whose purpose cannot be read counts as one.',
    ...(filledShare('service_events', 'resolved_at') === 0
      ? ['When complaints were settled is not known, so every complaint counts as open for all of the days looked at.']
      : ['A complaint without a date of settlement counts as still open.']),
    'Whether such messages make members leave is not said here: those who are written to buy more often than others to begin with, and only a test can tell the two apart.',
  ];
}

export const toneDeafContact = defineAudit({
  id: 'tone-deaf-contact',
  category: 'experience',
  question: 'Are members sold to while their complaint is open?',
  why: 'An offer that arrives while a complaint lies unanswered tells the customer that nobody in the house talks to anybody else.',
  problem: 'MF4',
  weight: 'medium',
  needs: { service_events: ['member_id', 'occurred_at', 'type'], contacts: ['member_id', 'campaign_id', 'contacted_at'] },
  improves: {
    service_events: [{ columns: ['resolved_at'], gain: 'tells a complaint that is still open from one that has been settled' }],
    contacts: [{ columns: ['is_transactional'], gain: 'tells a service message from a sales message' }],
    campaigns: [{ columns: ['objective'], gain: 'tells a service campaign from a sales campaign' }],
  },
  minimum: { service_events: fewestComplaints },
  thresholds: {
    toneDeafShare: {
      levels: { watch: 0.1, high: 0.2 },
      source: { kind: 'house', note: 'No published figure exists. One open complaint in five that meets a sales message is no longer an accident.' },
    },
    toneDeafDays: {
      levels: { days: 14 },
      source: { kind: 'house', note: 'A fortnight: long enough to settle most complaints, short enough that the customer still remembers.' },
    },
  },
  sums: [
    ['complaints', 'openComplaints'],
    ['openComplaints', 'toneDeafComplaints'],
  ],
  rivals: [
    {
      explanation: 'The messages were answers to the complaint, filed as marketing.',
      check: 'Service messages are left out wherever the files mark them, and the purpose of each campaign is read.',
      open: 'A message without a mark and without a readable purpose counts as one that sells.',
    },
    {
      explanation: 'The complaints had been settled, and nobody closed them in the system.',
      check: 'An open complaint counts for a limited number of days only.',
      open: 'Within those days a settled complaint that was never closed still counts.',
    },
  ],
  measure,
  judge: (measures, { toneDeafShare }) => {
    const share = measures.get('toneDeafShare');
    const value = share?.value ?? 0;
    const [watch = 0, high = 0] = [toneDeafShare?.watch, toneDeafShare?.high];
    if (value > high && (share?.interval?.low ?? 0) > watch) return { status: 'problem', severity: 'medium' };
    return value > watch ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: (measures, { status }) => {
    const change = measures.get('changeOnBefore');
    const compared = measures.get('afterShare') === undefined;
    const range = change?.interval === undefined ? '' : ' ({changeOnBefore.interval})';
    const before = compared
      ? ''
      : ` For comparison: settled or not, {afterShare} of complaints were followed by a sales message within that time, and {beforeShare} of the same complaints had one in the fortnight that ended 15 days before; the difference is {changeOnBefore}${range}.`;
    const heed = (change?.interval?.high ?? 0) < 0;
    const isMore = (change?.interval?.low ?? 0) > 0;
    const noHeed =
      compared || heed
        ? ''
        : isMore
          ? ' The members concerned hear more after a complaint than before it: nothing in the selection seems to take notice.'
          : ' The members concerned hear as much after a complaint as before it, or the difference is within chance: nothing in the selection seems to take notice.';
    return {
      condition: `{toneDeafShare} of complaints that were not settled by the next day ({toneDeafShare.interval}), {toneDeafComplaints} of {openComplaints}, met a sales message within {toneDeafDays}, while they were still open.${before}`,
      criterion: 'Above {threshold.toneDeafShare.watch} it deserves a look, above {threshold.toneDeafShare.high} it is a habit.',
      consequence:
        status === 'healthy'
          ? 'Few members are sold to while they wait for an answer.'
          : `Members who wait for an answer get an offer instead.${heed ? ' Fewer messages go out after a complaint than before it, so some heed is taken.' : noHeed}`,
      action:
        status === 'healthy'
          ? heed
            ? 'Keep the rule that holds these messages back, and look at returns and disputed payments in the table.'
            : 'Nothing shows that these messages are held back on purpose: write that rule before the number of messages grows, and look at returns and disputed payments in the table.'
          : 'Hold sales messages back from members with an open complaint, for a random half of them at first, and compare opt-outs and purchases over the following 90 days.',
      wouldChangeOurMind:
        'Messages that answer the complaint and are filed as marketing, or a test in which holding sales messages back made no difference to opt-outs and purchases.',
    };
  },
});
