/** Questions without an answer, put together by what they lack: a report on few files has many, and most lack the same. */
import type { Finding, Unlock } from '../result/schema.js';
import { unlockColumns } from './present-finding.js';
import type { FindingView, ReportView } from './view.js';

type Group = ReportView['unansweredGroups'][number];

/** Columns without which the question has no answer at all. */
const needed = ({ unlocks }: Finding): readonly Unlock[] => unlocks.filter(({ isNeeded }) => isNeeded === true);

const otherTitles: Readonly<Partial<Record<Finding['status'], string>>> = { notEnoughData: 'Too few rows', error: 'Stopped with an internal error' };

/** Of the tables that a question lacks the one that most questions lack, because with it the most would be gained. */
function titleOf(finding: Finding, wanted: ReadonlyMap<string, number>): string {
  const [table] = needed(finding)
    .map((unlock) => unlock.table)
    .toSorted((a, b) => (wanted.get(b) ?? 0) - (wanted.get(a) ?? 0) || (a < b ? -1 : 1));
  return table === undefined ? (otherTitles[finding.status] ?? 'Nothing in the files to look at') : `Missing from ${table}`;
}

/** Groups that lack columns first, the largest before the others. */
export function groupUnanswered(findings: readonly Finding[], views: readonly FindingView[]): Group[] {
  const wanted = new Map<string, number>();
  for (const { table } of findings.flatMap(needed)) wanted.set(table, (wanted.get(table) ?? 0) + 1);
  const groups = new Map<string, { isLacking: boolean; questions: Group['questions'] }>();
  for (const view of views) {
    const finding = findings.find(({ id }) => id === view.id);
    if (finding === undefined) continue;
    const title = titleOf(finding, wanted);
    const lacking = needed(finding);
    const question = { finding: view, lack: lacking.length === 0 ? view.headline : lacking.map(unlockColumns).join('; ') };
    groups.set(title, { isLacking: lacking.length > 0, questions: [...(groups.get(title)?.questions ?? []), question] });
  }
  return [...groups]
    .toSorted(([, a], [, b]) => Number(b.isLacking) - Number(a.isLacking) || b.questions.length - a.questions.length)
    .map(([title, { questions }]) => ({ title, questions }));
}
