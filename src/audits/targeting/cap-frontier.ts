/**
 * What contact caps would have saved and what they would have cost, cap by cap: a model of the past, because nobody knows what
 * members would have done without the messages (methodology §1.7). Only a randomised test of the cap can show that.
 */
import { allGroups, type Cap, type ReplayedCap, replayCaps } from '../../derived/cap-replay.js';
import type { ReplayRow } from '../../derived/cap-replay.sql.js';
import { readExperiments } from '../../derived/experiments.js';
import { addMoney } from '../../model/money.js';
import { type Interval, zOf } from '../../statistics/intervals.js';
import { jackknifeRatio } from '../../statistics/resampling.js';
import type { AuditContext } from '../audit.js';
import { creditedSql, marginRateSql } from './cap-frontier.sql.js';

export interface CapEffect {
  readonly cap: Cap;
  readonly contacts: number;
  /** Messages that the cap would have kept back. */
  readonly saved: number;
  readonly savedInterval: Interval | null;
  readonly members: number;
  /** Members with at least one message less. */
  readonly affected: number;
  /** Major units; null when messages have no cost. */
  readonly savedCost: number | null;
  readonly responses: number;
  /** Responses that would be gone if every one of them needed its message; the lower end is the lower end of `incremental` of it. */
  readonly lostResponses: number;
  /** Margin (where known, otherwise null) credited to those responses. */
  readonly lostMargin: number | null;
  readonly optOuts: number;
  readonly avoidedOptOuts: number;
}

interface Incremental extends Interval {
  readonly estimate: number;
}

export interface CapFrontier {
  readonly effects: readonly CapEffect[];
  /** The part of credited value that is additional, 0..1, from the holdout tests in the files; all 0 when there is none. */
  readonly incremental: Incremental;
  /** Tests with a holdout and credited amounts behind it. */
  readonly tests: number;
  readonly hasMargin: boolean;
  /** The channel whose messages are capped; null: all. */
  readonly channel: string | null;
  /** Whether some contacts name no campaign, so that no response can be linked to them. */
  readonly hasUnnamed: boolean;
  /** Identifiers with more messages than any person gets, which the cap leaves alone. */
  readonly leftAlone: number;
  /** Part of the members whose contacts were replayed, drawn by a hash: 1 is everybody. */
  readonly replayedShare: number;
}

/** Caps a month that the report compares; a consultant’s own cap comes on top with `simulate-cap`. */
export const usualCaps: readonly Cap[] = [1, 2, 3, 4, 6, 8, 12, 20].map((most) => [{ most, days: 28 }]);

/** The report replays about so many contacts; on a larger scheme those of a random part of the members. */
const reportedContacts = 2_000_000;

/** Jackknife groups that hold about as many contacts as the report replays. */
export function groupsFor(contacts: number): number {
  return Math.max(1, Math.min(allGroups, Math.floor((allGroups * reportedContacts) / Math.max(contacts, 1))));
}

interface FrontierScope {
  /** Only messages of this channel are capped; null caps all. */
  readonly channel?: string | null;
  /** Jackknife groups of members that are replayed; left out: all. */
  readonly groups?: number;
}

/** Replays the contacts under each cap. */
export async function capFrontier(
  context: AuditContext,
  caps: readonly Cap[],
  { channel = null, groups = allGroups }: FrontierScope = {},
): Promise<CapFrontier> {
  const { engine, window, policy } = context;
  const [rate] = await engine.rows(marginRateSql(engine.dialect, window));
  const marginRate = rate?.net !== undefined && rate.net !== null && rate.margin !== null && rate.net > 0 ? rate.margin / rate.net : null;
  const { incremental, tests } = await incrementalShare(context, marginRate);
  const replayed = await replayCaps(context, { caps, channel, window, groups });
  const effects = replayed.map((cap) => effectOf(cap, marginRate, policy.screenLevel));
  const hasMargin = marginRate !== null;
  const hasUnnamed = context.filledShare('contacts', 'campaign_id') < 1;
  return { effects, incremental, tests, hasMargin, channel, hasUnnamed, leftAlone: replayed[0]?.leftAlone ?? 0, replayedShare: groups / allGroups };
}

function effectOf({ cap, groups }: Pick<ReplayedCap, 'cap' | 'groups'>, marginRate: number | null, level: number): CapEffect {
  const sum = (of: (row: ReplayRow) => number): number => groups.reduce((total, row) => total + of(row), 0);
  const money = (of: (row: ReplayRow) => number | null): number | null =>
    groups.every((row) => of(row) === null) ? null : addMoney(groups.map((row) => of(row) ?? 0));
  const saved = sum(({ dropped }) => dropped);
  const lostResponses = sum(({ lost_responses }) => lost_responses);
  // Where no response is lost there is no amount to add up, and nothing is lost with it.
  const amount = lostResponses === 0 ? 0 : money(({ lost_amount }) => lost_amount);
  const parts = groups.map(({ dropped, contacts }) => ({ numerator: dropped, denominator: contacts }));
  return {
    cap,
    contacts: sum(({ contacts }) => contacts),
    saved,
    savedInterval: saved === 0 ? null : jackknifeRatio(parts, level),
    members: sum(({ members }) => members),
    affected: sum(({ affected }) => affected),
    savedCost: saved === 0 ? 0 : money(({ saved_cost }) => saved_cost),
    responses: sum(({ responses }) => responses),
    lostResponses,
    lostMargin: amount === null || marginRate === null ? null : amount * marginRate,
    optOuts: sum(({ opt_outs }) => opt_outs),
    avoidedOptOuts: sum(({ avoided_opt_outs }) => avoided_opt_outs),
  };
}

const noTests = { incremental: { estimate: 0, low: 0, high: 0 }, tests: 0 };
const heldToOne = (share: number): number => Math.min(1, Math.max(0, share));

/**
 * Additional margin of all tests with a holdout over the margin credited to their responders (methodology §4.5), held between 0
 * and 1: what would have come anyway cannot be lost, and more than was credited is not in the responses. Tests whose arms were not
 * kept apart, or not split as planned, show nothing.
 */
async function incrementalShare(context: AuditContext, marginRate: number | null): Promise<{ incremental: Incremental; tests: number }> {
  if (marginRate === null || context.rowCount('assignments') === 0) return noTests;
  const { engine, derived } = context;
  const credited = new Map((await engine.rows(creditedSql(await derived.experimentUnits()))).map((row) => [row.campaign_key, row.amount ?? 0]));
  const tests = (await readExperiments(context)).flatMap(({ campaignKey, comparisons }) => {
    const amount = credited.get(campaignKey) ?? 0;
    const arms = comparisons.flatMap(({ treated: members, outcomes }) =>
      outcomes
        .filter(({ name, grade }) => name === 'margin' && grade !== 'E3')
        .map(({ treated, holdout }) => ({ members, treated: treated.moments, holdout: holdout.moments })),
    );
    const [first] = arms;
    if (first === undefined || !(amount > 0)) return [];
    const gain = arms.reduce((sum, { members, treated, holdout }) => sum + members * (treated.mean - holdout.mean), 0);
    // All arms of a campaign are held against one holdout, so its part of the error is that of all of them together.
    const everybody = arms.reduce((sum, { members }) => sum + members, 0);
    const ofArms = arms.reduce((sum, { members, treated }) => sum + (members ** 2 * treated.variance) / treated.n, 0);
    const variance = ofArms + (everybody ** 2 * first.holdout.variance) / first.holdout.n;
    return [{ gain, variance, credited: amount * marginRate }];
  });
  const total = tests.reduce((sum, test) => sum + test.credited, 0);
  if (total <= 0) return noTests;
  const gain = tests.reduce((sum, test) => sum + test.gain, 0);
  const half = zOf(context.policy.screenLevel) * Math.sqrt(tests.reduce((sum, { variance }) => sum + variance, 0));
  const incremental = { estimate: heldToOne(gain / total), low: heldToOne((gain - half) / total), high: heldToOne((gain + half) / total) };
  return { incremental, tests: tests.length };
}

/** Money left after the cap, between two bounds: cost saved less the margin foregone; null without margins, amounts or costs. @param least the part of credited margin that is surely lost. */
export function netOf({ savedCost, lostMargin, saved }: CapEffect, least: number): Interval | null {
  if (saved === 0) return { low: 0, high: 0 };
  if (savedCost === null || lostMargin === null) return null;
  const ends = [savedCost - lostMargin, savedCost - lostMargin * least];
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/** “at most 4 in 28 days and 1 a day”. */
export function capWords(cap: Cap): string {
  const rules = cap.map(({ most, days }) => `${most} ${days === 1 ? 'a day' : `in ${days} days`}`);
  return `at most ${rules.join(' and ')}`;
}
