/** The programme opinion: conduct and effectiveness apart, in the form auditors know (methodology §11.5). */
import type { Coverage, Finding, Opinion } from '../result/schema.js';
import { type AuditWeight, coverageOf } from './coverage.js';
import { type Materiality, severityRank } from './materiality.js';

const disclaimer = 'This is an analytical review of the files given, not an assurance engagement under ISAE 3000.';
/** From this many of Forrester’s problems (those who did not respond among them) at high severity or above, the trouble is pervasive (methodology §11.5). */
const pervasiveProblems = 3;
/** Below this share of the questions by weight, nothing found is no clean opinion. House rule. */
const leastCoverage = 0.5;

interface Half {
  readonly kind: Opinion['kind'];
  readonly title: string;
  readonly paragraph: string;
  readonly basis: readonly string[];
}

const isMaterial = (finding: Finding): boolean => finding.status === 'problem' && severityRank(finding.severity) >= severityRank('high');
const listed = (findings: readonly Finding[]): string => findings.map((finding) => finding.id).join(', ');

/** How the programme is run. */
function conductOpinion(findings: readonly Finding[], { share }: Coverage, weightOf: (audit: string) => AuditWeight): Half {
  const conduct = findings.filter((finding) => finding.category !== 'measurement' && finding.category !== 'value');
  const judged = conduct.filter((finding) => ['healthy', 'watch', 'problem'].includes(finding.status));
  if (judged.length === 0) {
    return { kind: 'none', title: 'No opinion on conduct', paragraph: 'The files do not hold what is needed to judge how the programme is run.', basis: [] };
  }
  const material = conduct.filter(isMaterial);
  const basis = material.map((finding) => finding.id);
  const problems = new Set(material.map((finding) => finding.problem).filter((problem) => /^(FP\d|NR)$/.test(problem)));
  const examined = coverageOf(conduct, weightOf, []);
  if (material.length === 0 && Math.min(share, examined.share) < leastCoverage) {
    const title = `Conduct: nothing material found in the part that could be examined (${examined.evaluated} of ${conduct.length} questions)`;
    const paragraph =
      'Nothing material was found in the part that could be examined. That part is too small for an opinion on the whole: what is missing is listed under coverage.';
    return { kind: 'qualifiedScope', title, paragraph, basis: judged.map((finding) => finding.id) };
  }
  if (material.length === 0) {
    const paragraph = 'On what could be examined, the programme is run without a material fault. What could not be examined is listed under coverage.';
    return { kind: 'unqualified', title: 'Conduct: no material fault found', paragraph, basis: judged.map((finding) => finding.id) };
  }
  if (problems.size >= pervasiveProblems) {
    const paragraph = `The faults are material and run through the programme: ${listed(material)}.`;
    return { kind: 'adverse', title: 'Conduct: adverse', paragraph, basis };
  }
  return { kind: 'qualified', title: 'Conduct: sound, except where said', paragraph: `The exceptions are material: ${listed(material)}.`, basis };
}

/** Whether anybody can say that the programme works. */
function effectivenessOpinion(findings: readonly Finding[]): Half {
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
  const faults = findings.filter((finding) => finding.category === 'value' && isMaterial(finding));
  if (faults.length > 0) {
    const isProved = faults.every((finding) => finding.evidenceGrade === 'E1');
    const fault = `${isProved ? 'Some campaigns are shown not to pay back' : 'Evidence indicates that some campaigns do not pay back'}: ${listed(faults)}.`;
    const against = isProved ? 'refuted' : 'doubtful';
    const basis = faults.map((finding) => finding.id);
    if (proof === null) {
      const paragraph = `No campaign is shown to add value. ${fault}`;
      return { kind: 'qualified', title: `Effectiveness: not proved, and ${against} where said`, paragraph, basis };
    }
    const paragraph = `Part of the effort is ${proof.phrase}. ${fault}`;
    return { kind: 'qualified', title: `Effectiveness: ${proof.word} in part, and ${against} where said`, paragraph, basis };
  }
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
  return { kind: 'unqualified', title: `Effectiveness: ${proof.word} for most of the effort`, paragraph, basis };
}

interface Proof {
  readonly finding: Finding;
  readonly word: string;
  readonly phrase: string;
}

/** That an effect can be proved is no proof: only a campaign that is shown to add value is one, and only a test without a doubt proves. */
function proofOf(findings: readonly Finding[]): Proof | null {
  const finding = findings.find(({ id }) => id === 'hollow-wins');
  const share = finding?.measures.find(({ id }) => id === 'provenShare')?.value ?? null;
  if (finding === undefined || share === null || share <= 0) return null;
  return finding.evidenceGrade === 'E1'
    ? { finding, word: 'proved', phrase: 'shown to add value' }
    : { finding, word: 'indicated', phrase: 'indicated to add value, short of proof because a test leaves a doubt' };
}

/** The worse of the two halves gives the opinion its kind; the paragraphs say both. */
const gravity: readonly Opinion['kind'][] = ['none', 'unqualified', 'qualifiedScope', 'qualified', 'disclaimer', 'adverse'];

/** @param coverage of all findings. @param weightOf the weight class of an audit by id, for the coverage of one half alone. */
export function opinionOf(
  findings: readonly Finding[],
  coverage: Coverage,
  materiality: Materiality | null,
  weightOf: (audit: string) => AuditWeight,
): Opinion {
  const halves = [conductOpinion(findings, coverage, weightOf), effectivenessOpinion(findings)];
  const kind = halves.map((half) => half.kind).reduce((worst, next) => (gravity.indexOf(next) > gravity.indexOf(worst) ? next : worst));
  const errors = coverage.errors > 0 ? [`${coverage.errors} of the audits stopped with an internal error; the opinion does not rest on them.`] : [];
  const size = materiality === null ? ['The value of the members is unknown, so severities rest on the size of each effect alone.'] : [];
  return {
    kind,
    title: halves.map((half) => half.title).join('. '),
    paragraphs: [...halves.map((half) => half.paragraph), ...size, ...errors],
    basis: [...new Set(halves.flatMap((half) => half.basis))],
    materiality,
    disclaimer,
  };
}
