/** The programme opinion: conduct and effectiveness apart, in the form auditors know (methodology §11.5). */
import type { Coverage, Finding, Opinion } from '../result/schema.js';
import { conductOpinion } from './conduct.js';
import type { AuditWeight } from './coverage.js';
import { effectivenessOpinion } from './effectiveness.js';
import type { Materiality } from './materiality.js';

const disclaimer = 'This is an analytical review of the files given, not an assurance engagement under ISAE 3000.';

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
