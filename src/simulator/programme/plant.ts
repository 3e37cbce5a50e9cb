/** What a planted problem is, and the true value that the audit's main interval should hold. */
import type { Dials } from './dials.js';
import type { Happened } from './files.js';

/** The true value of a measure: from the dials, or counted by the simulator in populations many times larger. */
export interface Truth {
  readonly measure: string;
  readonly value: number | ((happened: Happened) => number);
  /**
   * The calendar that the intervals do not speak of is the same in all worlds. Left out where campaigns are the unit and each
   * world draws its own.
   */
  readonly isCalendarCommon?: true;
  /** Counted in each world itself: the truth for the members who are there, as where a week is the unit. */
  readonly isOfOwnWorld?: true;
  /** The truth of the sound programme, e.g. that nothing changes, rather than of the planted one. */
  readonly isOfSound?: true;
  /** Sentences under the table: why the interval holds the truth more often than its level says, or what the share of worlds does not show. */
  readonly note?: string;
}

export interface Plant {
  /** The audit that should find it. */
  readonly audit: string;
  /** What is wrong, for the table. */
  readonly story: string;
  readonly dials: Partial<Dials>;
  /** How many members the world has, where the question needs more or can do with fewer; left out, as many as asked for. */
  readonly members?: number;
  /**
   * What the sound programme needs before the audit has anything to look at, e.g. messages that do not arrive and are counted all the same.
   * Left out, the audit is run in the one that all share.
   */
  readonly sound?: { readonly dials: Partial<Dials>; readonly members?: number };
  readonly truth?: Truth;
}
