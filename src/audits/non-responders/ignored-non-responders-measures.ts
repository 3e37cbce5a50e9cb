/** What `ignored-non-responders` measures: contacts without a response, members who never responded, and the value they hold. */
import { fewestPerArm, readExperiments } from '../../derived/experiments.js';
import type { Sql } from '../../engine/sql.js';
import type { Measure } from '../../result/schema.js';
import { fitBetaBinomial } from '../../statistics/beta-binomial.js';
import { wilson } from '../../statistics/intervals.js';
import type { AuditContext, Measurement } from '../audit.js';
import * as queries from './ignored-non-responders.sql.js';
import { campaignTable, kindTable } from './ignored-non-responders-campaigns.js';
import { modelMeasures } from './ignored-non-responders-model.js';
import { inWords, type Measured, notShown, silenceMeasures, sumOf, valueMeasures, withWilson } from './ignored-non-responders-shares.js';
import * as tables from './ignored-non-responders-tables.js';
import { silentValueMap } from './silent-value-map.js';

/** Below this, shares of contacts are noise. */
export const fewestContacts = 100;

/** Only enough customers left out at random, beside others in the same test, can show what those would have done. */
async function campaignsWithTest(context: AuditContext): Promise<ReadonlySet<number>> {
  const experiments = await readExperiments(context);
  const usable = experiments.filter(({ holdout, treated, split }) => holdout >= fewestPerArm && treated >= fewestPerArm && split.verdict !== 'fail');
  return new Set(usable.map(({ campaignKey }) => campaignKey));
}

/** Opt-outs of members who never responded, described; null where nobody recorded opt-outs. */
async function optOutMeasure(context: AuditContext, contactFacts: Sql, responses: Sql): Promise<Measure> {
  const { engine, policy, window } = context;
  const measure: Measured = { id: 'optOutsPerThousand', label: 'opt-outs per 1,000 contacted members without any response', value: null, unit: 'number', n: 0 };
  if (context.rowCount('opt_outs') === 0) return { ...measure, why: 'No file has opt-outs.' };
  const [row] = await engine.rows(queries.optOutsSql(engine.dialect, contactFacts, responses, window.toDay));
  if (row === undefined || row.never_responded === 0) return { ...measure, why: 'Every contacted member responded.' };
  if (row.opted_out > 0 && row.opted_out < policy.smallCell) return { ...measure, why: notShown };
  const { low, high } = wilson(row.opted_out, row.never_responded, policy.screenLevel);
  const interval = { low: 1000 * low, high: 1000 * high, level: policy.screenLevel, method: 'Wilson' };
  return { ...measure, value: (1000 * row.opted_out) / row.never_responded, n: row.never_responded, interval };
}

export async function measureNonResponders(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy } = context;
  const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  if (context.rowCount('responses') === 0 && context.rowCount('outcomes') === 0) {
    const notApplicable = 'No file says who responded: neither responses nor measured outcomes. Without them everybody would look like a non-responder.';
    return { ...blank, notApplicable };
  }
  const [contactFacts, memberFacts] = [await derived.contactFacts(), await derived.memberFacts()];
  const responses = context.rowCount('responses') > 0 ? queries.recordedResponsesSql() : queries.outcomeResponsesSql();
  const campaigns = await engine.rows(queries.campaignsSql(contactFacts, responses));
  const kinds = await engine.rows(queries.kindsSql(contactFacts, responses));
  const contacts = sumOf(campaigns, (campaign) => campaign.contacted);
  const responders = sumOf(campaigns, (campaign) => campaign.responders);
  if (contacts < fewestContacts) return { ...blank, notEnough: `The window holds fewer than ${fewestContacts} contacts of a customer in a campaign.` };
  if (kinds.length === 0)
    return {
      ...blank,
      notEnough: 'No response belongs to a campaign that contacted the customer in the window, so the records cannot be trusted to say who did not respond.',
    };
  const groups = await engine.rows(queries.segmentsSql(contactFacts, responses, memberFacts));
  const histories = await engine.rows(queries.historiesSql(contactFacts, responses, memberFacts));
  const segments = tables.segmentsOf(groups, policy.smallCell);
  const model = fitBetaBinomial(histories);
  const contacted = sumOf(histories, (row) => row.members);
  const never = segments.find(({ id }) => id === 'neverResponded');
  const neverMembers = never?.members ?? 0;
  const tested = await campaignsWithTest(context);
  const known = sumOf(campaigns, (campaign) => (tested.has(campaign.campaign_key) ? campaign.contacted : 0));
  const values = valueMeasures(groups, segments, context);
  const neverMeasure: Measured = {
    id: 'neverRespondedShare',
    label: 'share of contacted members who never responded',
    value: neverMembers / contacted,
    unit: 'share',
    n: contacted,
  };
  const measures: Measure[] = [
    ...silenceMeasures(groups, kinds, context),
    withWilson(neverMeasure, neverMembers, contacted, policy.screenLevel),
    ...modelMeasures(histories, model),
    ...values,
    {
      id: 'holdoutShare',
      label: `share of contacts in campaigns with a test: ${fewestPerArm} or more customers left out, and as many in the arms contacted`,
      value: known / contacts,
      unit: 'share',
      n: contacts,
    },
    await optOutMeasure(context, contactFacts, responses),
    { id: 'responseKinds', label: `kinds of response found: ${inWords(kinds, policy.smallCell)}`, value: kinds.length, unit: 'count', n: responders },
  ];
  const map = await silentValueMap(context, contactFacts, responses);
  const hasTypes = new Set(campaigns.map(({ kind }) => kind)).size > 1;
  return {
    measures,
    evidence: [
      tables.segmentTable(segments),
      campaignTable(campaigns, 'campaign', policy),
      ...(hasTypes ? [campaignTable(campaigns, 'type', policy)] : []),
      kindTable(kinds, contacts, responders, policy.smallCell),
      tables.silentTable(histories, model, policy.smallCell),
      ...(model === null ? [] : [tables.breakEvenTable(histories, model, policy.smallCell)]),
    ],
    charts: [...(segments.every(({ isShown }) => isShown) ? [tables.peopleBar(segments)] : []), ...(map === null ? [] : [map])],
    evidenceGrade: 'E4',
    ...moneyOf(never, values, context),
    members: { value: neverMembers, meaning: 'members who were contacted and never responded' },
    caveats: [
      'Targeting follows past purchases as a rule, so a difference in value between these groups is selection, not a result of the contact.',
      'No response so far is not a type of person: with few contacts most people show none, whatever their chance.',
    ],
  };
}

/** The value that members without a response hold, with the interval of its share. */
function moneyOf(never: tables.Segment | undefined, values: readonly Measure[], { derived }: AuditContext): Pick<Measurement, 'money'> {
  const share = values.find(({ id }) => id === 'valueShareNeverResponded');
  if (never?.value === null || never === undefined || share === undefined || share.value === null || share.value <= 0) return {};
  const whole = never.value / share.value;
  const basis = derived.valueBasis === 'margin' ? 'margin' : 'sales';
  const range = share.interval === undefined ? {} : { low: share.interval.low * whole, high: share.interval.high * whole };
  return { money: { value: never.value, ...range, meaning: `${basis} of members who were contacted and never responded` } };
}
