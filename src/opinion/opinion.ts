/** The programme opinion: conduct and effectiveness apart, in the form auditors know (methodology §11.5). */
import type { Coverage, Finding, Opinion } from '../result/schema.js';
import { type Materiality, severityRank } from './materiality.js';

const disclaimer = 'This is an analytical review of the files given, not an assurance engagement under ISAE 3000.';
/** From this many of Forrester’s eight problems at high severity or above, the trouble is pervasive. House rule. */
const pervasiveProblems = 3;

interface Half {
  readonly kind: Opinion['kind'];
  readonly title: string;
  readonly paragraph: string;
  readonly basis: readonly string[];
}

const isMaterial = (finding: Finding): boolean => finding.status === 'problem' && severityRank(finding.severity) >= severityRank('high');
const listed = (findings: readonly Finding[]): string => findings.map((finding) => finding.id).join(', ');

/** How the programme is run. */
function conductOpinion(findings: readonly Finding[]): Half {
  const conduct = findings.filter((finding) => finding.category !== 'measurement' && finding.category !== 'value');
  const judged = conduct.filter((finding) => ['healthy', 'watch', 'problem'].includes(finding.status));
  if (judged.length === 0) {
    return { kind: 'none', title: 'No opinion on conduct', paragraph: 'The files do not hold what is needed to judge how the programme is run.', basis: [] };
  }
  const material = conduct.filter(isMaterial);
  const basis = material.map((finding) => finding.id);
  const problems = new Set(material.map((finding) => finding.problem));
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
    const paragraph = 'The files hold no campaigns whose effect could be judged.';
    return { kind: 'none', title: 'No opinion on effectiveness', paragraph, basis: [] };
  }
  if (holdouts.status === 'problem') {
    const paragraph =
      'Whether the programme works cannot be said: too little of the contact belongs to campaigns that keep a random group back, and without one no effect can be told from what would have happened anyway.';
    return { kind: 'disclaimer', title: 'Effectiveness: cannot be said', paragraph, basis: [holdouts.id] };
  }
  const value = findings.filter((finding) => finding.category === 'value' && isMaterial(finding));
  if (value.length > 0) {
    const paragraph = `Some campaigns that count as successes do not add customer value: ${listed(value)}.`;
    return { kind: 'qualified', title: 'Effectiveness: proved, except where said', paragraph, basis: value.map((finding) => finding.id) };
  }
  if (holdouts.status === 'watch') {
    const paragraph = 'For part of the contact an effect can be proved; for the rest nothing can be said.';
    return { kind: 'qualifiedScope', title: 'Effectiveness: proved in part', paragraph, basis: [holdouts.id] };
  }
  return {
    kind: 'unqualified',
    title: 'Effectiveness: can be proved',
    paragraph: 'Most contact belongs to campaigns that keep a random group back.',
    basis: [holdouts.id],
  };
}

/** The worse of the two halves gives the opinion its kind; the paragraphs say both. */
const gravity: readonly Opinion['kind'][] = ['none', 'unqualified', 'qualifiedScope', 'qualified', 'disclaimer', 'adverse'];

export function opinionOf(findings: readonly Finding[], coverage: Coverage, materiality: Materiality | null): Opinion {
  const halves = [conductOpinion(findings), effectivenessOpinion(findings)];
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
