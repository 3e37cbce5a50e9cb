/** Do campaigns go back to those who responded before? */
import { type AuditContext, defineAudit, type Measurement, type Measures, type Verdict } from '../audit.js';
import { repeatChart, repeatEvidence, repeatMeasures } from './repeat-measures.js';
import { eligibleSql, type RepeatOptions, type RepeatRow, repeatSql } from './repeated-responders.sql.js';

const lookBackDays = 90;
const fewestCampaigns = 3;
const fewestResponders = 30;
/** Pairs of contact and campaign that are looked at; beyond that the members of some jackknife groups stand for all. */
const mostPairs = 20_000_000;
const allGroups = 50;
const sameResponders =
  'A response rate made of the same responders says little about what the campaign added: research on loyalty promotions found that heavy buyers redeem most and change their buying least.';

function optionsFor(context: AuditContext): RepeatOptions {
  const pairs = context.rowCount('contacts') * Math.max(1, context.rowCount('campaigns'));
  const groups = Math.max(1, Math.min(allGroups, Math.floor((allGroups * mostPairs) / pairs)));
  const { valueBasis } = context.derived;
  return { window: context.window, lookBackDays, groups, value: valueBasis === 'margin' || valueBasis === 'revenue' ? valueBasis : null };
}

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy } = context;
  const options = optionsFor(context);
  const [contactFacts, memberFacts] = [await derived.contactFacts(), await derived.memberFacts()];
  const rows = await engine.rows(repeatSql(engine.dialect, contactFacts, memberFacts, options));
  const eligible = await engine.rows(eligibleSql(contactFacts, memberFacts, options));
  const hasValue = options.value !== null;
  const measures = repeatMeasures(rows, eligible, hasValue, options.groups / allGroups, policy);
  const notEnough = tooLittle(rows);
  if (notEnough !== null) return { measures: [], evidence: [], charts: [], evidenceGrade: 'E4', notEnough };
  return {
    measures,
    evidence: repeatEvidence(rows, hasValue, policy.smallCell),
    charts: repeatChart(measures),
    evidenceGrade: 'E4',
    caveats: caveatsOf(context, options),
  };
}

/** Why there is no answer, or null. */
function tooLittle(rows: readonly RepeatRow[]): string | null {
  const responders = rows.filter((row) => row.has_responded === 1);
  const count = responders.reduce((sum, row) => sum + row.members, 0);
  const campaigns = new Set(responders.map((row) => row.campaign_key)).size;
  if (campaigns >= fewestCampaigns && count >= fewestResponders) return null;
  return `The question needs at least ${fewestCampaigns} dated campaigns that each follow responses by at most ${lookBackDays} days, and ${fewestResponders} earlier responders; the first ${lookBackDays} days of the window only serve to look back on.`;
}

function caveatsOf(context: AuditContext, options: RepeatOptions): string[] {
  const caveats = [
    'Responders may be chosen again for a reason that these files do not show, such as an interest they declared; the ratio says that it happens, not why.',
    'Value is what members had bought up to four weeks before the campaign; differences inside a fifth remain.',
  ];
  if (options.value === null)
    caveats.splice(1, 1, 'There are no purchases to compare members of like value, so part of the ratio may be that better customers are chosen and respond.');
  if (context.filledShare('responses', 'responded_at') === 0)
    caveats.push('Responses have no date; each counts from the last day of the contact that it answers.');
  if (options.groups < allGroups) caveats.push('A random sample of members stands for all, because every campaign is compared with every earlier contact.');
  return caveats;
}

/** The ratio has no number when nobody but earlier responders is selected; it is clear when the two chances are too far apart for luck. */
function choosesOnlyResponders(measures: Measures): boolean {
  const least = measures.get('selectedAfterResponse')?.interval?.low ?? 0;
  const most = measures.get('selectedWithoutResponse')?.interval?.high ?? 1;
  return measures.value('selectedWithoutResponse') === 0 && least > most;
}

const consequences: Record<Verdict['status'], string> = {
  healthy: 'Any preference for earlier responders is below the level at which it would matter here; a smaller one is not ruled out.',
  informative: 'Whether earlier response decides who is selected cannot be said from these files.',
  watch: sameResponders,
  problem: sameResponders,
};

export const repeatedResponders = defineAudit({
  id: 'repeated-responders',
  category: 'targeting',
  question: 'Do campaigns go back to those who responded before?',
  why: 'Members who respond to everything would often have bought anyway; choosing them again makes the response rate look good and changes little.',
  problem: 'FP8',
  weight: 'medium',
  needs: { contacts: ['member_id', 'campaign_id'], responses: ['member_id', 'campaign_id'] },
  improves: {
    responses: [{ columns: ['responded_at'], gain: 'dates each response, so that only earlier ones count' }],
    transactions: [{ columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'compares responders with others of like value' }],
    members: [{ columns: ['enrolled_at'], gain: 'compares each campaign only with members who had joined by then' }],
    consents: [{ columns: ['member_id', 'channel', 'status'], gain: 'leaves out members whom the channel of a campaign cannot reach' }],
    assignments: [{ columns: ['arm'], gain: 'would show whether the responders who are chosen again buy more than a holdout group' }],
  },
  minimum: { contacts: 200, responses: 30 },
  thresholds: {
    repeatRatio: {
      levels: { high: 2, certain: 1.5 },
      source: {
        kind: 'house',
        note: 'No published cut-off exists. Twice as likely, with the lower end of the interval above one and a half, is more than value alone should explain.',
      },
    },
  },
  notOfMembers: ['campaignsCompared', 'sampledShare'],
  rivals: [
    {
      explanation: 'Those members are chosen for their value and not for their response.',
      check: 'Members are compared within the same fifth of value.',
      open: 'Value inside a fifth still differs, so that a ratio a little above one may be value.',
    },
    {
      explanation: 'Who is contacted more often has had more chances to respond.',
      check: 'The ratio is also given among members with the same number of contacts.',
      open: 'An interest that members have declared and the files do not hold.',
    },
  ],
  measure,
  judge: (measures, { repeatRatio }) => {
    const ratio = measures.get('repeatRatio');
    if (choosesOnlyResponders(measures)) return { status: 'problem', severity: 'medium' };
    if (ratio === undefined || ratio.value === null) return { status: 'informative', severity: 'none' };
    const isHigh = ratio.value > (repeatRatio?.high ?? 0);
    const isCertain = (ratio.interval?.low ?? 0) > (repeatRatio?.certain ?? 0);
    if (isHigh && isCertain) return { status: 'problem', severity: 'medium' };
    return isHigh || isCertain ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: (measures, { status }) => {
    const ratio = measures.get('repeatRatio');
    const range = ratio?.interval === undefined ? '' : ' ({repeatRatio.interval})';
    const answer = choosesOnlyResponders(measures)
      ? 'Campaigns selected {selectedAfterResponse} of those who had responded in the 90 days before, and nobody who had been contacted then and had not responded.'
      : ratio === undefined || ratio.value === null
        ? 'No campaign selected both earlier responders and others like them, so there is no ratio.'
        : `Members who had responded in the 90 days before a campaign were {repeatRatio}${range} as likely to be selected for it as members of the same campaign’s base who had been contacted and had not responded, compared within like value where purchases are known.`;
    return {
      condition: `${answer} Earlier responders are {responderBaseShare} of eligible members and received {responderContactShare} of contacts.`,
      criterion:
        'Above {threshold.repeatRatio.high}, with the lower end of the interval above {threshold.repeatRatio.certain}, campaigns go back to their responders. 1 means no preference.',
      consequence: consequences[status],
      action:
        status === 'healthy'
          ? 'Nothing needs to change here.'
          : status === 'informative'
            ? 'Look again when more campaigns have chosen among members who were contacted before.'
            : 'In the next campaign leave out a random tenth of earlier responders, put as many eligible non-responders in their place, also chosen at random, and compare what each group buys with what it bought without contact. Select by the difference, not by the likelihood to respond.',
      wouldChangeOurMind:
        'A holdout group among earlier responders that buys clearly less than those who were contacted again; then they are the right choice.',
    };
  },
});
