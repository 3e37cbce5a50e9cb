import type { DataIssue } from './issue.js';

/** Campaigns whose name or identifier could point to a person: a report goes to more people than an export does. */
export function renamedCampaigns(campaigns: number): DataIssue[] {
  if (campaigns === 0) return [];
  return [
    {
      type: 'renamed-campaigns',
      title: 'Campaigns named like a person',
      description:
        'Their name or identifier holds an e-mail address or a long number, which may belong to a customer. The report calls them “campaign” with a number of its own. An identifier that “objectives” in the mapping names is kept.',
      template: 'Campaigns that were renamed: {campaigns}.',
      values: { campaigns },
      severity: 'warning',
      file: null,
    },
  ];
}
