/** What the report's words mean: one plain sentence each. */
import type { EvidenceGrade, FocusLevel, Opinion, Severity, Status, ThresholdSource } from '../result/schema.js';

export const statusWords: Readonly<Record<Status, { readonly label: string; readonly gloss: string }>> = {
  problem: { label: 'Problem', gloss: 'The figures are beyond the level at which this review calls for a change.' },
  watch: { label: 'Watch', gloss: 'The figures are beyond the first level of attention, or close enough that chance cannot rule it out.' },
  informative: { label: 'For information', gloss: 'Facts worth knowing that have no right or wrong level.' },
  healthy: { label: 'Healthy', gloss: 'The figures are within the levels that this review accepts.' },
  notEnoughData: { label: 'Not enough data', gloss: 'The columns are there, but too few rows to say anything fair.' },
  notApplicable: { label: 'Not answerable', gloss: 'The files lack a column that the question needs, or the question does not arise.' },
  error: { label: 'Stopped', gloss: 'The check stopped with an internal error; nothing in this report rests on it.' },
};

export const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  none: 'None',
};

/** GRADE-like grades of evidence (methodology §11.2): the design of the evidence decides which verbs may be used. */
export const gradeWords: Readonly<Record<EvidenceGrade, { readonly label: string; readonly gloss: string }>> = {
  E1: { label: 'Randomised test', gloss: 'Chance decided who was contacted, so a difference is an effect of the contact.' },
  E2: {
    label: 'Natural experiment, or a test with a doubt',
    gloss: 'Something as good as chance decided who was contacted, or chance did and one doubt is left; it indicates an effect.',
  },
  E3: {
    label: 'Adjusted comparison, or a weak test',
    gloss: 'Similar customers were compared, or a test leaves several doubts; differences that the files do not show may remain.',
  },
  E4: { label: 'Description', gloss: 'What the files show. It says what is, not what it comes from.' },
  E5: { label: 'Statement', gloss: 'What people say, not what was measured.' },
};

export const levelWords: Readonly<Record<FocusLevel, string>> = {
  Naive: 'Looks inward; the customer comes second.',
  Transactional: 'The customer matters but is processed; efficiency comes before care.',
  Enlightened: 'The need for a joined-up experience is seen and acted on.',
  Natural: 'The whole culture is turned to the customer. Files alone cannot show this level; only people’s answers can.',
};

/** Problems named by Forrester (FP), and traits of marketing focus (MF) and customer focus (CF) named by M. Iqbal (methodology §0.3, §10). */
const problemWords: Readonly<Record<string, string>> = {
  FP1: 'No long-term objectives: immediate sales and acquisition dominate',
  FP2: 'What drives customer value is not studied',
  FP3: 'Little differentiation',
  FP4: 'Poor communication and promotional support',
  FP5: 'Not integrated with the sales cycle',
  FP6: 'Out of step with the brand',
  FP7: 'Results are hard to measure',
  FP8: 'The same customers are contacted too often',
  NR: 'Those who did not respond are ignored',
  MF1: 'Bigger budgets are to make up for faults in products, channels and relationships',
  MF2: 'The organisation assumes that it knows its customers',
  MF3: 'The success of campaigns is taken for the success of relationships',
  MF4: 'The customer is not seen as a whole: divisions, channels and what follows the sale stay apart',
  MF5: 'Nobody has a hand in all the places where customers meet the organisation',
  CF1: 'No clarity on whom to serve: poor fit ends in returns, disputes and complaints',
  CF2: 'The model does not rest on keeping customers and their share of spend',
};

/** “The same customers are contacted too often (FP8)”; a code without an entry stands for itself. */
export function describeProblem(code: string): string {
  const words = problemWords[code];
  return words === undefined ? code : `${words} (${code})`;
}

export const opinionWords: Readonly<Record<Opinion['kind'], string>> = {
  unqualified: 'Unqualified opinion',
  qualified: 'Qualified opinion',
  qualifiedScope: 'Opinion qualified in scope',
  adverse: 'Adverse opinion',
  disclaimer: 'Disclaimer of opinion',
  none: 'No opinion',
};

export const sourceWords: Readonly<Record<ThresholdSource['kind'], string>> = {
  paper: 'Published study',
  vendor: 'Vendor guidance',
  regulator: 'Regulator',
  benchmark: 'Benchmark',
  convention: 'Convention',
  derived: 'Derived',
  house: 'House rule',
};

export const valueBasisWords = {
  margin: 'Customer value is contribution margin: what is left of sales after the cost of the goods.',
  revenue: 'Customer value is net sales: the files hold no margin.',
  'reported-total': 'Customer value is the total that the member file reports; the files hold no transactions.',
} as const;

/** Words of statistics that the report uses. */
export const statisticalTerms: readonly { readonly term: string; readonly meaning: string }[] = [
  { term: 'Interval', meaning: 'The range that fits the data. With a 95\u00a0% interval, 95 of 100 such ranges hold the true figure.' },
  { term: 'Gini index', meaning: 'How unequally something is shared: 0 means equal shares for all, 1 means that one has everything.' },
  { term: 'Percentage points', meaning: 'A plain difference of two percentages: from 10\u00a0% to 12\u00a0% is two percentage points.' },
  { term: 'Holdout', meaning: 'Customers whom chance kept out of a campaign, so that one can see what happens without it.' },
  { term: 'Random band', meaning: 'What chance alone would give with the same campaigns, of the same size, among the same customers.' },
  { term: 'Bounds', meaning: 'The lowest and the highest effect that the data allow when one assumption, and no more, is made.' },
  { term: 'Materiality', meaning: 'The amount of money from which a fault matters for the programme as a whole, fixed before looking at any result.' },
  { term: 'Quarantine', meaning: 'Rows that were set aside because a value could not be read; each is kept with its line and its reason.' },
  { term: 'Control total', meaning: 'A sum that must be the same before and after reading a file, so that no row is lost unseen.' },
  { term: 'Coverage', meaning: 'How much of what could be asked was answered, weighed by the worst that each question can find.' },
];
