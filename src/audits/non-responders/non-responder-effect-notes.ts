/** What has to be said of one line of a ladder, as a note in the table. */
import type { ComparedOutcome } from '../../derived/experiments.js';
import type { Ladder } from '../../statistics/bounds/non-responder-ladder.js';
import type { Difference } from '../../statistics/intervals.js';

interface NoteFacts {
  /** Kinds of response that the same members gave. */
  readonly same: readonly string[];
  readonly isByConstruction: boolean;
  readonly isA1Open: boolean;
  readonly isWithdrawal: boolean;
  /** Complaints and the like, of which those who buy more have more. */
  readonly isOfBuyers: boolean;
  readonly isWinBack: boolean;
  /** Bought in the year before by those who responded, less those who did not. */
  readonly earlier: Difference | null;
  readonly hasCells: boolean;
  readonly outcome: ComparedOutcome;
  readonly ladder: Ladder;
}

export const notes = {
  byConstruction: 'by construction: nobody without a response can have this outcome, so the range says little about people',
  noCells: 'L0x left out: nothing that the files know of the members before the test tells them apart',
  ofBuyers: 'L1 and L2 left out: whoever buys more also complains and sends back more, with the campaign and without it',
  winBack: 'L2 left out: in a win-back campaign those who respond may be the weaker customers',
  weakerBefore: 'L2 left out: in the year before the test those who responded had bought less than those who did not',
} as const;

export function noteOf({ same, isByConstruction, isA1Open, isWithdrawal, isOfBuyers, isWinBack, earlier, hasCells, outcome, ladder }: NoteFacts): string {
  const isWeaker = earlier !== null && earlier.high < 0;
  const isStronger = earlier !== null && earlier.low > 0;
  const all = [
    same.length > 0 ? `the same members responded by ${same.join(', ')}` : '',
    isByConstruction ? notes.byConstruction : '',
    hasCells ? '' : notes.noCells,
    isA1Open ? 'L1 left out: the outcome is net of a discount that is not known, so L2 rests on A2 alone' : '',
    outcome.isNetOfDiscount && !isA1Open ? 'L1 adds the discount of responders back (A1′)' : '',
    isWithdrawal ? 'L1 and L2 left out: a message alone makes a withdrawal possible, for those who respond as well' : '',
    isOfBuyers ? notes.ofBuyers : '',
    isWinBack ? notes.winBack + (isStronger ? ', though here they had bought more in the year before' : '') : '',
    !isWinBack && isWeaker ? notes.weakerBefore : '',
    ladder.isContradicted.L1 ? 'L1 left out: the data contradict assumption A1' : '',
    ladder.isContradicted.L2 ? `L2 left out: the data contradict ${isA1Open ? 'assumption A2' : 'its assumptions together'}` : '',
  ];
  return all.filter((note) => note !== '').join('; ');
}
