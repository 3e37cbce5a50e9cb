/** Does marketing look at what happens after the sale? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { complaintOutcomesSql, troubledMembersSql } from './after-sales-blind-spot.sql.js';
import { afterSalesChart, afterSalesEvidence, afterSalesMeasures, spokenOf } from './after-sales-measures.js';
import { campaignTextsSql } from './campaign-texts.sql.js';
import { count } from './figures.js';

const fewestCampaigns = 8;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy, filledShare } = context;
  const none = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' } as const;
  if (filledShare('campaigns', 'primary_kpi') === 0 && filledShare('campaigns', 'targeting_columns') === 0) {
    return {
      ...none,
      notApplicable:
        'No campaign says by what its success is measured or by what data its members are selected, so whether anybody looks at what happens after the sale cannot be seen.',
      unlocks: [
        {
          table: 'campaigns',
          columns: ['primary_kpi', 'targeting_columns'],
          gain: 'shows whether returns, complaints and satisfaction play any part in choosing members and judging campaigns',
        },
      ],
    };
  }
  const rows = await engine.rows(campaignTextsSql(engine.dialect, window));
  const campaigns = spokenOf(rows).length;
  if (campaigns < fewestCampaigns) {
    return {
      ...none,
      measures: [count('campaigns', 'Campaigns that name their measure of success or the data that selects', campaigns, rows.length)],
      notEnough: `The question needs at least ${fewestCampaigns} campaigns of the window that say by what they are measured or by what they select.`,
    };
  }
  const complaints = await engine.rows(complaintOutcomesSql(engine.dialect, await derived.purchaseDays(), window));
  const [troubled] = await engine.rows(troubledMembersSql(engine.dialect, window));
  const measures = afterSalesMeasures(rows, complaints, filledShare('service_events', 'resolved_at') > 0, troubled?.members ?? 0, policy);
  return {
    measures,
    evidence: afterSalesEvidence(rows, complaints, policy),
    charts: [afterSalesChart(measures)],
    evidenceGrade: 'E4',
    members: { value: troubled?.members ?? 0, meaning: 'members with a complaint, a return or a disputed payment in the window' },
    caveats: [
      'What a campaign looks at is read from English words in its measure of success and its selection; a rule that the campaign list does not name, such as holding back members with an open complaint, is not seen.',
      ...(complaints.length === 0
        ? []
        : [
            'Complaints that take long to settle are often the harder ones, so a difference in buying again is not all owed to the time it took, even among members who bought alike before.',
          ]),
    ],
  };
}

export const afterSalesBlindSpot = defineAudit({
  id: 'after-sales-blind-spot',
  category: 'experience',
  question: 'Does marketing look at what happens after the sale?',
  why: 'Who chooses members by what they bought and never by what went wrong writes to disappointed customers as if nothing had happened, and counts the campaign a success.',
  problem: 'MF4',
  weight: 'medium',
  needs: { campaigns: ['campaign_id'] },
  improves: {
    campaigns: [
      { columns: ['primary_kpi'], gain: 'shows by what campaigns are judged' },
      { columns: ['targeting_columns'], gain: 'shows by what data members are selected' },
    ],
    service_events: [
      { columns: ['member_id', 'occurred_at', 'type', 'resolved_at'], gain: 'shows whether members buy again after a complaint, by how soon it was settled' },
    ],
    transactions: [{ columns: ['is_return'], gain: 'counts the members who sent something back' }],
  },
  minimum: { campaigns: fewestCampaigns },
  thresholds: {
    afterSalesShare: {
      levels: { problem: 0.05, watch: 0.2 },
      source: {
        kind: 'house',
        note: 'One campaign in five would be a start. No published figure exists; which campaigns should look at it is for you to say.',
      },
    },
  },
  notOfMembers: ['campaigns', 'namedCampaigns', 'afterSalesShare', 'kpiShare', 'targetingShare'],
  rivals: [
    {
      explanation: 'Suppression rules hold back members with an open complaint, and no campaign names them.',
      check:
        'The measure of success and the selection of every campaign in the list are searched for such words; what reaches members with an open complaint is another question of this report.',
      open: 'Rules in the sending system that leave no trace in the files.',
    },
    {
      explanation: 'The words of the selections are in another language or in codes.',
      check:
        'Campaigns that state neither measure nor selection are left out; those that state one in words that are not known stay in, and the table counts them.',
      open: 'Codes that only their authors can read.',
    },
  ],
  measure,
  judge: (measures, { afterSalesShare }) => {
    const share = measures.get('afterSalesShare');
    const value = share?.value ?? 1;
    const [problem = 0, watch = 0] = [afterSalesShare?.problem, afterSalesShare?.watch];
    if (value < problem && (share?.interval?.high ?? 1) < watch) return { status: 'problem', severity: 'medium' };
    return value < watch ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: (measures, { status }) => {
    const again = measures.get('againRatio');
    const known = again?.interval !== undefined;
    const after = known
      ? ' Of members whose complaint was settled within a week {againEarly} bought again in the 90 days from the fifteenth day after it; of the others {againLate}. Among members who bought alike before, the share of the others is {againRatio} the first ({againRatio.interval}).'
      : '';
    const troubled =
      (measures.value('troubledMembers') ?? 0) > 0 ? ' {troubledMembers} members had a complaint, a return or a disputed payment in the window.' : '';
    return {
      condition:
        '{afterSalesShare} of campaigns ({afterSalesShare.interval}), {namedCampaigns} of {campaigns}, name anything that happens after the sale, such as returns, complaints, service or satisfaction, as their measure of success or in their selection.',
      criterion:
        'Below {threshold.afterSalesShare.watch} it deserves a look, below {threshold.afterSalesShare.problem} the time after the sale is out of sight.',
      consequence: `${status === 'healthy' ? 'What happens after the sale has a part in how campaigns are chosen or judged.' : 'Members are chosen and campaigns are judged as if nothing happened after the sale.'}${troubled}${after}`,
      action:
        status === 'healthy'
          ? 'Keep the table of what campaigns look at, and see that the large campaigns are among those that look.'
          : 'Add one after-sales figure, such as an open complaint or a return in the last 30 days, to the selection of the next large campaign for a random half of its audience, and compare opt-outs and returns.',
      wouldChangeOurMind:
        'A rule outside the campaign list that holds back or answers members after a return or a complaint, or an after-sales figure under a name that the word rules do not know.',
    };
  },
});
