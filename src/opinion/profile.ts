/** Marketing focus ↔ customer focus, theme by theme, with its spread; never one number (methodology §0.2 no. 10). */
import type { Finding, FocusLevel, ProfileTheme } from '../result/schema.js';
import { themes } from './themes.js';

type Measurable = Exclude<FocusLevel, 'Natural'>;
const ladder: readonly Measurable[] = ['Naive', 'Transactional', 'Enlightened'];

/** What one finding says of the level; null when it says nothing. */
function levelOf(finding: Finding): Measurable | null {
  if (finding.status === 'problem') return finding.severity === 'high' || finding.severity === 'critical' ? 'Naive' : 'Transactional';
  if (finding.status === 'watch') return 'Transactional';
  return finding.status === 'healthy' ? 'Enlightened' : null;
}

/** One entry for each theme that has an audit, in the order of the themes. The level is the lower median of its findings. */
export function profileOf(findings: readonly Finding[]): ProfileTheme[] {
  return themes.flatMap((theme) => {
    const own = findings.filter((finding) => finding.category === theme.id);
    if (own.length === 0) return [];
    const basis = own.map((finding) => ({ audit: finding.id, status: finding.status, level: levelOf(finding) }));
    const ranks = basis.flatMap(({ level }) => (level === null ? [] : [ladder.indexOf(level)])).sort((a, b) => a - b);
    const at = (rank: number | undefined): Measurable | null => (rank === undefined ? null : (ladder[rank] ?? null));
    const level = at(ranks[Math.floor((ranks.length - 1) / 2)]);
    const isDescribed = own.some(({ status }) => status === 'informative');
    const unknown = isDescribed ? 'Described, but not judged: what the files hold allows no verdict.' : 'Not measured: the files do not say.';
    const sentence = level === null ? unknown : theme.meaning[level];
    return [{ theme: theme.id, label: theme.label, level, low: at(ranks[0]), high: at(ranks.at(-1)), basis, sentence }];
  });
}
