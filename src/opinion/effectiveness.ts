/** Whether anybody can say that the programme works: the second half of the opinion. */
import type { Finding } from '../result/schema.js';
import { type Half, isAboutEffects, isMaterial, listed } from './half.js';

/** A failure of one of these leaves tests that show nothing (methodology §4, checks 3 to 5). */
const proofChecks = new Set(['underpowered-holdouts', 'sample-ratio-mismatch', 'unbalanced-arms']);
/** A problem here means that campaigns are credited with what they did not add. */
const creditChecks = new Set(['coincidental-attribution', 'impossible-credit', 'overstated-attribution']);

/** @returns a disclaimer where nothing could tell an effect; what is proved, and what is refuted, otherwise. */
export function effectivenessOpinion(findings: readonly Finding[]): Half {
  const half = verdictOn(findings);
  const overclaimed = findings.filter((finding) => creditChecks.has(finding.id) && finding.status === 'problem');
  if (overclaimed.length === 0) return half;
  const sentence = `What campaigns are credited with is not what they added: ${listed(overclaimed)}.`;
  return { ...half, paragraph: `${half.paragraph} ${sentence}`, basis: [...half.basis, ...overclaimed.map(({ id }) => id)] };
}

function verdictOn(findings: readonly Finding[]): Half {
  const holdouts = findings.find((finding) => finding.id === 'absent-holdouts');
  if (holdouts === undefined || holdouts.status === 'notApplicable' || holdouts.status === 'notEnoughData' || holdouts.status === 'error') {
    const paragraph = 'Whether campaigns keep a random group back was not asked, or the files do not say; without that there is no opinion on their effect.';
    return { kind: 'none', title: 'No opinion on effectiveness', paragraph, basis: [] };
  }
  if (holdouts.status === 'problem') {
    const paragraph =
      'Whether the programme works cannot be said: too little of the contact belongs to campaigns that keep a random group back, and without one no effect can be told from what would have happened anyway.';
    return { kind: 'disclaimer', title: 'Effectiveness: cannot be said', paragraph, basis: [holdouts.id] };
  }
  const proof = proofOf(findings);
  const faults = findings.filter((finding) => finding.category === 'value' && isAboutEffects(finding) && isMaterial(finding));
  if (faults.length > 0) return refuted(faults, proof);
  const failed = findings.filter((finding) => proofChecks.has(finding.id) && finding.status === 'problem');
  if (proof === null && failed.length > 0) {
    const paragraph = `Whether the programme works cannot be said: campaigns keep a random group back, but the tests cannot show an effect: ${listed(failed)}.`;
    return { kind: 'disclaimer', title: 'Effectiveness: cannot be said', paragraph, basis: failed.map(({ id }) => id) };
  }
  return tested(holdouts, proof);
}

/** How sure it is that campaigns do not pay back, by the weakest grade. */
function unpaidWords(unpaid: readonly Finding[]): string {
  const isAtLeast = (...grades: readonly Finding['evidenceGrade'][]): boolean => unpaid.every(({ evidenceGrade }) => grades.includes(evidenceGrade));
  if (isAtLeast('E1')) return 'Some campaigns are shown not to pay back';
  return isAtLeast('E1', 'E2')
    ? 'Evidence indicates that some campaigns do not pay back'
    : 'Some campaigns seem not to pay back, by tests that are far from proof';
}

/** Some campaigns are found not to pay back, or success not to go with value. */
function refuted(faults: readonly Finding[], proof: Proof | null): Half {
  const isProved = faults.every((finding) => finding.evidenceGrade === 'E1');
  const unpaid = faults.filter(({ id }) => id === 'hollow-wins');
  const decoupled = faults.filter(({ id }) => id !== 'hollow-wins');
  const sentences = [
    ...(unpaid.length === 0 ? [] : [`${unpaidWords(unpaid)}: ${listed(unpaid)}.`]),
    ...(decoupled.length === 0 ? [] : [`What is celebrated does not go with what customers are worth: ${listed(decoupled)}.`]),
  ].join(' ');
  const against = isProved ? 'refuted' : 'doubtful';
  const basis = faults.map((finding) => finding.id);
  if (proof === null) {
    return {
      kind: 'qualified',
      title: `Effectiveness: not proved, and ${against} where said`,
      paragraph: `No campaign is shown to add value. ${sentences}`,
      basis,
    };
  }
  return {
    kind: 'qualified',
    title: `Effectiveness: ${proof.word} in part, and ${against} where said`,
    paragraph: `Part of the effort is ${proof.phrase}. ${sentences}`,
    basis,
  };
}

/** Nothing is refuted: how much is tested, and how much proved. */
function tested(holdouts: Finding, proof: Proof | null): Half {
  const isPartly = holdouts.status !== 'healthy';
  if (proof === null) {
    const paragraph = `${isPartly ? 'Part of' : 'Most'} contact belongs to campaigns that keep a random group back, so its effect can be tested. No campaign is shown to add value so far.`;
    const title = `Effectiveness: can be tested${isPartly ? ' in part' : ''}, not yet proved`;
    return { kind: 'qualifiedScope', title, paragraph, basis: [holdouts.id] };
  }
  const basis = [holdouts.id, proof.finding.id];
  if (isPartly || proof.finding.status !== 'healthy') {
    const paragraph = `Part of the effort is ${proof.phrase}; of the rest this cannot be said.`;
    return { kind: 'qualifiedScope', title: `Effectiveness: ${proof.word} in part`, paragraph, basis };
  }
  const paragraph = `Most contact belongs to campaigns that keep a random group back, and most of the effort is ${proof.phrase}.`;
  if (proof.isWeak) return { kind: 'qualifiedScope', title: `Effectiveness: ${proof.word} for most of the effort, not proved`, paragraph, basis };
  return { kind: 'unqualified', title: `Effectiveness: ${proof.word} for most of the effort`, paragraph, basis };
}

interface Proof {
  readonly finding: Finding;
  readonly word: string;
  readonly phrase: string;
  /** Too far from proof for an opinion without a reservation. */
  readonly isWeak: boolean;
}

/** That an effect can be proved is no proof: only a campaign that is shown to add value is one, and only a test without a doubt proves. */
function proofOf(findings: readonly Finding[]): Proof | null {
  const finding = findings.find(({ id }) => id === 'hollow-wins');
  const share = finding?.measures.find(({ id }) => id === 'provenShare')?.value ?? null;
  if (finding === undefined || share === null || share <= 0) return null;
  if (finding.evidenceGrade === 'E1') return { finding, word: 'proved', phrase: 'shown to add value', isWeak: false };
  return finding.evidenceGrade === 'E2'
    ? { finding, word: 'indicated', phrase: 'indicated to add value, short of proof for the reason that the finding names', isWeak: false }
    : {
        finding,
        word: 'suggested',
        phrase: 'worth more than its holdouts, in tests that are far from proof for the reasons that the finding names',
        isWeak: true,
      };
}
