import type { Money } from '../../result/schema.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import * as queries from './exhausted-contacts.sql.js';
import { limitTable, silenceChart, silenceTable } from './exhausted-contacts-exhibits.js';
import { beyondMeasures, chanceMeasures, type Found, priceMeasures, ruleMeasures } from './exhausted-contacts-measures.js';
import { beyond, type Counted, exhaustionOf, intervalOf, replicatesOf, smooth, totals } from './exhausted-contacts-model.js';
import { explainExhaustion } from './exhausted-contacts-words.js';

const fewestContacts = 200;
/** With fewer responses the spread of the chances is noise (house rule). */
const fewestResponses = 30;

async function count({ engine, derived, window }: AuditContext): Promise<Counted> {
  const [contacts, members, purchases] = [await derived.contactFacts(), await derived.memberFacts(), await derived.purchaseDays()];
  const [margin] = await engine.rows(queries.marginShareSql(purchases));
  const credited = await engine.rows(queries.amountsSql(contacts));
  const isBoughtAfter = credited.every(({ valued }) => valued === 0);
  return {
    silence: await engine.rows(queries.silenceSql(contacts)),
    histories: await engine.rows(queries.memberHistoriesSql(contacts, members, window)),
    amounts: isBoughtAfter ? await engine.rows(queries.boughtAfterSql(engine.dialect, contacts, purchases)) : credited,
    isBoughtAfter,
    value: await engine.rows(queries.wholeValueSql(members)),
    marginShare: margin?.margin_share ?? null,
  };
}

/** What a withdrawal costs, spread over the contacts: a year of contacts that bring what the average one does. Null where nothing is known of it. */
async function withdrawalCost({ engine, derived, window, rowCount }: AuditContext, { counted, exhaustion }: Found): Promise<number | null> {
  const { prices } = exhaustion;
  if (prices === null || rowCount('opt_outs') === 0) return null;
  const [row] = await engine.rows(queries.withdrawalsSql(engine.dialect, await derived.contactFacts(), window));
  const contacts = totals.contacts(counted);
  const perYear = (contacts / totals.members(counted)) * (365 / window.days);
  const gain = (totals.responses(counted) / contacts) * prices.perResponse - prices.cost;
  return ((row?.withdrawals ?? 0) / contacts) * perYear * Math.max(0, gain);
}

/** Cost beyond the point, less all that responses to it brought. */
function moneyOf({ counted, exhaustion, replicates, limit }: Found, level: number): { money: Money } | undefined {
  const { prices } = exhaustion;
  if (prices === null || limit === null || limit === 0) return undefined;
  const { cost, responses } = beyond(counted, limit);
  const loss = cost - responses * prices.perResponse;
  if (!(loss > 0)) return undefined;
  const interval = intervalOf(loss, replicates, level, (replicate) => smooth.loss(replicate, replicates.length));
  const meaning = 'cost of contacts beyond the point at which they pay, less what responses to them brought';
  return { money: { value: loss, ...(interval === null ? {} : { low: Math.max(0, interval.low), high: interval.high }), meaning } };
}

async function measure(context: AuditContext): Promise<Measurement> {
  const { screenLevel, smallCell } = context.policy;
  const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const counted = await count(context);
  if (totals.contacts(counted) < fewestContacts)
    return { ...blank, notEnough: `The window holds fewer than ${fewestContacts} contacts of a member in a campaign.` };
  if (totals.responses(counted) < fewestResponses)
    return { ...blank, notEnough: `Fewer than ${fewestResponses} campaigns were responded to in the window, too few to tell chances apart.` };
  const exhaustion = exhaustionOf(counted);
  if (exhaustion === null)
    return { ...blank, notEnough: 'Everybody responded, or nobody was contacted by two campaigns, so it cannot be seen how chances of responding differ.' };
  const limit = exhaustion.limit === null ? null : Math.ceil(exhaustion.limit);
  const found: Found = { counted, exhaustion, replicates: replicatesOf(counted), limit, isMargin: counted.marginShare !== null };
  const there = limit === null ? null : beyond(counted, limit);
  return {
    measures: [
      ...chanceMeasures(found, screenLevel),
      ...priceMeasures(found, screenLevel),
      ...(limit === 0 ? [] : beyondMeasures(found, context)),
      ...ruleMeasures(found, context),
    ],
    evidence: [silenceTable(found, smallCell), limitTable(found, smallCell, await withdrawalCost(context, found))],
    charts: [silenceChart(found, smallCell, screenLevel)],
    evidenceGrade: 'E4',
    ...moneyOf(found, screenLevel),
    ...(there === null || limit === 0 || (there.members > 0 && there.members < smallCell)
      ? {}
      : { members: { value: there.members, meaning: 'members who received so many campaigns in silence that the next is not expected to pay' } }),
    caveats: caveatsOf(context, found),
  };
}

function caveatsOf(context: AuditContext, { exhaustion, isMargin, counted }: Found): string[] {
  const says = (isTrue: boolean, sentence: string): string[] => (isTrue ? [sentence] : []);
  return [
    ...says(
      exhaustion.prices !== null,
      `${counted.isBoughtAfter ? `No file says what a response brought, so everything bought within ${queries.daysAfterResponse} days of one` : 'Everything credited to a response'} counts as brought by it${isMargin ? '' : ', at sales instead of margin'}. Some would have been bought anyway, so the true point comes earlier and more contacts lie beyond it than shown.`,
    ),
    'Only recorded responses count as what a contact brings; a message may also be read and answered at the till, which only a holdout can show.',
    'Silence is counted within the time that is looked at; a response to an earlier campaign is not seen, nor is silence before it.',
    'Members who are still contacted after a long silence were chosen for a reason, so what is recorded of them need not hold for those who were dropped.',
    ...says(
      exhaustion.prices !== null && context.rowCount('opt_outs') > 0,
      'What a withdrawal costs is left out of the point that is judged, because it takes away contacts that no longer pay; the table shows the point with it.',
    ),
  ];
}

/** A problem only where the near end of the interval is worth watching by itself and the records bear the model out. */
function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const breakEven = measures.value('breakEven');
  if (breakEven === null) return { status: 'informative', severity: 'none' };
  if (measures.value('limit') === 0) return { status: 'watch', severity: 'medium' };
  const { watch = 1, high = 1 } = thresholds.exhaustedShare ?? {};
  const share = measures.value('exhaustedShare') ?? 0;
  const near = measures.get('exhaustedShare')?.interval?.low ?? 0;
  const observed = measures.get('observedBeyond')?.interval?.high ?? 1;
  if (share > high && near > watch && observed < breakEven) return { status: 'problem', severity: 'high' };
  if (near > watch) return { status: 'watch', severity: 'medium' };
  // The point rests on how the chances spread, which few members hardly tell: the estimate alone crosses the level in many sound programmes.
  return { status: share > watch ? 'informative' : 'healthy', severity: 'none' };
}

export const exhaustedContacts = defineAudit({
  id: 'exhausted-contacts',
  category: 'non-responders',
  question: 'Is contact spent on members who no longer respond?',
  why: 'Every campaign without a response makes the next response less likely; at some point a message costs more than it can be expected to bring, and the customer may still be one of the best in the shop.',
  problem: 'NR',
  weight: 'high',
  needs: { contacts: ['member_id', 'campaign_id'], responses: ['member_id', 'campaign_id'] },
  improves: {
    campaigns: [{ columns: ['cost'], gain: 'says from where on a contact no longer pays' }],
    contacts: [
      { columns: ['cost'], gain: 'says from where on a contact no longer pays' },
      { columns: ['contacted_at'], gain: 'puts the campaigns of each member in order' },
    ],
    responses: [{ columns: ['amount'], gain: 'says what a response brings' }],
    transactions: [{ columns: ['net_amount', 'margin_amount'], gain: 'counts what a response brings as margin, and shows what silent members buy' }],
    opt_outs: [{ columns: ['occurred_at'], gain: 'shows the point with withdrawals counted in' }],
  },
  minimum: { contacts: fewestContacts, responses: fewestResponses },
  thresholds: {
    exhaustedShare: {
      levels: { watch: 0.1, high: 0.25 },
      source: {
        kind: 'house',
        note: 'One contact in ten, or in four, that is not expected to bring what it costs. The point itself is arithmetic; how much beyond it matters is a choice.',
      },
    },
  },
  notOfMembers: ['limit', 'breakEven', 'chanceAfterTen'],
  rivals: [
    {
      explanation: 'Contact works without a recorded response: members read it and buy at the till without the code.',
      check:
        'The share of silent members who buy, and what they hold, is shown; recorded responses beyond the point are held against the break-even apart from the model.',
      open: 'What contact brings beyond recorded responses, which only a random holdout of silent members can show.',
    },
    {
      explanation: 'Silence is bad luck: with few campaigns most people show no response, whatever their chance.',
      check:
        'No fixed silence is used. The spread of the chances is fitted to all members, and the expected response to the next campaign is held against the break-even, with the uncertainty of the fit in every interval.',
      open: 'Chances that change over time, such as those of a member who has moved, are taken as constant.',
    },
    {
      explanation: 'A contact costs next to nothing once the campaign is made, so a message too many wastes little.',
      check: 'The cost of a contact is that of its messages, or an even share of the cost of its campaign, as the files give it.',
      open: 'Which part of a campaign’s cost one more recipient adds is not in the files; a lower cost moves the point further out.',
    },
  ],
  measure,
  judge,
  explain: explainExhaustion,
});
