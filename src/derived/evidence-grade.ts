/**
 * The evidence grade of an effect: the one place where it is decided (methodology §11.2; `docs/evidence-grades.md`). A randomised test
 * starts at E1, one that happened by accident at E2; each doubt of the table takes it down, and nothing takes it up. What rests on no
 * test has no grade from here: its audit says E3 (like with like, after adjusting) or E4 (described).
 */

/** From strongest to weakest; below E3 nothing that began as a test can fall, because a weak one is still a comparison. */
const grades = ['E1', 'E2', 'E3'] as const;
export type EffectGrade = (typeof grades)[number];

interface Downgrade {
  /** `all`: to E3 at once, and the result is not told as an effect. */
  readonly takes: 'all' | 'one';
  /** In the words of a note, e.g. after “because”. */
  readonly words: string;
  /** What a finding says of it among its limits. */
  readonly caveat: string;
}

/** Every doubt there is, in the order in which they are told. */
export const downgrades = {
  split: {
    takes: 'all',
    words: 'the sizes of the arms do not match the plan',
    caveat: 'In at least one test the sizes of the arms do not match the plan; its effects carry grade E3 and prove nothing.',
  },
  missing: {
    takes: 'all',
    words: 'results are missing in one arm more often than in the other',
    caveat: 'In at least one test results are missing in one arm more often than chance allows; these effects carry grade E3 and prove nothing.',
  },
  balance: {
    takes: 'all',
    words: 'the arms differed before the test by more than chance allows',
    caveat:
      'In at least one test the arms differed before it began by more than a quarter of a standard deviation, beyond chance; its effects carry grade E3 and prove nothing.',
  },
  crossover: {
    takes: 'all',
    words: 'more than one in fifty of those held out got the campaign',
    caveat: 'In at least one test more than one in fifty of those held out got the campaign; its effects carry grade E3 and prove nothing.',
  },
  days: {
    takes: 'all',
    words: 'the arms were assigned on different days',
    caveat:
      'In at least one test the arms were assigned on different days by the files; what they bought afterwards is then not over the same days, and the effect cannot be used.',
  },
  noPlan: {
    takes: 'one',
    words: 'the planned size of the holdout is not known',
    caveat: 'For at least one test the planned size of the holdout is not known, so the split could not be checked: one grade lower.',
  },
  fewEvents: {
    takes: 'one',
    words: 'too few members had the outcome',
    caveat: 'In at least one arm too few members had the outcome (or too few did not), so its interval is not to be trusted: one grade lower.',
  },
  someImbalance: {
    takes: 'one',
    words: 'the arms differed a little before the test',
    caveat: 'In at least one test the arms differed before it began by a tenth of a standard deviation or more, beyond chance: one grade lower.',
  },
  someCrossover: {
    takes: 'one',
    words: 'some of those held out got the campaign',
    caveat: 'In at least one test one in two hundred of those held out, or more, got the campaign: one grade lower.',
  },
  imprecise: {
    takes: 'one',
    words: 'an interval holds both nought and the difference that would pay for the campaign',
    caveat: 'At least one interval holds both nought and the difference that would pay for the campaign, so it leaves open what is asked: one grade lower.',
  },
  proxy: {
    takes: 'one',
    words: 'something other than margin or sales stands for value',
    caveat: 'In at least one test something other than margin or sales stands for value: one grade lower.',
  },
  singleCampaign: {
    takes: 'one',
    words: 'all of it rests on one campaign',
    caveat: 'All of this rests on the test of one campaign; another campaign, audience or season may come out otherwise: one grade lower.',
  },
} as const satisfies Record<string, Downgrade>;

export type Doubt = keyof typeof downgrades;

/** In the order in which they are told. */
export const doubtNames = Object.keys(downgrades) as readonly Doubt[];

/** Whether a doubt makes a result unusable by itself. */
export const isBreaking = (doubt: Doubt): boolean => downgrades[doubt].takes === 'all';

/** @param doubts each counts once. @param start E1 for a random draw, E2 for a test that happened by accident and passed its checks. */
export function gradeOf(doubts: readonly Doubt[], start: 'E1' | 'E2' = 'E1'): EffectGrade {
  const steps = doubts.some(isBreaking) ? grades.length : new Set(doubts).size;
  return grades[grades.indexOf(start) + steps] ?? 'E3';
}

/** A result that a finding rests on. */
export interface Claim {
  readonly campaignKey: number;
  readonly doubts: readonly Doubt[];
}

export interface Graded {
  readonly grade: EffectGrade;
  /** Grades below E1. */
  readonly steps: number;
  /** Whatever takes one of the results down, in the order of the table. */
  readonly doubts: readonly Doubt[];
}

/** The grade of a finding: that of the weakest result it rests on, one lower where all of them are of one campaign. null without any. */
export function gradeOfClaims(claims: readonly Claim[]): Graded | null {
  if (claims.length === 0) return null;
  const isSingle = new Set(claims.map(({ campaignKey }) => campaignKey)).size === 1;
  const doubted = claims.map(({ doubts }): readonly Doubt[] => (isSingle ? [...doubts, 'singleCampaign'] : doubts));
  const steps = Math.max(...doubted.map((doubts) => grades.indexOf(gradeOf(doubts))));
  return { grade: grades[steps] ?? 'E3', steps, doubts: inOrder(doubted.flat()) };
}

const inOrder = (doubts: readonly Doubt[]): Doubt[] => doubtNames.filter((doubt) => doubts.includes(doubt));

/** “…; …”, in the order of the table, each once. @param last what stands before the last of several, e.g. “, and ” in a sentence. */
export function wordsOf(doubts: readonly Doubt[], last = '; '): string {
  const words = inOrder(doubts).map((doubt) => downgrades[doubt].words);
  return [words.slice(0, -1).join('; '), words.at(-1) ?? ''].filter((part) => part !== '').join(last);
}

/** One sentence a doubt, in the order of the table, each once. */
export const caveatsOfDoubts = (doubts: readonly Doubt[]): string[] => inOrder(doubts).map((doubt) => downgrades[doubt].caveat);

/**
 * Whether an interval leaves open both that nothing happened and that it paid. @param breakEven the smallest change that pays, ≥ 0; null
 * where no cost, or nothing that an outcome earns, is known: the question cannot then be asked, and no grade is taken off for it.
 */
export function isImprecise({ low, high }: { readonly low: number; readonly high: number }, breakEven: number | null): boolean {
  return breakEven !== null && low <= 0 && high >= breakEven;
}

const earned = /margin|profit|contribution|revenue|sales|spend|spent|turnover/i;
/** A forecast is no outcome, and an average over those who bought leaves out everybody else. */
const standsIn = /predict|forecast|expected|estimat|project|model|score|average|\bavg\b|per[ _-]?(?:order|basket|visit|purchase)/i;

/** Whether an outcome, by its name, stands for value without being what customers spent or what was earned on it. */
export const isProxyOfValue = (name: string): boolean => !earned.test(name) || standsIn.test(name);
