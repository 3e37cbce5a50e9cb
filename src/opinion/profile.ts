/** Marketing focus ↔ customer focus, theme by theme, with its spread; never one number (methodology §0.2 no. 10). */
import type { Finding, FocusLevel, ProfileTheme } from '../result/schema.js';
import type { AuditWeight } from './coverage.js';
import { severityRank } from './materiality.js';
import { themes } from './themes.js';

type Measurable = Exclude<FocusLevel, 'Natural'>;
const ladder: readonly Measurable[] = ['Naive', 'Transactional', 'Enlightened'];

/** What one finding says of the level; null when it says nothing. @param weight the worst severity that the audit can find. */
function levelOf(finding: Finding, weight: AuditWeight): Measurable | null {
  const grave = Math.min(severityRank('high'), severityRank(weight));
  if (finding.status === 'problem') return severityRank(finding.severity) >= grave ? 'Naive' : 'Transactional';
  if (finding.status === 'watch') return 'Transactional';
  return finding.status === 'healthy' ? 'Enlightened' : null;
}

/**
 * One entry for each theme that has an audit, in the order of the themes. The level is the lower median of its findings; a problem as
 * grave as its audit can find, or of high severity, is Naive.
 * @param weightOf the weight class of an audit by id.
 */
export function profileOf(findings: readonly Finding[], weightOf: (audit: string) => AuditWeight): ProfileTheme[] {
  return themes.flatMap((theme) => {
    const own = findings.filter((finding) => finding.category === theme.id);
    if (own.length === 0) return [];
    const basis = own.map((finding) => ({ audit: finding.id, status: finding.status, level: levelOf(finding, weightOf(finding.id)) }));
    const ranks = basis.flatMap(({ level }) => (level === null ? [] : [ladder.indexOf(level)])).sort((a, b) => a - b);
    const at = (rank: number | undefined): Measurable | null => (rank === undefined ? null : (ladder[rank] ?? null));
    const level = at(ranks[Math.floor((ranks.length - 1) / 2)]);
    const isDescribed = own.some(({ status }) => status === 'informative');
    const unknown = isDescribed ? 'Described, but not judged: what the files hold allows no verdict.' : 'Not measured: the files do not say.';
    const sentence = level === null ? unknown : theme.meaning[level];
    return [{ theme: theme.id, label: theme.label, level, low: at(ranks[0]), high: at(ranks.at(-1)), basis, sentence }];
  });
}
