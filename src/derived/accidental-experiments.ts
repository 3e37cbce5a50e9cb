/**
 * Experiments that happened by accident (methodology §3.5): a list that was cut off, a delivery that broke down, waves sent weeks apart. A
 * candidate can be used when its two sides were alike before it, and when the same comparison shows nothing in the days before.
 */
import type { QueryEngine } from '../engine/engine.js';
import { cutCandidates, fewestPerSide, fewestWaveDays, isBeyondChance, isRoundNumber, outageCandidates, waveCandidates } from './accident-candidates.js';
import { type Accident, allowingForNumber, blank, examine } from './accident-comparison.js';
import {
  contactedBandsSql,
  cutSidesSql,
  deliveriesSql,
  deliveryDaysSql,
  eligibleBandsSql,
  idBandsSql,
  idLengthsSql,
  listedNotSentSql,
  outageSidesSql,
  waveSidesSql,
} from './accidental-experiments.sql.js';
import type { Derived } from './derived.js';
import { plainLabel } from './experiments.js';
import { remake } from './remake.js';
import { batchDaysSql } from './target-trials.sql.js';
import { type TrialHistory, withTrialHistory } from './trial-history.js';

/** More members are looked at through a part of them. */
const mostMembers = 250_000;
const followedDays = [84, 56, 28] as const;
const longestFollowed = 84;
/** Candidates of one kind that are looked into, the largest first. */
const mostCandidates = 8;
/** Share of those listed that must be missing before it is worth a line. */
const unsentShare = 0.05;

interface FinderContext {
  readonly engine: QueryEngine;
  readonly derived: Derived;
  readonly window: { readonly fromDay: number; readonly toDay: number };
  readonly policy: { readonly headlineLevel: number };
  rowCount(table: 'members' | 'transactions' | 'contacts' | 'assignments'): number;
  filledShare(table: 'contacts', column: string): number;
}

/** @returns candidates, those that can be used first; empty where no purchase says what members did. */
export async function readAccidents(context: FinderContext): Promise<Accident[]> {
  const found = await withTrialHistory(context, mostMembers, async (history) => [
    ...(await cutsIn(context, history)),
    ...(await wavesIn(context, history)),
    ...(await outagesIn(context, history)),
    ...(await unsentIn(context)),
  ]);
  return allowingForNumber(found ?? [], context.policy.headlineLevel).sort(
    (a, b) => Number(a.why !== null) - Number(b.why !== null) || b.exposed + b.spared - (a.exposed + a.spared) || a.campaignKey - b.campaignKey,
  );
}

/** Days that can be followed after a date with as many before it twice over. */
function daysFor(history: TrialHistory, day: number): number | undefined {
  return followedDays.find((days) => day + days <= history.endDay && day - 3 * days >= history.firstDay);
}

async function cutsIn(context: FinderContext, history: TrialHistory): Promise<Accident[]> {
  const { engine, derived } = context;
  const contactFacts = await derived.contactFacts();
  const campaigns = await engine.rows(batchDaysSql(contactFacts, await derived.campaignFacts()));
  const found: Accident[] = [];
  const [lengths] = await engine.rows(idLengthsSql(history));
  const orders = lengths === undefined || lengths.shortest === lengths.longest ? (['text'] as const) : (['text', 'length'] as const);
  for (const order of orders) {
    const bands = await remake(engine, 'trial_bands', idBandsSql(history, order));
    const candidates = cutCandidates(await engine.rows(contactedBandsSql(contactFacts, bands))).filter(
      ({ campaignKey }) => !found.some((each) => each.campaignKey === campaignKey),
    );
    for (const cut of candidates.toSorted((a, b) => b.contacted - a.contacted).slice(0, mostCandidates)) {
      const days = campaigns.filter(({ campaign_key }) => campaign_key === cut.campaignKey);
      const [first] = days;
      if (first === undefined) continue;
      const followed = daysFor(history, first.day);
      const sinceDay = first.day - (followed ?? 0);
      const eligible = await engine.rows(eligibleBandsSql(history, bands, first.day, sinceDay));
      const count = (from: number, to: number): number => eligible.reduce((sum, row) => sum + (row.band >= from && row.band < to ? row.eligible : 0), 0);
      if (!isBeyondChance(cut.contacted, count(0, Number.POSITIVE_INFINITY), count(...cut.beyond))) continue;
      const members = days.reduce((sum, row) => sum + row.members, 0);
      const known = { ...blank, kind: 'idCutoff' as const, campaignKey: cut.campaignKey, label: plainLabel(first.name), isRound: isRoundNumber(members) };
      const sides = { ...cut, day: first.day, sinceDay, dropped: [cut.boundary, cut.boundary] as const };
      const distance = (band: number): number => band - cut.boundary;
      found.push(
        followed === undefined
          ? { ...known, exposed: cut.contacted, spared: count(...cut.beyond), why: 'shortHistory' }
          : await examine(context, history, known, { sides: cutSidesSql(history, bands, sides), day: first.day, days: followed, distance }),
      );
    }
    await engine.run(engine.dialect.dropTable('trial_bands'));
  }
  const quotas = [...new Set(campaigns.map((row) => row.campaign_key))].flatMap((campaignKey): Accident[] => {
    const days = campaigns.filter((row) => row.campaign_key === campaignKey);
    const exposed = days.reduce((sum, row) => sum + row.members, 0);
    if (!isRoundNumber(exposed) || found.some((each) => each.campaignKey === campaignKey)) return [];
    return [{ ...blank, kind: 'quota', campaignKey, label: plainLabel(days[0]?.name ?? ''), exposed, spared: 0, isRound: true, why: 'noOrder' }];
  });
  return [...found, ...quotas];
}

async function wavesIn(context: FinderContext, history: TrialHistory): Promise<Accident[]> {
  const contactFacts = await context.derived.contactFacts();
  const rows = await context.engine.rows(batchDaysSql(contactFacts, await context.derived.campaignFacts()));
  const found: Accident[] = [];
  for (const { campaignKey, name, early, later } of waveCandidates(rows).slice(0, mostCandidates)) {
    const day = early[0];
    const days = Math.min(longestFollowed, Math.floor((later[0] - day) / 7) * 7);
    const known = { ...blank, kind: 'waves' as const, campaignKey, label: plainLabel(name) };
    const isShort = days < fewestWaveDays || day + days > history.endDay || day - 3 * days < history.firstDay;
    const sides = waveSidesSql(history, contactFacts, { campaignKey, early, later, sinceDay: day - days });
    if (!isShort) found.push(await examine(context, history, known, { sides, day, days, distance: null }));
    else found.push({ ...known, exposed: membersIn(rows, campaignKey, early), spared: membersIn(rows, campaignKey, later), why: 'shortHistory' });
  }
  return found;
}

const membersIn = (rows: readonly { campaign_key: number; day: number; members: number }[], key: number, [from, to]: readonly [number, number]): number =>
  rows.reduce((sum, row) => sum + (row.campaign_key === key && row.day >= from && row.day < to ? row.members : 0), 0);

async function outagesIn(context: FinderContext, history: TrialHistory): Promise<Accident[]> {
  const { engine } = context;
  if (context.filledShare('contacts', 'delivered') === 0 && context.filledShare('contacts', 'bounced') === 0) return [];
  const deliveries = await remake(engine, 'trial_deliveries', deliveriesSql(engine.dialect, history, context.window));
  const rows = await engine.rows(deliveryDaysSql(deliveries));
  const found: Accident[] = [];
  for (const outage of outageCandidates(rows)
    .toSorted((a, b) => b.failed - a.failed)
    .slice(0, mostCandidates)) {
    const days = daysFor(history, outage.from);
    const known = { ...blank, kind: 'outage' as const, campaignKey: outage.campaignKey, label: plainLabel(outage.name) };
    const counted = { ...known, exposed: membersIn(rows, outage.campaignKey, [outage.from, outage.to]) - outage.failed, spared: outage.failed };
    if (outage.isMadeGood) found.push({ ...counted, why: 'madeGood' });
    else if (days === undefined) found.push({ ...counted, why: 'shortHistory' });
    else {
      const sides = outageSidesSql(history, deliveries, { ...outage, sinceDay: outage.from - days });
      found.push(await examine(context, history, known, { sides, day: outage.from, days, distance: null }));
    }
  }
  await engine.run(engine.dialect.dropTable('trial_deliveries'));
  return found;
}

async function unsentIn(context: FinderContext): Promise<Accident[]> {
  if (context.rowCount('assignments') === 0) return [];
  const rows = await context.engine.rows(listedNotSentSql(await context.derived.experimentUnits()));
  return rows
    .filter(({ listed, unsent }) => unsent >= fewestPerSide && unsent >= unsentShare * listed)
    .map(({ campaign_key, name, listed, unsent }) => ({
      ...blank,
      kind: 'listedNotSent' as const,
      campaignKey: campaign_key,
      label: plainLabel(name),
      exposed: listed - unsent,
      spared: unsent,
      why: 'unknownReason' as const,
    }));
}
