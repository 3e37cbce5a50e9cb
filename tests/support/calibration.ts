/** How often an audit finds what is planted, calls a problem in a sound programme, and covers the truth with its intervals. */
import type { AuditDefinition } from '../../src/audits/audit.js';
import { audits } from '../../src/audits/index.js';
import { runAudit } from '../../src/audits/run.js';
import type { Finding, Status } from '../../src/result/schema.js';
import { filesOf } from '../../src/simulator/programme/files.js';
import type { Plant, Truth } from '../../src/simulator/programme/plant.js';
import { plants } from '../../src/simulator/programme/plants.js';
import { programmeWorld, simulateProgramme } from '../../src/simulator/programme/programme-world.js';
import type { WorldFiles } from '../../src/simulator/worlds.js';
import { openWorld } from './world.js';

/** One audit in one world. */
interface Trial {
  readonly audit: string;
  readonly seed: number;
  readonly world: 'sound' | 'planted';
  readonly status: Status;
  /** Level of the main measure’s interval, and whether that holds the truth; null where no truth is known or there is no interval. */
  readonly coverage: Coverage | null;
}

interface Coverage {
  readonly level: number;
  readonly isCovered: boolean;
}

interface CalibrationOptions {
  readonly members: number;
  readonly ids: readonly string[];
}

/** The calendar of all worlds that share one. */
const commonCalendar = 7;
/** The truth over members is counted in populations this many times as large as a world. */
const truthFactor = 15;
/**
 * So many of them: what one population alone is off by, a quarter of the standard error of a world, is the same for every world and
 * moves the intervals that hold it. Several rather than a larger one, for the sake of memory.
 */
const truthPopulations = 10;

async function findingsIn(files: WorldFiles, wanted: readonly AuditDefinition[]): Promise<Finding[]> {
  const world = await openWorld(files, { isPlain: true });
  try {
    const findings: Finding[] = [];
    for (const audit of wanted) findings.push(await runAudit(audit, world.context));
    return findings;
  } finally {
    await world.close();
  }
}

/** All audits in one sound world; those that need one of their own in that. */
export async function soundTrials(seed: number, { members, ids }: CalibrationOptions): Promise<Trial[]> {
  const wanted = audits.filter(({ id }) => ids.includes(id));
  const soundOf = (id: string): Plant['sound'] => plants.find(({ audit }) => audit === id)?.sound;
  const findings = await findingsIn(
    programmeWorld({ seed, members }),
    wanted.filter(({ id }) => soundOf(id) === undefined),
  );
  for (const audit of wanted) {
    const sound = soundOf(audit.id);
    if (sound !== undefined) findings.push(...(await findingsIn(programmeWorld({ seed, members: sound.members ?? members, plant: sound.dials }), [audit])));
  }
  return findings.map((finding) => {
    const truth = plants.find(({ audit }) => audit === finding.id)?.truth;
    const value = truth?.isOfSound === true && typeof truth.value === 'number' ? truth.value : null;
    return { audit: finding.id, seed, world: 'sound', status: finding.status, coverage: coverageOf(finding, truth, value) };
  });
}

/** The value to cover: as drawn, or counted in large populations. */
export function truthOf({ truth, dials, members: own }: Plant, members: number): number | null {
  if (truth === undefined || truth.isOfOwnWorld === true) return null;
  const { value } = truth;
  if (typeof value === 'number') return value;
  const counted = Array.from({ length: truthPopulations }, (_, index) =>
    value(simulateProgramme({ seed: -1 - index, calendarSeed: commonCalendar, members: (own ?? members) * truthFactor, plant: dials })),
  );
  return counted.reduce((sum, each) => sum + each, 0) / counted.length;
}

/** One audit in the world in which its problem is planted. @param truth of its main measure, or null. */
export async function plantedTrial(plant: Plant, seed: number, truth: number | null, { members }: CalibrationOptions): Promise<Trial | null> {
  const audit = audits.find(({ id }) => id === plant.audit);
  if (audit === undefined) return null;
  const calendarSeed = plant.truth?.isCalendarCommon === true ? commonCalendar : seed;
  const happened = simulateProgramme({ seed, calendarSeed, members: plant.members ?? members, plant: plant.dials });
  const [finding] = await findingsIn(filesOf(happened), [audit]);
  if (finding === undefined) return null;
  const { value, isOfOwnWorld, isOfSound } = plant.truth ?? {};
  const own = isOfOwnWorld === true && typeof value === 'function' ? value(happened) : truth;
  return { audit: audit.id, seed, world: 'planted', status: finding.status, coverage: coverageOf(finding, plant.truth, isOfSound === true ? null : own) };
}

function coverageOf({ measures }: Finding, truth: Truth | undefined, value: number | null): Coverage | null {
  const interval = measures.find(({ id }) => id === truth?.measure)?.interval;
  if (value === null || interval === undefined) return null;
  return { level: interval.level, isCovered: interval.low <= value && value <= interval.high };
}

interface CalibrationRow {
  readonly audit: string;
  readonly story: string;
  readonly seeds: number;
  readonly found: number;
  /** Sound worlds in which the audit gave any answer, and in which it called a problem. */
  readonly answered: number;
  readonly alarms: number;
  /** Worlds of either kind in which the audit stopped with an error. */
  readonly errors: number;
  readonly watched: number;
  readonly measure: string | null;
  /** Level of its interval, e.g. 0.9. */
  readonly level: number | null;
  readonly intervals: number;
  readonly covered: number;
  /** What is to be known of the interval beside its count; null where nothing is. */
  readonly note: string | null;
}

const noAnswer: readonly Status[] = ['notApplicable', 'notEnoughData', 'error'];

export function rowOf({ audit, story, truth }: Plant, trials: readonly Trial[]): CalibrationRow {
  const mine = trials.filter((trial) => trial.audit === audit);
  const planted = mine.filter(({ world }) => world === 'planted');
  const sound = mine.filter(({ world }) => world === 'sound');
  const coverages = mine.flatMap(({ coverage }) => coverage ?? []);
  return {
    audit,
    story,
    seeds: planted.length,
    found: planted.filter(({ status }) => status === 'problem').length,
    answered: sound.filter(({ status }) => !noAnswer.includes(status)).length,
    alarms: sound.filter(({ status }) => status === 'problem').length,
    errors: mine.filter(({ status }) => status === 'error').length,
    watched: sound.filter(({ status }) => status === 'watch').length,
    measure: truth?.measure ?? null,
    level: coverages[0]?.level ?? null,
    intervals: coverages.length,
    covered: coverages.filter(({ isCovered }) => isCovered).length,
    note: truth?.note ?? null,
  };
}

/** Plants whose audits exist, of those asked for; all of them where nothing is asked for. */
export function plantsFor(ids: readonly string[]): Plant[] {
  return plants.filter(({ audit }) => (ids.length === 0 || ids.includes(audit)) && audits.some(({ id }) => id === audit));
}
