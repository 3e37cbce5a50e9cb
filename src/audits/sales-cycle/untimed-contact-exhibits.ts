/** The tables and the picture of where members stood in their cycle when a send reached them, or did not. */

import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import { isFew, tellableParts } from '../../statistics/small-cells.js';
import { phaseClasses } from './phases.js';
import type { SendRow } from './untimed-contact.sql.js';
import type { DateArea } from './untimed-contact-measures.js';

type PhaseShares = readonly { readonly recipients: number; readonly others: number }[];

export function timingEvidence(dates: readonly DateArea[], shares: PhaseShares, sends: readonly SendRow[], smallCell: number): EvidenceTable[] {
  const names = new Map(sends.map((row) => [row.campaign_key, row.name]));
  // All contacts together are told, so one small send cannot be left out alone.
  const told = tellableParts(
    dates.map(({ recipients, others }) => (isFew(others, smallCell) ? Math.min(others, recipients) : recipients)),
    smallCell,
  );
  const shown = dates.filter((_date, index) => told[index]);
  return [
    {
      id: 'sends',
      title: 'Each send: were those contacted further along in their cycle than those left out?',
      columns: [
        { id: 'day', label: 'Day', unit: 'date' },
        { id: 'campaign', label: 'Campaign', unit: 'text' },
        { id: 'recipients', label: 'Members contacted', unit: 'count' },
        { id: 'others', label: 'Members left out', unit: 'count' },
        { id: 'laterShare', label: 'Pairs in which the member contacted was further along', unit: 'share' },
        { id: 'low', label: 'Low end', unit: 'share' },
        { id: 'high', label: 'High end', unit: 'share' },
      ],
      rows: shown.map(({ day, campaignKey, recipients, others, area }) => [
        day,
        names.get(campaignKey) ?? null,
        recipients,
        others,
        area?.estimate ?? null,
        area === null ? null : Math.max(0, area.low),
        area === null ? null : Math.min(1, area.high),
      ]),
      note: `Only members who had bought before and were not silent for more than three of their own gaps. Sends with fewer than ${smallCell} such members on either side are left out; without a share, nobody was left out or nobody bought about as often.`,
    },
    {
      id: 'phases',
      title: 'Where members stood in their own cycle between purchases',
      columns: [
        { id: 'phase', label: 'Days since the last purchase, as part of the member’s own gap', unit: 'text' },
        { id: 'recipients', label: 'Members contacted', unit: 'share' },
        { id: 'others', label: 'Comparable members left out', unit: 'share' },
      ],
      rows: phaseClasses.map(({ label }, index) => [label, shares[index]?.recipients ?? null, shares[index]?.others ?? null]),
      note: 'Members left out are weighted to the dates and frequencies of those contacted; members silent for more than three of their own gaps stand here too; sends that left nobody out are not in this table.',
    },
  ];
}

export function timingChart(shares: PhaseShares): Chart {
  const line = (label: string, emphasis: 'strong' | 'normal', shareOf: (share: PhaseShares[number]) => number) => ({
    label,
    emphasis,
    points: shares.map((share, x) => ({ x, y: shareOf(share), low: null, high: null })),
  });
  return {
    kind: 'lines',
    id: 'phases',
    title: 'Where members stood in their own cycle between purchases',
    description:
      'Two curves over the phase of the cycle, from just bought to very late: the members a send reached and comparable members it left out. Curves that lie on one another say that the date had nothing to do with the customer. {justBought} of the contacts went to members who had just bought, {inWindow} to members about due, {late} to members who were late.',
    isStepped: false,
    xLabel: 'Days since the last purchase, as part of the member’s own gap',
    xUnit: 'number',
    xNames: phaseClasses.map(({ label }) => label),
    yLabel: 'Share of members',
    yUnit: 'share',
    lines: [line('contacted', 'strong', ({ recipients }) => recipients), line('left out', 'normal', ({ others }) => others)],
    counts: null,
    xReferences: [],
    yReferences: [],
  };
}
