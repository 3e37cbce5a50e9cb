/** The report as one HTML file that asks nothing of the network and runs nothing but its own script. */
import type { JSX } from 'preact';
import type { Result } from '../../result/schema.js';
import { type Branding, plainBranding } from '../branding.js';
import type { Format } from '../format.js';
import { formatOf, present } from '../present.js';
import type { ReportView } from '../view.js';
import { InputsSection, MethodSection, QualitySection, UnlocksSection } from './appendix.js';
import { Contents, type ContentsEntry, Frame, htmlDocument } from './document.js';
import { ExhibitsSection } from './exhibits.js';
import { FindingArticle, UnansweredSection } from './finding.js';
import { ActionsSection, CoverageSection, OpinionSection, OverviewSection, ProfileSection, StakesSection } from './first-page.js';
import { ScepticSection } from './sceptic.js';
import { SinceSection } from './since.js';

interface PageProps {
  readonly view: ReportView;
}

function entriesOf(view: ReportView): ContentsEntry[] {
  return [
    { id: 'opinion', label: 'Opinion', isShown: true },
    { id: 'profile', label: 'Profile', isShown: true },
    { id: 'actions', label: 'What to do first', isShown: view.actions.length > 0 },
    { id: 'stakes', label: 'Money at stake', isShown: view.stakes.length > 0 },
    { id: 'coverage', label: 'Coverage', isShown: true },
    { id: 'overview', label: 'Findings in order', isShown: true },
    { id: 'since', label: 'Since the last report', isShown: view.since !== null },
    { id: 'exhibits', label: 'Success, value, silence', isShown: view.exhibits.length > 0 },
    { id: 'findings', label: 'Findings in full', isShown: view.findings.length > 0, below: <FindingLinks view={view} /> },
    { id: 'unanswered', label: 'Without an answer', isShown: view.unanswered.length > 0 },
    { id: 'sceptic', label: 'For the sceptic', isShown: view.challenged.length > 0 },
    { id: 'unlocks', label: 'What more data would tell', isShown: view.unlocks.length > 0 },
    { id: 'quality', label: 'Quality of the data', isShown: true },
    { id: 'inputs', label: 'Files and totals', isShown: true },
    { id: 'method', label: 'Method', isShown: true },
  ];
}

function FindingLinks({ view }: PageProps): JSX.Element {
  return (
    <ol>
      {view.findings.map(({ anchor, name }) => (
        <li key={anchor}>
          <a href={`#${anchor}`}>{name}</a>
        </li>
      ))}
    </ol>
  );
}

function Main({ view, format }: PageProps & { readonly format: Format }): JSX.Element {
  return (
    <main id="main" data-decimal={format.plain(0.5, 1).charAt(1)}>
      <OpinionSection view={view} />
      <ProfileSection view={view} />
      <ActionsSection view={view} />
      <StakesSection view={view} />
      <CoverageSection view={view} />
      <OverviewSection view={view} />
      <SinceSection view={view} />
      <ExhibitsSection view={view} format={format} />
      {view.findings.length === 0 ? null : (
        <section class="findings" id="findings" aria-labelledby="findings-head">
          <h2 id="findings-head">Findings in full</h2>
          {view.findings.map((finding) => (
            <FindingArticle key={finding.anchor} finding={finding} format={format} />
          ))}
        </section>
      )}
      <UnansweredSection view={view} format={format} />
      <ScepticSection view={view} />
      <UnlocksSection view={view} />
      <QualitySection view={view} />
      <InputsSection view={view} />
      <MethodSection view={view} />
    </main>
  );
}

function Body({ view, format }: PageProps & { readonly format: Format }): JSX.Element {
  return (
    <Frame head={view} contents={<Contents entries={entriesOf(view)} />}>
      <Main view={view} format={format} />
    </Frame>
  );
}

/**
 * @returns a whole document; the same result gives the same bytes.
 * @throws Error when a sentence has a placeholder that nothing answers.
 */
export function renderHtml(result: Result, branding: Branding = plainBranding, earlier: Result | null = null): string {
  const view = present(result, branding, earlier);
  return htmlDocument({ title: view.title, body: <Body view={view} format={formatOf(result, branding)} />, branding });
}
