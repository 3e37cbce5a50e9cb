/** What a terminal shows: one screen of 80 × 24. The command line only colours and prints it. */
import type { Result, Severity, Status } from '../result/schema.js';
import { inertLine } from './inert.js';
import { present } from './present.js';
import type { ThemeView } from './view.js';

export interface SummaryView {
  readonly question: string;
  readonly opinion: string;
  /** “2024-01-01 to 2024-12-31 (366 days)”, or that it is not known. */
  readonly window: string;
  readonly profile: readonly { readonly label: string; readonly reading: string }[];
  readonly findings: readonly {
    readonly id: string;
    readonly status: Status;
    readonly severity: Severity;
    readonly statusLabel: string;
    readonly sentence: string;
  }[];
  /** Problems and watches that found no room. */
  readonly moreFindings: number;
  readonly coverage: string;
}

const lineWidth = 78;
/** The command line indents sentences by four. */
const sentenceWidth = lineWidth - 4;
/** Twenty-four lines, less the prompt. */
const screenRows = 23;
/** Opinion, “and n more”, window, coverage, the report’s place, and two blank lines. */
const otherRows = 7;
const shownFindings = 5;
const shownThemes = 6;

function shorten(text: string, width: number): string {
  const whole = inertLine(text);
  if (whole.length <= width) return whole;
  /** What stands in brackets is the first thing that a short line can do without. */
  const line = whole.replace(/\s*\([^()]*\)/g, '');
  if (line.length <= width) return line;
  const cut = line.slice(0, width - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), width / 2))}…`;
}

/** “Transactional (Naive to Enlightened)”, or just the end that differs from the level. */
function themeReading({ level, spread }: ThemeView): string {
  if (level === null) return 'not measured';
  const [low = level] = spread;
  const high = spread.at(-1) ?? level;
  if (low === high) return level;
  if (low === level) return `${level} (up to ${high})`;
  return high === level ? `${level} (down to ${low})` : `${level} (${low} to ${high})`;
}

/** The five most severe problems and watches, or, when there are none, the first of the other answers. */
export function summarise(result: Result): SummaryView {
  const view = present(result);
  const pressing = view.findings.filter(({ status }) => status === 'problem' || status === 'watch');
  const shown = (pressing.length > 0 ? pressing : view.findings).slice(0, shownFindings);
  const { window } = result;
  const themes = view.profile.toSorted((a, b) => Number(a.level === null) - Number(b.level === null)).slice(0, shownThemes);
  /** A finding takes two lines; as many as the screen has room for take a third, the most severe first. */
  const roomy = screenRows - otherRows - themes.length - 2 * shown.length;
  return {
    question: view.question,
    opinion: shorten(view.opinion.title, lineWidth),
    window: window === null ? 'not known: no file has a date' : inertLine(`${window.from} to ${window.to} (${window.days} days)`),
    profile: themes.map((theme) => ({ label: shorten(theme.label, 32), reading: shorten(themeReading(theme), 42) })),
    findings: shown.map(({ id, status, severity, statusLabel, headline }, index) => ({
      id: inertLine(id),
      status,
      severity,
      statusLabel,
      sentence: shorten(headline, index < roomy ? sentenceWidth * 2 - 10 : sentenceWidth),
    })),
    moreFindings: pressing.length > shownFindings ? pressing.length - shownFindings : 0,
    coverage: shorten(view.coverage.sentences[0] ?? '', lineWidth),
  };
}
