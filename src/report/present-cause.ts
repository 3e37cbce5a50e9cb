/** Why a finding may be so: what its design can say of the cause, and the rival explanation that a sceptic would try first. */
import type { EvidenceGrade, Finding } from '../result/schema.js';
import type { StatementView } from './view.js';

/** What each design of evidence says of the reason, and what it leaves open. */
const reasons: Readonly<Record<EvidenceGrade, string>> = {
  E1: 'A random draw split the customers, so a difference beyond chance comes from the contact; the split does not show what about the contact made it.',
  E2: 'A random draw with a doubt left, or something nearly as good, split the customers: the difference points to the contact as the reason, and does not prove it.',
  E3: 'Like was compared with like, or a test leaves several doubts: the reason may be something that the files do not hold.',
  E4: 'The figures say what is, and not why.',
  E5: 'People said so; it was not measured.',
};

const effectGrades: ReadonlySet<EvidenceGrade | null> = new Set<EvidenceGrade | null>(['E1', 'E2']);

/** True for what a sceptic will ask about: all that calls for a decision or tells a fact, and every claim of an effect. */
export function isContestable({ status, evidenceGrade, rivals }: Pick<Finding, 'status' | 'evidenceGrade' | 'rivals'>): boolean {
  return rivals.length > 0 && (status === 'problem' || status === 'watch' || status === 'informative' || effectGrades.has(evidenceGrade));
}

const unquotedEnd = (sentence: string): string => sentence.trim().replace(/\.$/, '');

export const causeLabel = 'Why it may be so';
/** Begins what a report leaves out where the rival explanations stand in full. */
export const rivalLead = 'The strongest rival explanation:';

/** Null where nothing was found that needs a reason. */
export function causeStatement(finding: Finding, fill: (template: string) => string): StatementView | null {
  const [strongest] = finding.rivals;
  if (strongest === undefined || finding.evidenceGrade === null || !isContestable(finding)) return null;
  const rival = `${rivalLead} “${unquotedEnd(fill(strongest.explanation))}.” Check: ${fill(strongest.check)}`;
  return { label: causeLabel, text: `${reasons[finding.evidenceGrade]} ${rival}` };
}
