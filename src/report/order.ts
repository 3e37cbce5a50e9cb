/** The order of findings: what needs a decision first, then by severity, then by how well it is proved. */
import type { Finding, Severity, Status } from '../result/schema.js';

const statuses: readonly Status[] = ['problem', 'watch', 'informative', 'healthy', 'notEnoughData', 'notApplicable', 'error'];
const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'none'];
const answeredStatuses: ReadonlySet<Status> = new Set<Status>(['problem', 'watch', 'informative', 'healthy']);

/** True when the audit came to an answer. */
export function isAnswered(finding: Pick<Finding, 'status'>): boolean {
  return answeredStatuses.has(finding.status);
}

/** Status, then severity, then evidence grade (E1 first, none last); ties keep the order of the result. */
export function orderFindings(findings: readonly Finding[]): Finding[] {
  const key = (finding: Finding): readonly number[] => [
    statuses.indexOf(finding.status),
    severities.indexOf(finding.severity),
    finding.evidenceGrade === null ? 9 : Number(finding.evidenceGrade.slice(1)),
  ];
  return findings.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left.map((value, index) => value - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
  });
}
