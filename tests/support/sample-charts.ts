/** Curves and a table of shades as the audits draw them, for tests of the report. */
import type { LinesChart, MatrixChart, SlopeChart } from '../../src/result/charts.js';

const bins = ['none', '1–2', '3–4', '5–8', '9–12', '13 or more'];
const overBins = (heights: readonly number[]): LinesChart['lines'][number]['points'] => heights.map((y, x) => ({ x, y, low: y * 0.85, high: y * 1.15 }));

export const fatigueCurve: LinesChart = {
  kind: 'lines',
  id: 'response-by-pressure',
  title: 'Response by contacts in the 28 days before',
  description: 'Response falls with the number of contacts just before, once members of the same campaign are compared.',
  isStepped: false,
  xLabel: 'Contacts in the 28 days before',
  xUnit: 'count',
  xNames: bins,
  yLabel: 'Share that responded',
  yUnit: 'share',
  lines: [
    { label: 'Same campaign compared', emphasis: 'strong', points: overBins([0.062, 0.058, 0.049, 0.041, 0.033, 0.029]) },
    { label: 'As it looks', emphasis: 'normal', points: overBins([0.031, 0.04, 0.052, 0.061, 0.064, 0.066]) },
    { label: 'Same member compared', emphasis: 'muted', points: overBins([0.055, 0.053, 0.05, 0.046, 0.044, 0.043]) },
  ],
  counts: { label: 'Contacts', values: [8_200, 6_100, 3_900, 2_400, 900, 300].map((n, x) => ({ x, n })) },
  xReferences: [{ value: 3, label: 'each extra contact costs more than it brings' }],
  yReferences: [],
};

export const onboardingCurve: LinesChart = {
  kind: 'lines',
  id: 'first-contact',
  title: 'How long new members wait to hear from the organisation',
  description: 'Half of the new members have had a first message after 41 days.',
  isStepped: true,
  xLabel: 'Days since joining',
  xUnit: 'days',
  xNames: null,
  yLabel: 'Share still without a message',
  yUnit: 'share',
  lines: [
    {
      label: 'New members',
      emphasis: 'strong',
      points: Array.from({ length: 30 }, (_, step) => {
        const y = Math.exp(-step / 11);
        return { x: step * 4, y, low: Math.max(0, y - 0.004 * step), high: Math.min(1, y + 0.004 * step) };
      }),
    },
  ],
  counts: null,
  xReferences: [{ value: 7, label: 'seven days' }],
  yReferences: [{ value: 0.3, label: 'at most 30 % after seven days' }],
};

export const stageMatrix: MatrixChart = {
  kind: 'matrix',
  id: 'stages',
  title: 'Which stage of a customer’s life gets which kind of campaign',
  description: 'Contacts per member and month, by stage and objective.',
  rowsLabel: 'Stage',
  columnsLabel: 'Objective',
  unit: 'contactsPerMember',
  columns: ['Acquisition', 'Activation', 'Immediate sale', 'Development', 'Retention', 'Win-back', 'Service', 'Brand'],
  rows: [
    { label: 'New', values: [0.4, 0.1, 0.8, 0, 0, 0, 0.02, 0.1] },
    { label: 'Growing', values: [0, 0, 1.2, 0.2, 0.1, 0, 0, 0.1] },
    { label: 'Stable', values: [0, 0, 1.6, 0.1, 0.3, 0, 0.02, 0.1] },
    { label: 'At risk', values: [0, 0, 1.1, 0, 0, 0.02, 0, 0.1] },
    { label: 'Lapsed', values: [0.2, 0, 0.3, 0, 0, null, 0, null] },
  ],
};

/** Two leagues: ties, a long name, intervals that reach from one end to the other, and campaigns that are not drawn. */
export const leagues: SlopeChart = {
  kind: 'slope',
  id: 'leagues',
  title: 'The league of success and the league of value',
  description: 'A steep line is a campaign that the two leagues place differently; a long bar is one that cannot be placed.',
  leftLabel: 'Place by response rate',
  rightLabel: 'Expected place by value, with its 80 % interval',
  places: 16,
  lines: [
    { label: 'Black Friday teaser', left: 1, right: 11.2, low: 7, high: 15, class: 'Hollow win' },
    { label: 'Spring sale', left: 2.5, right: 9.8, low: 5, high: 14, class: 'Unproven' },
    { label: 'Summer clearance', left: 2.5, right: 14.1, low: 12, high: 16, class: 'Costly' },
    { label: 'Birthday', left: 8, right: 2.2, low: 1, high: 4, class: 'Quiet winner' },
    { label: 'Win-back of lapsed members in the autumn of the year before last', left: 16, right: 12.9, low: 9, high: 16, class: 'Miss' },
    { label: 'Welcome', left: 4, right: 1.4, low: 1, high: 2, class: 'True win' },
  ],
};
