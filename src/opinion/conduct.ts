/** How the programme is run: the first half of the opinion. */
import type { Coverage, Finding } from '../result/schema.js';
import { type AuditWeight, coverageOf } from './coverage.js';
import { type Half, isAboutEffects, isMaterial, listed } from './half.js';

/** From this many of Forrester’s problems (those who did not respond among them) at high severity or above, the trouble is pervasive (methodology §11.5). */
const pervasiveProblems = 3;
/** Below this share of the questions by weight, nothing found is no clean opinion. House rule. */
const leastCoverage = 0.5;

/** How the programme is run. @param coverage of all findings. @param weightOf the weight class of an audit by id, for the coverage of this half alone. */
export function conductOpinion(findings: readonly Finding[], { share }: Coverage, weightOf: (audit: string) => AuditWeight): Half {
  const conduct = findings.filter((finding) => !isAboutEffects(finding));
  const judged = conduct.filter((finding) => ['healthy', 'watch', 'problem'].includes(finding.status));
  if (judged.length === 0) {
    return { kind: 'none', title: 'No opinion on conduct', paragraph: 'The files do not hold what is needed to judge how the programme is run.', basis: [] };
  }
  const material = conduct.filter(isMaterial);
  const basis = material.map((finding) => finding.id);
  const problems = new Set(material.map((finding) => finding.problem).filter((problem) => /^(FP\d|NR)$/.test(problem)));
  const examined = coverageOf(conduct, weightOf, []);
  const isThin = Math.min(share, examined.share) < leastCoverage;
  const part = `in the part that could be examined (${examined.evaluated} of ${conduct.length} questions)`;
  if (material.length === 0 && isThin) {
    const title = `Conduct: nothing material found ${part}`;
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
  if (isThin) {
    const isOne = material.length === 1;
    const paragraph = `${isOne ? 'The fault is' : 'The faults are'} material: ${listed(material)}. The part that could be examined is too small for an opinion on the rest: what is missing is listed under coverage.`;
    return { kind: 'qualified', title: `Conduct: ${isOne ? 'a material fault' : 'material faults'} ${part}`, paragraph, basis };
  }
  return {
    kind: 'qualified',
    title: 'Conduct: sound, except where said',
    paragraph: `${material.length === 1 ? 'The exception is' : 'The exceptions are'} material: ${listed(material)}.`,
    basis,
  };
}
