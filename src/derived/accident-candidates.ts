/** Where an experiment may have happened by accident, from counts alone (methodology §3.5, step 5). Nothing here has looked at an outcome. */
import { bands, type ContactedBandRow, type DeliveryRow } from './accidental-experiments.sql.js';
import type { BatchDayRow } from './target-trials.sql.js';

/** Fewest members on each side (house): below, even large differences between the sides go unseen. */
export const fewestPerSide = 250;
/** Part of all members beyond a cut, at the least. */
const fewestBands = 10;
/** Bands on each side of a cut that are compared. */
const bandwidth = 40;
/** A band with less than this part of the usual number is empty: test addresses and late additions stand outside of any list. */
const emptyPart = 0.02;
/** Days between two waves, at the least, and days that one wave may take. */
export const fewestWaveDays = 14;
const longestWave = 14;
/** Share of a day's messages that failed, in an outage; and of the other days'. */
const outageShare = 0.5;
const usualFailures = 0.2;
/** A part of a day fails when so much more does than in all other campaigns together. */
const partShare = 0.15;
const partUsual = 0.05;
const outageReach = 14;

export interface CutCandidate {
  readonly campaignKey: number;
  /** Bands in which the list was worked off, `afterInside` exclusive. */
  readonly firstInside: number;
  readonly afterInside: number;
  /** Bands that are compared, and the one that the cut runs through. */
  readonly from: number;
  readonly to: number;
  readonly boundary: number;
  /** First band beyond the cut, and the one after the last. */
  readonly beyond: readonly [number, number];
  readonly contacted: number;
}

/** Campaigns whose contacts stop at a point of the order of identifiers and stay absent beyond it. */
export function cutCandidates(rows: readonly ContactedBandRow[]): CutCandidate[] {
  const keys = [...new Set(rows.map((row) => row.campaign_key))];
  return keys.flatMap((campaignKey) => {
    const counts = new Array<number>(bands).fill(0);
    for (const row of rows) if (row.campaign_key === campaignKey) counts[row.band] = row.contacted;
    const contacted = counts.reduce((sum, count) => sum + count, 0);
    if (contacted < fewestPerSide) return [];
    const isEmpty = (count: number): boolean => count <= (emptyPart * contacted) / bands;
    const firstInside = counts.findIndex((count) => !isEmpty(count));
    const afterInside = counts.findLastIndex((count) => !isEmpty(count)) + 1;
    const mean = contacted / (afterInside - firstInside);
    const isFull = (from: number, to: number): boolean => {
      const edge = counts.slice(Math.max(0, from), to);
      return edge.length >= fewestBands && edge.reduce((sum, count) => sum + count, 0) >= 0.5 * mean * edge.length;
    };
    const shared = { campaignKey, firstInside, afterInside, contacted };
    const found: CutCandidate[] = [];
    if (bands - afterInside >= fewestBands && isFull(afterInside - 1 - fewestBands, afterInside - 1)) {
      const boundary = afterInside - 1;
      found.push({
        ...shared,
        boundary,
        from: Math.max(firstInside, boundary - bandwidth),
        to: Math.min(bands, boundary + 1 + bandwidth),
        beyond: [afterInside, bands],
      });
    }
    if (firstInside >= fewestBands && isFull(firstInside + 1, firstInside + 1 + fewestBands)) {
      found.push({
        ...shared,
        boundary: firstInside,
        from: Math.max(0, firstInside - bandwidth),
        to: Math.min(afterInside, firstInside + 1 + bandwidth),
        beyond: [0, firstInside],
      });
    }
    return found;
  });
}

/** Whether members drawn by lot would all stand on one side of a cut in fewer than one of a million campaigns. */
export function isBeyondChance(contacted: number, eligible: number, beyond: number): boolean {
  const share = eligible > 0 ? beyond / eligible : 0;
  return share >= 0.05 && share < 1 && contacted * Math.log(1 - share) < Math.log(1e-6);
}

export interface WaveCandidate {
  readonly campaignKey: number;
  readonly name: string;
  readonly early: readonly [number, number];
  readonly later: readonly [number, number];
}

/** Campaigns sent to one part of their members two weeks or more before another: the two largest neighbouring waves. */
export function waveCandidates(rows: readonly BatchDayRow[]): WaveCandidate[] {
  const keys = [...new Set(rows.map((row) => row.campaign_key))];
  return keys.flatMap((campaignKey) => {
    const clusters: { from: number; to: number; members: number }[] = [];
    for (const { day, members } of rows.filter((row) => row.campaign_key === campaignKey)) {
      const last = clusters.at(-1);
      if (last === undefined || day - (last.to - 1) >= fewestWaveDays) clusters.push({ from: day, to: day + 1, members });
      else {
        last.to = day + 1;
        last.members += members;
      }
    }
    const pairs = clusters.slice(1).flatMap((later, index) => {
      const early = clusters[index];
      const isWave = early !== undefined && [early, later].every(({ from, to, members }) => members >= fewestPerSide && to - from <= longestWave);
      return early === undefined || !isWave ? [] : [{ early, later, size: Math.min(early.members, later.members) }];
    });
    const [best] = pairs.toSorted((a, b) => b.size - a.size || a.early.from - b.early.from);
    const name = rows.find((row) => row.campaign_key === campaignKey)?.name ?? '';
    return best === undefined ? [] : [{ campaignKey, name, early: [best.early.from, best.early.to], later: [best.later.from, best.later.to] }];
  });
}

export interface OutageCandidate {
  readonly campaignKey: number;
  readonly name: string;
  readonly day: number;
  /** Days whose members are compared, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  readonly isPartOfDay: boolean;
  readonly failed: number;
  /** Whether most of those who failed were reached later all the same. */
  readonly isMadeGood: boolean;
}

/** Days on which the delivery of a campaign broke down. */
export function outageCandidates(rows: readonly DeliveryRow[]): OutageCandidate[] {
  return rows.flatMap((row): OutageCandidate[] => {
    const share = row.failed / row.members;
    if (row.failed < fewestPerSide || share < partShare) return [];
    const others = rows.filter(
      (each) =>
        each.campaign_key === row.campaign_key &&
        each.day !== row.day &&
        Math.abs(each.day - row.day) <= outageReach &&
        each.failed <= usualFailures * each.members,
    );
    const elsewhere = rows.filter((each) => each.campaign_key !== row.campaign_key);
    const sum = (list: readonly DeliveryRow[], of: (each: DeliveryRow) => number): number => list.reduce((total, each) => total + of(each), 0);
    const found = {
      campaignKey: row.campaign_key,
      name: row.name,
      day: row.day,
      failed: row.failed,
      isMadeGood: row.reached_later > usualFailures * row.failed,
    };
    if (share >= outageShare && sum(others, ({ members }) => members) >= fewestPerSide) {
      const days = [row.day, ...others.map(({ day }) => day)];
      return [{ ...found, from: Math.min(...days), to: Math.max(...days) + 1, isPartOfDay: false }];
    }
    const usual =
      sum(elsewhere, ({ failed }) => failed) /
      Math.max(
        1,
        sum(elsewhere, ({ members }) => members),
      );
    const isPart = row.members - row.failed >= fewestPerSide && (elsewhere.length > 0 || others.length > 0) && usual <= partUsual;
    return isPart ? [{ ...found, from: row.day, to: row.day + 1, isPartOfDay: true }] : [];
  });
}

/** Whether an audience has exactly the size that a quota would give. */
export const isRoundNumber = (members: number): boolean => members >= 1_000 && members % 500 === 0;
