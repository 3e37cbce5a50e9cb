/** What the proof catalogue promises (methodology §16), held against worlds whose truth is known: one row a promise. */
import { audits } from '../../src/audits/index.js';
import { runAudit } from '../../src/audits/run.js';
import type { Finding } from '../../src/result/schema.js';
import { stationaryBuyersWorld, type TestedCampaign, testedCampaignsWorld, trueEffects, type WorldFiles, zeroEffectWorld } from '../../src/simulator/worlds.js';
import { type AccidentWorld, accidentWorld } from './accident-worlds.js';
import { trialWorld } from './trial-worlds.js';
import { openWorld } from './world.js';

type Aim = { readonly most: number } | { readonly least: number } | { readonly from: number; readonly to: number };

/** Successes of what is asked, in so many worlds or intervals; `sum` where a mean is printed as well. */
export interface ProofCount {
  readonly proof: string;
  readonly hits: number;
  readonly of: number;
  readonly sum?: number;
  /** Worlds in which the audit stopped or did not measure what is asked. */
  readonly errors?: number;
}

interface Proof {
  readonly id: string;
  readonly audit: string;
  readonly asked: string;
  readonly aim: Aim;
  /** What the mean is of, where one is printed. */
  readonly meanOf?: string;
}

/** Worlds of one kind, and the rows that they answer. */
interface ProofWorlds {
  readonly proofs: readonly Proof[];
  run(seed: number): Promise<ProofCount[]>;
}

const atMostOneInTwenty: Aim = { most: 0.05 };
const never: Aim = { most: 0 };

async function findingIn(files: WorldFiles, id: string): Promise<Finding> {
  const [finding] = await findingsIn(files, [id]);
  if (finding === undefined) throw new Error(`There is no audit ${id}.`);
  return finding;
}

async function findingsIn(files: WorldFiles, ids: readonly string[]): Promise<Finding[]> {
  const world = await openWorld(files, { isPlain: true });
  try {
    const findings: Finding[] = [];
    for (const audit of audits) if (ids.includes(audit.id)) findings.push(await runAudit(audit, world.context));
    const stopped = findings.find(({ status }) => status === 'error');
    if (stopped !== undefined) throw new Error(`${stopped.id} stopped: ${JSON.stringify(stopped)}`);
    return findings;
  } finally {
    await world.close();
  }
}

const measureOf = ({ measures }: Finding | { measures: Finding['measures'] }, id: string) => measures.find((measure) => measure.id === id);
/** A measure that is missing is no nought. */
function numberIn(finding: Finding, id: string): number {
  const value = measureOf(finding, id)?.value ?? null;
  if (value === null) throw new Error(`${finding.id} does not measure ${id} here.`);
  return value;
}

const yes = (proof: string, isSo: boolean): ProofCount => ({ proof, hits: Number(isSo), of: 1 });
const isInside = (low: number, high: number, truth: number): boolean => low <= truth && truth <= high;

/** World (a): nothing is done to anybody, and those who respond are the better customers. */
const zeroEffect: ProofWorlds = {
  proofs: [
    {
      id: 'harm-without-effect',
      audit: 'non-responder-effect',
      asked: 'The campaign changes nothing, and those who respond are the better customers: harm is reported',
      aim: atMostOneInTwenty,
    },
  ],
  run: async (seed) => [
    yes('harm-without-effect', numberIn(await findingIn(zeroEffectWorld({ seed, members: 1200 }), 'non-responder-effect'), 'harmfulEffects') > 0),
  ],
};

const tested = { id: 'C1', day: '2024-04-01', cost: 2, responseShare: 0.8 };
/** From a third of their orders lost to one order more; A1 and A2 hold in each. */
const effectSizes: readonly TestedCampaign[] = [
  { ...tested, onResponders: 0, onOthers: -0.3 },
  { ...tested, onResponders: 0, onOthers: 0 },
  { ...tested, onResponders: 0.5, onOthers: 0.2 },
  { ...tested, onResponders: 0.3, onOthers: 1 },
];
const rungs = ['L0', 'L0x', 'L1', 'L2'] as const;
const outcomes = ['margin', 'active'] as const;
const outcomeWords = { margin: 'margin a member', active: 'share who buy' };
const effectRows = (audit: string): Proof[] => [
  ...rungs.flatMap((rung) =>
    outcomes.map(
      (outcome): Proof => ({
        id: `${rung}-${outcome}`,
        audit,
        asked: `Bounds ${rung}, ${outcomeWords[outcome]}: the true effect on those who do not respond lies inside the interval`,
        aim: { least: 0.95 },
      }),
    ),
  ),
  ...outcomes.map(
    (outcome): Proof => ({
      id: `itt-${outcome}`,
      audit,
      asked: `Effect on everybody assigned, ${outcomeWords[outcome]}: the truth lies inside the 95 % interval`,
      aim: { from: 0.93, to: 0.97 },
    }),
  ),
];

const knownTruths = new Map<TestedCampaign, ReturnType<typeof trueEffects>>();
function truthOf(campaign: TestedCampaign): ReturnType<typeof trueEffects> {
  const truth = knownTruths.get(campaign) ?? trueEffects(campaign);
  knownTruths.set(campaign, truth);
  return truth;
}

/** Cells of a table of the finding, by the name of the column. */
function rowsOf({ evidence }: Finding, table: string): Record<string, unknown>[] {
  const found = evidence.find(({ id }) => id === table);
  if (found === undefined) throw new Error(`There is no table ${table}.`);
  return found.rows.map((row) => Object.fromEntries(found.columns.map(({ id }, index) => [id, row[index]])));
}

const coveredBy = (proof: string, rows: readonly Record<string, unknown>[], [low, high]: readonly [string, string], truth: number): ProofCount[] =>
  rows.flatMap((row): ProofCount[] => {
    const [from, to] = [row[low], row[high]];
    return typeof from === 'number' && typeof to === 'number' ? [yes(proof, isInside(from, to, truth))] : [];
  });

/** World (d) at several sizes, each with its own seed, so that no two intervals of a row share their members. */
const effects: ProofWorlds = {
  proofs: effectRows('non-responder-effect'),
  run: async (seed) => {
    const counts: ProofCount[] = [];
    for (const [index, campaign] of effectSizes.entries()) {
      const files = testedCampaignsWorld({ seed: effectSizes.length * seed + index, members: 1200, campaigns: [campaign] });
      const finding = await findingIn(files, 'non-responder-effect');
      const truth = truthOf(campaign);
      for (const outcome of outcomes) {
        const isOutcome = (row: Record<string, unknown>): boolean => row.outcome === `${outcome} over 90 days`;
        for (const rung of rungs) {
          const rows = rowsOf(finding, 'ladder').filter((row) => isOutcome(row) && String(row.rung).startsWith(`${rung}:`));
          counts.push(...coveredBy(`${rung}-${outcome}`, rows, ['outerLow', 'outerHigh'], truth.nonResponders[outcome]));
        }
        counts.push(...coveredBy(`itt-${outcome}`, rowsOf(finding, 'effects').filter(isOutcome), ['low', 'high'], truth.everybody[outcome]));
      }
    }
    return counts;
  },
};

const nothing = { cost: 2, responseShare: 0.8, onResponders: 0, onOthers: 0 };
/** Campaigns that do nothing: all that is credited to them would have come anyway. */
const nullCampaigns: ProofWorlds = {
  proofs: [
    {
      id: 'coincidence-of-nothing',
      audit: 'coincidental-attribution',
      asked: 'Campaigns that change nothing: the interval of the coincidental share (90 %) holds 1',
      aim: { least: 0.85 },
      meanOf: 'coincidental share',
    },
    { id: 'true-win-of-nothing', audit: 'hollow-wins', asked: 'Campaigns that change nothing: one is called a true win', aim: never },
  ],
  run: async (seed) => {
    const campaigns = ['2024-01-08', '2024-04-22', '2024-08-05'].map((day, index) => ({ ...nothing, id: `C${index + 1}`, day }));
    const findings = await findingsIn(testedCampaignsWorld({ seed, members: 1200, campaigns }), ['coincidental-attribution', 'hollow-wins']);
    const [coincidence, wins] = ['coincidental-attribution', 'hollow-wins'].map((id) => findings.find((finding) => finding.id === id));
    if (coincidence === undefined || wins === undefined) throw new Error('An audit is missing.');
    const interval = measureOf(coincidence, 'coincidenceShare')?.interval;
    const share = numberIn(coincidence, 'coincidenceShare');
    return [
      { ...yes('coincidence-of-nothing', interval !== undefined && isInside(interval.low, interval.high, 1)), sum: share },
      yes('true-win-of-nothing', numberIn(wins, 'trueWins') > 0),
    ];
  },
};

/**
 * A campaign with many responses whose orders, 0.3 a member or a margin of 1.2, pay for less than half of what it costs. The difference of
 * 1.9 is 2.9 standard errors of 600 against 600 members, which a one-sided bound of 95 % sees nine times in ten.
 */
const hollow: TestedCampaign = { id: 'C1', day: '2024-03-04', cost: 3.1, responseShare: 0.8, onResponders: 0.3, onOthers: 0.3 };
const quiet: TestedCampaign = { id: 'C2', day: '2024-07-01', cost: 0.2, responseShare: 0.1, onResponders: 0.6, onOthers: 0.6 };
const hollowWins: ProofWorlds = {
  proofs: [
    {
      id: 'hollow-found',
      audit: 'hollow-wins',
      asked: 'A celebrated campaign costs more than it brings, and the test could see it (power 90 %): called hollow',
      aim: { least: 0.8 },
    },
    { id: 'hollow-as-win', audit: 'hollow-wins', asked: 'The same campaign: called a true win', aim: never },
  ],
  run: async (seed) => {
    const finding = await findingIn(testedCampaignsWorld({ seed, members: 1200, campaigns: [hollow, quiet] }), 'hollow-wins');
    const own = rowsOf(finding, 'classes').find(({ campaign }) => String(campaign).includes(hollow.id));
    return [yes('hollow-found', own?.class === 'Hollow win'), yes('hollow-as-win', own?.class === 'True win')];
  },
};

const holdsNought: Aim = { from: 0.85, to: 0.95 };
const stationary: ProofWorlds = {
  proofs: [
    {
      id: 'migration-of-nobody',
      audit: 'value-migration',
      asked: 'Buyers whose habits never change: the loss of the best is called a problem',
      aim: atMostOneInTwenty,
    },
    {
      id: 'migration-interval',
      audit: 'value-migration',
      asked: 'Buyers whose habits never change: the whole interval of the loss beyond chance (90 %) lies above 0, so that one would be claimed',
      aim: atMostOneInTwenty,
    },
    {
      id: 'migration-coverage',
      audit: 'value-migration',
      asked: 'Buyers whose habits never change: the interval of the loss beyond chance (90 %) holds 0',
      aim: holdsNought,
    },
    {
      id: 'migration-of-leavers',
      audit: 'value-migration',
      asked: 'A fifth of all buyers falls silent each year, the best as often as the others: the interval of the loss beyond that (90 %) holds 0',
      aim: holdsNought,
    },
    {
      id: 'migration-of-leavers-claimed',
      audit: 'value-migration',
      asked: 'The same: the loss of the best is called a problem',
      aim: atMostOneInTwenty,
    },
  ],
  run: async (seed) => {
    const [steady, leaving] = [
      await findingIn(stationaryBuyersWorld({ seed, members: 1500 }), 'value-migration'),
      await findingIn(stationaryBuyersWorld({ seed, members: 1500, leaving: 0.2 }), 'value-migration'),
    ];
    const intervalOf = (finding: Finding) => {
      const interval = measureOf(finding, 'excessLoss')?.interval;
      if (interval === undefined) throw new Error('There is no loss to look at.');
      return interval;
    };
    const [still, silent] = [intervalOf(steady), intervalOf(leaving)];
    return [
      yes('migration-of-nobody', steady.status === 'problem'),
      yes('migration-interval', still.low > 0),
      yes('migration-coverage', isInside(still.low, still.high, 0)),
      yes('migration-of-leavers', isInside(silent.low, silent.high, 0)),
      yes('migration-of-leavers-claimed', leaving.status === 'problem'),
    ];
  },
};

/** Selection follows what was bought lately, and nobody is held out. */
const withoutHoldout: ProofWorlds = {
  proofs: [
    {
      id: 'direction-without-effect',
      audit: 'non-responder-effect',
      asked: 'No holdout, good customers are chosen, and the campaign changes nothing: a direction is told',
      aim: atMostOneInTwenty,
    },
    {
      id: 'direction-of-effect',
      audit: 'non-responder-effect',
      asked: 'The same, and the campaign adds 0.8 orders a month for two months: a direction is told',
      aim: { least: 0.5 },
    },
  ],
  run: async (seed) => {
    const counts: ProofCount[] = [];
    for (const [proof, effect] of [
      ['direction-without-effect', 0],
      ['direction-of-effect', 0.8],
    ] as const) {
      const finding = await findingIn(trialWorld({ seed, members: 3000, selection: 0.5, effect }), 'non-responder-effect');
      counts.push(yes(proof, numberIn(finding, 'trialsDirected') > 0));
    }
    return counts;
  },
};

const planted: readonly AccidentWorld['accident'][] = ['cut', 'waves', 'outage'];
const accidents: ProofWorlds = {
  proofs: [
    { id: 'accident-of-nothing', audit: 'absent-holdouts', asked: 'No accident happened: a test by accident is called usable', aim: atMostOneInTwenty },
    {
      id: 'accident-found',
      audit: 'absent-holdouts',
      asked: 'A list cut off, two waves or an outage, drawn by nothing else: found and usable',
      aim: { least: 0.9 },
    },
  ],
  run: async (seed) => {
    const isFound = async (accident: AccidentWorld['accident']): Promise<boolean> =>
      numberIn(await findingIn(accidentWorld({ seed, members: 3000, accident }), 'absent-holdouts'), 'accidentsUsable') > 0;
    const found = planted[seed % planted.length] ?? 'cut';
    return [yes('accident-of-nothing', await isFound('none')), yes('accident-found', await isFound(found))];
  },
};

const worlds: readonly ProofWorlds[] = [zeroEffect, effects, nullCampaigns, hollowWins, stationary, withoutHoldout, accidents];

/** Rows asked for; all of them where nothing is asked for. */
export function proofsFor(ids: readonly string[]): Proof[] {
  return worlds.flatMap(({ proofs }) => proofs).filter(({ id }) => ids.length === 0 || ids.includes(id));
}

/** One seed of every kind of world that answers one of the rows. */
export async function proofTrials(seed: number, ids: readonly string[]): Promise<ProofCount[]> {
  const counts: ProofCount[] = [];
  for (const { proofs, run } of worlds) {
    if (!proofs.some(({ id }) => ids.includes(id))) continue;
    try {
      counts.push(...(await run(seed)));
    } catch (error) {
      // A run of hours goes on; the row says so and does not meet its aim.
      console.error(`Seed ${seed}: ${String(error)}`);
      counts.push(...proofs.map(({ id }) => ({ proof: id, hits: 0, of: 0, errors: 1 })));
    }
  }
  return counts.filter(({ proof }) => ids.includes(proof));
}

export interface ProofRow extends Proof {
  readonly seeds: number;
  readonly hits: number;
  readonly of: number;
  readonly sum: number | null;
  readonly errors: number;
}

export function proofRowOf(proof: Proof, counts: readonly ProofCount[], seeds: number): ProofRow {
  const own = counts.filter((count) => count.proof === proof.id);
  const total = (pick: (count: ProofCount) => number): number => own.reduce((sum, count) => sum + pick(count), 0);
  return {
    ...proof,
    seeds,
    hits: total(({ hits }) => hits),
    of: total(({ of }) => of),
    sum: proof.meanOf === undefined ? null : total(({ sum }) => sum ?? 0),
    errors: total(({ errors }) => errors ?? 0),
  };
}
