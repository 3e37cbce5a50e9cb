/** A result with every status, every kind of chart and unknown figures: what a rendering must be able to show. */

import type { Finding, Measure, Result } from '../../src/result/schema.js';
import { result as resultSchema } from '../../src/result/schema.js';
import { fatigueCurve, leagues, onboardingCurve, stageMatrix } from './sample-charts.js';

const blank: Finding = {
  id: '',
  category: 'targeting',
  problem: 'FP8',
  question: '',
  why: '',
  status: 'healthy',
  severity: 'none',
  evidenceGrade: 'E4',
  materialByNature: false,
  measures: [],
  thresholds: [],
  money: null,
  members: null,
  explanation: null,
  rivals: [],
  reason: null,
  caveats: [],
  evidence: [],
  charts: [],
  unlocks: [],
};

const measured = (id: string, label: string, unit: Measure['unit'], value: number | null, n: number, low?: number, high?: number): Measure => ({
  id,
  label,
  unit,
  value,
  n,
  ...(low === undefined || high === undefined ? {} : { interval: { low, high, level: 0.95, method: 'bootstrap over members' } }),
});

const steps = Array.from({ length: 21 }, (_, index) => index / 20);
const curve = (power: number): [number, number][] => steps.map((x) => [x, x ** power]);

const concentrated: Finding = {
  ...blank,
  id: 'concentrated-contact',
  question: 'Do the same customers get most of the contact?',
  why: 'When the same few customers get most of the contact, others hear nothing and the few grow tired of it.',
  status: 'problem',
  severity: 'critical',
  measures: [
    measured('excessGini', 'Concentration beyond chance', 'index', 0.312, 4021, 0.294, 0.331),
    measured('topDecileShare', 'Share of contacts to the tenth of members contacted most', 'share', 0.3842, 4021, 0.371, 0.398),
    measured('topDecileExpected', 'The same share if chance had chosen', 'share', 0.1721, 4021, 0.165, 0.18),
    measured('neverContactedShare', 'Share of members never contacted', 'share', 0.2543, 4021, 0.241, 0.268),
    measured('contactsPerMember', 'Contacts a member', 'contactsPerMember', 6.283, 4021),
  ],
  thresholds: [
    { id: 'excessGini', levels: { watch: 0.1, high: 0.25 }, source: { kind: 'house', note: 'No study sets a level; chance gives 0.' }, isOverridden: false },
    {
      id: 'topDecileRatio',
      unit: 'ratio',
      levels: { watch: 2, high: 3 },
      source: { kind: 'paper', citation: 'Godfrey, Seiders & Voss 2011, doi 10.1509/jmkg.75.4.94', note: 'Context for contact pressure.' },
      isOverridden: true,
    },
  ],
  money: { value: 412_530.55, low: 378_000, high: 447_100, meaning: 'yearly margin of members who were never contacted' },
  members: { value: 1022, meaning: 'members never contacted' },
  explanation: {
    condition:
      'The tenth of members contacted most got {topDecileShare} of all contacts, where chance with the same campaigns would have given {topDecileExpected}. Concentration beyond chance is {excessGini}, {excessGini.interval}.',
    criterion: 'Beyond {threshold.excessGini.watch} we look closer; beyond {threshold.excessGini.high} we call for a change.',
    consequence: 'While some members got {contactsPerMember}, {neverContactedShare} of members heard nothing at all.',
    action:
      'Set a cap on contacts a month, and send what the cap frees to members of value who heard nothing; hold one tenth back at random to see what it does.',
    wouldChangeOurMind: 'A random test in which the members contacted most spend more, the more they are contacted.',
  },
  caveats: ['Members who joined late had less time to be contacted; the comparison allows for that by their enrolment date.'],
  evidence: [
    {
      id: 'contacts',
      title: 'Members by number of contacts',
      columns: [
        { id: 'contacts', label: 'Contacts', unit: 'text' },
        { id: 'members', label: 'Members', unit: 'count' },
        { id: 'member_share', label: 'Share of members', unit: 'share' },
        { id: 'value', label: 'Value', unit: 'money' },
        { id: 'expected', label: 'Members if chance had chosen', unit: 'count' },
      ],
      rows: [
        ['0', 1022, 0.2543, 412_530.55, 61.4],
        ['1 to 3', 1204, 0.2994, 301_220.1, 702.2],
        ['4 to 10', 1101, 0.2738, 522_871.4, 2877.9],
        ['11 or more', 694, 0.1726, 901_444, 379.5],
        ['with an unknown date', 0, 0.0000212, null, null],
      ],
      note: 'Cells of fewer than ten members are merged.',
    },
  ],
  charts: [
    fatigueCurve,
    onboardingCurve,
    stageMatrix,
    {
      kind: 'lorenz',
      id: 'lorenz',
      title: 'A few members get most of the contact',
      description:
        'Members from the least to the most contacted; the curve shows what share of all contacts they got. The tenth contacted most got {topDecileShare}.',
      xLabel: 'Share of members, least contacted first',
      yLabel: 'Share of all contacts',
      observed: curve(3.6),
      expected: curve(1.6),
      expectedLow: curve(1.72),
      expectedHigh: curve(1.48),
    },
  ],
  unlocks: [{ table: 'contacts', columns: ['contacted_at'], gain: 'shows how many contacts fall in one week' }],
};

const ignored: Finding = {
  ...blank,
  id: 'ignored-non-responders',
  category: 'non-responders',
  problem: 'NR',
  question: 'What is known about the many who did not respond?',
  why: 'Success is counted among those who respond; most members do not.',
  status: 'problem',
  severity: 'high',
  measures: [
    measured('nonResponseShare', 'Share of contacts without response', 'share', 0.9412, 25_264, 0.938, 0.944),
    measured('neverResponded', 'Members who never responded', 'count', 2133, 2999),
    { ...measured('costOfSilence', 'Cost of contact with those who did not respond', 'money', null, 0), why: 'No file holds what a contact costs.' },
  ],
  money: { value: 1_240_871, meaning: 'yearly margin of members who were contacted and never responded' },
  members: { value: 2133, meaning: 'members contacted and never a response' },
  explanation: {
    condition: '{nonResponseShare} of contacts drew no response; {neverResponded} members never responded to any. What their contact cost is {costOfSilence}.',
    criterion: 'There is no right level of non-response; what counts is whether anybody looks.',
    consequence: 'These members hold more of the margin than those who respond.',
    action: 'Keep a random tenth of each audience back, so that the effect on those who do not respond can be bounded.',
    wouldChangeOurMind: 'A report that already follows non-responders for a season or more.',
  },
  evidence: [
    {
      id: 'groups',
      title: 'Members and their value by response',
      columns: [
        { id: 'group', label: 'Group', unit: 'text' },
        { id: 'members', label: 'Members', unit: 'count' },
        { id: 'value_share', label: 'Share of value', unit: 'share' },
        { id: 'spend', label: 'Spend a head', unit: 'moneyPerMember' },
        { id: 'is_reachable', label: 'Reachable', unit: 'text' },
      ],
      rows: [
        ['Never contacted', 1022, 0.193, 403.6512, true],
        ['Contacted, never responded', 2133, 0.581, 581.7, true],
        ['Responded', 866, 0.226, 557.5, false],
      ],
    },
  ],
  charts: [
    {
      kind: 'people',
      id: 'people',
      title: 'Of one hundred members contacted',
      description: 'Of 100 members who were contacted, most never responded.',
      segments: [
        { label: 'never responded to anything', share: 0.711, emphasis: 'strong' },
        { label: 'responded once', share: 0.206, emphasis: 'normal' },
        { label: 'responded more than once', share: 0.08, emphasis: 'muted' },
        { label: 'responded ten times or more', share: 0.003, emphasis: 'muted' },
      ],
    },
  ],
  unlocks: [
    { table: 'assignments', columns: ['campaign_id', 'member_id', 'arm'], gain: 'bounds the effect of contact on those who did not respond' },
    { table: 'campaigns', columns: ['cost'], gain: 'says what silence costs' },
  ],
};

const goals: Finding = {
  ...blank,
  id: 'acquisition-only-goals',
  category: 'objectives',
  problem: 'FP1',
  question: 'Are campaigns for more than new customers and quick sales?',
  why: 'A programme that only recruits and sells has no goal for the customers whom it has.',
  status: 'watch',
  severity: 'medium',
  measures: [measured('saleShare', 'Share of cost for acquisition or immediate sale', 'share', 0.787, 24, 0.641, 0.903)],
  thresholds: [
    {
      id: 'saleShare',
      levels: { watch: 0.65, high: 0.8 },
      source: { kind: 'house', note: 'Two thirds is where other goals become an afterthought.' },
      isOverridden: false,
    },
  ],
  explanation: {
    condition: '{saleShare} of campaign cost, {saleShare.interval}, went to acquisition or immediate sale.',
    criterion: 'Beyond {threshold.saleShare.watch} we look closer; beyond {threshold.saleShare.high} we call for a change.',
    consequence: 'Little is left for customers who are already members.',
    action: 'Give one campaign in four a goal of keeping or developing customers, and measure it over a season.',
    wouldChangeOurMind: 'Campaign briefs that show goals which the names hide.',
  },
  evidence: [
    {
      id: 'mix',
      title: 'Objectives by cost',
      columns: [
        { id: 'objective', label: 'Objective', unit: 'text' },
        { id: 'cost', label: 'Cost', unit: 'money' },
      ],
      rows: [
        ['Acquisition', 40_100.5],
        ['Immediate sale', 81_200.25],
      ],
    },
  ],
  charts: [
    {
      kind: 'stack',
      id: 'mix',
      title: 'Where campaign effort goes',
      description: 'Share of each objective by number of campaigns, by cost and by contacts.',
      bars: [
        {
          label: 'Campaigns',
          total: '24 campaigns',
          segments: [
            { label: 'Acquisition', share: 0.333 },
            { label: 'Immediate sale', share: 0.417 },
            { label: 'Activation', share: 0.042 },
            { label: 'Development', share: 0.042 },
            { label: 'Retention', share: 0.083 },
            { label: 'Service', share: 0 },
            { label: 'Brand', share: 0.042 },
            { label: 'Unclassified', share: 0.041 },
          ],
        },
        {
          label: 'Cost',
          total: 'GBP 154,000',
          segments: [
            { label: 'Acquisition', share: 0.26 },
            { label: 'Immediate sale', share: 0.527 },
            { label: 'Activation', share: 0.02 },
            { label: 'Development', share: 0.03 },
            { label: 'Retention', share: 0.11 },
            { label: 'Brand', share: 0.04 },
            { label: 'Unclassified', share: 0.013 },
          ],
        },
      ],
    },
  ],
};

const hollow: Finding = {
  ...blank,
  id: 'hollow-wins',
  category: 'value',
  problem: 'FP2',
  question: 'Do the campaigns that count as successes add customer value?',
  why: 'A campaign can draw many responses from customers who would have bought anyway.',
  status: 'problem',
  severity: 'high',
  evidenceGrade: 'E1',
  measures: [
    measured('hollowCampaigns', 'Campaigns proved hollow', 'count', 1, 6),
    measured('effect', 'Effect of contact on margin a head', 'moneyPerMember', -0.0412, 8000, -0.31, 0.228),
    measured('visitEffect', 'Effect of contact on visits', 'shareDifference', 0.07659, 42_613, 0.06995, 0.08322),
  ],
  thresholds: [
    {
      id: 'hollowCampaigns',
      levels: { problem: 1 },
      source: { kind: 'house', note: 'One is enough to look.' },
      isOverridden: false,
      flips: [{ level: 'problem', low: 0.5, high: 1.5, atLow: 'problem', atHigh: 'watch' }],
    },
  ],
  rivals: [
    {
      explanation: 'The campaign added value later than anybody looked.',
      check: 'Members were followed for at least 90 days.',
      open: 'Effects that need more than a season.',
    },
    { explanation: 'The draw went wrong.', check: 'The split was compared with the plan.', open: 'A fault that leaves the split as planned.' },
  ],
  money: { value: 38_210, low: -4_100, high: 80_520, meaning: 'cost of campaigns that count as successes and add no value' },
  explanation: {
    condition: '{hollowCampaigns} campaign counts as a success and adds no value: its effect is {effect}, {effect.interval}. Visits rose by {visitEffect}.',
    criterion: 'A campaign is hollow only when the upper end of its interval stays below what it costs.',
    consequence: 'The contact increased responses and left the margin of the whole audience where it was.',
    action: 'Stop the campaign for half of its audience, chosen at random, for one season.',
    wouldChangeOurMind: 'A second test whose interval lies above break-even.',
  },
  evidence: [
    {
      id: 'campaigns',
      title: 'Campaigns by success and value',
      columns: [
        { id: 'campaign', label: 'Campaign', unit: 'text' },
        { id: 'response_share', label: 'Response', unit: 'share' },
        { id: 'effect', label: 'Effect', unit: 'moneyPerMember' },
        { id: 'visits', label: 'Effect on visits', unit: 'shareDifference' },
        { id: 'ends', label: 'Ends', unit: 'date' },
        { id: 'p', label: 'p', unit: 'probability' },
      ],
      rows: [
        ['Spring sale', 0.121, -0.0412, 0.0766, '2024-04-30', 0.904],
        ['Welcome', 0.034, 1.84, -0.004, 19_843, 0.0001],
      ],
    },
  ],
  charts: [
    {
      kind: 'scatter',
      id: 'success-value',
      title: 'Success is not value',
      description: 'Each campaign by its response and by its effect on margin a head. The line is break-even.',
      xLabel: 'Share of the audience that responded',
      xUnit: 'share',
      yLabel: 'Effect on margin',
      yUnit: 'moneyPerMember',
      points: [
        { label: 'Spring sale', x: 0.121, y: -0.04, low: -0.31, high: 0.23, class: 'hollow win' },
        { label: 'Welcome', x: 0.034, y: 1.84, low: 1.1, high: 2.6, class: 'true win' },
        { label: 'Summer clearance', x: 0.118, y: 0.3, low: -0.5, high: 1.1, class: 'unproven' },
        { label: 'Black Friday teaser', x: 0.124, y: 0.1, low: -0.8, high: 0.9, class: 'unproven' },
        { label: 'Birthday', x: 0.062, y: 0.9, low: 0.2, high: 1.6, class: 'quiet winner' },
        { label: 'Win-back of lapsed members in the autumn', x: 0.02, y: -0.3, low: -1.2, high: 0.6, class: 'unproven' },
      ],
      xReference: { value: 0.09, label: 'median response' },
      yReference: { value: 0.25, label: 'break-even, cost of contact' },
    },
    leagues,
    {
      kind: 'whisker',
      id: 'bounds',
      title: 'The effect on those who did not respond lies in here',
      description: 'From no assumption to stronger ones: each row narrows the range of effects that the data allow.',
      unit: 'moneyPerMember',
      reference: { value: 0, label: 'no effect' },
      rows: [
        { label: 'Whole audience', low: 0.485, high: 1.055, outerLow: null, outerHigh: null, estimate: 0.77, note: 'randomised comparison' },
        { label: 'Non-responders, no assumption', low: -2.41, high: 3.92, outerLow: -2.9, outerHigh: 4.4, estimate: null },
        { label: 'Non-responders, if the offer did not reduce what responders spend', low: -2.41, high: 0.94, outerLow: -2.9, outerHigh: 1.2, estimate: null },
        { label: 'Non-responders, if responders were at least as valuable before', low: -0.62, high: 0.94, outerLow: -0.9, outerHigh: 1.2, estimate: null },
      ],
    },
  ],
};

const healthy: Finding = {
  ...blank,
  id: 'contact-after-opt-out',
  question: 'Is anybody contacted after opting out?',
  why: 'Contact after an opt-out breaks a promise and, in most countries, the law.',
  status: 'healthy',
  materialByNature: true,
  measures: [measured('contactsAfterOptOut', 'Contacts after an opt-out', 'count', 0, 25_264)],
  explanation: {
    condition: '{contactsAfterOptOut} contacts came after an opt-out.',
    criterion: 'One is too many.',
    consequence: 'Nobody who asked for silence was contacted.',
    action: 'Keep checking opt-outs on the day of sending.',
    wouldChangeOurMind: 'Opt-outs kept in a system whose file is not here.',
  },
  evidence: [
    {
      id: 'opt-outs',
      title: 'Opt-outs by channel',
      columns: [
        { id: 'channel', label: 'Channel', unit: 'text' },
        { id: 'members', label: 'Members', unit: 'count' },
      ],
      rows: [['e-mail', 312]],
    },
  ],
};

const informative: Finding = {
  ...blank,
  id: 'non-responder-effect',
  category: 'non-responders',
  problem: 'NR',
  question: 'What does contact do to those who do not respond?',
  why: 'Contact that helps a few may tire the many.',
  status: 'informative',
  measures: [measured('campaignsWithHoldout', 'Campaigns with a holdout', 'count', 0, 24)],
  explanation: {
    condition: '{campaignsWithHoldout} campaigns have a holdout, so no effect can be stated.',
    criterion: 'An effect needs a group that chance kept out.',
    consequence: 'Nobody knows whether contact helps or tires the many who stay silent.',
    action: 'Hold a tenth back at random in the next campaign.',
    wouldChangeOurMind: 'A file of assignments that was left out by mistake.',
  },
  evidence: [{ id: 'holdouts', title: 'Holdouts', columns: [{ id: 'campaigns', label: 'Campaigns', unit: 'count' }], rows: [[24]] }],
};

const silent: Finding[] = [
  {
    ...blank,
    id: 'unredeemed-points',
    category: 'programme',
    problem: 'FP2',
    question: 'Do members use their points?',
    why: 'Points that nobody redeems reward nobody.',
    status: 'notApplicable',
    evidenceGrade: null,
    reason: 'The files do not have what this question needs. Missing: points: type, points.',
    unlocks: [{ table: 'points', columns: ['type', 'points'], gain: 'answers “Do members use their points?”', isNeeded: true }],
  },
  {
    ...blank,
    id: 'underpowered-holdouts',
    category: 'measurement',
    problem: 'FP7',
    question: 'Are holdouts large enough to show an effect?',
    why: 'A holdout that is too small shows nothing, whatever is there.',
    status: 'notEnoughData',
    evidenceGrade: null,
    measures: [measured('holdoutMembers', 'Members held back', 'count', 12, 12)],
    reason: 'Only one campaign has a holdout, of fewer than fifty members.',
  },
  {
    ...blank,
    id: 'late-onboarding',
    category: 'communication',
    problem: 'FP4',
    question: 'Are new members welcomed in time?',
    why: 'The first weeks decide.',
    status: 'error',
    evidenceGrade: null,
    reason: 'The audit stopped with an internal error (TypeError).',
  },
];

/** A retailer's result, made up. Parsed by the schema, so that a change of the schema shows here. */
export function sampleResult(): Result {
  return resultSchema.parse({
    schemaVersion: '1.2.0',
    tool: { name: 'loyalty-health', version: '0.1.0', engine: 'DuckDB v1.5.6' },
    asOf: '2024-12-31',
    asOfReason: 'The last day on which the files record an event.',
    window: { from: '2024-01-02', to: '2024-12-31', days: 365, reason: 'The twelve months up to the as-of day.' },
    seed: 20_240_101,
    currency: 'GBP',
    valueBasis: 'margin',
    config: { mapping: { thresholds: {} }, onlyAudits: [] },
    inputs: [
      {
        file: 'loyalty_members.csv',
        roles: ['members'],
        roleReason: 'Its ids are unique and appear in three other files.',
        bytes: 182_331,
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        dialect: { encoding: 'utf-8', hasByteOrderMark: true, delimiter: ',', newline: '\r\n', quote: '"' },
        columns: [
          { header: 'Member ID', mappedTo: ['members.member_id'], confidence: 0.98, reason: 'header, unique values' },
          { header: 'Notes', mappedTo: [], confidence: null, reason: 'No canonical column fits.' },
        ],
        rowsRead: 4024,
        rowsLoaded: 4021,
        rowsQuarantined: 2,
        rowsSkipped: [{ rule: 'total row', rows: 1 }],
      },
      {
        file: 'email_sends.csv',
        roles: ['contacts'],
        roleReason: 'Member and campaign together are unique.',
        bytes: 1_820_331,
        sha256: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
        dialect: { encoding: 'windows-1252', hasByteOrderMark: false, delimiter: '\t', newline: '\n', quote: '"' },
        columns: [{ header: 'Sent', mappedTo: ['contacts.contacted_at'], confidence: 0.7, reason: 'dates' }],
        rowsRead: 25_270,
        rowsLoaded: 25_264,
        rowsQuarantined: 5,
        rowsSkipped: [],
      },
    ],
    tables: [
      {
        table: 'members',
        rows: 4021,
        members: 4021,
        columns: [
          { column: 'enrolled_at', filled: 4019, coverage: 0.9995, sum: null, first: '2019-03-01', last: '2024-12-30', levels: null },
          {
            column: 'tier',
            filled: 4021,
            coverage: 1,
            sum: null,
            first: null,
            last: null,
            levels: [
              { value: 'Gold', rows: 411 },
              { value: 'Basic', rows: 3610 },
            ],
          },
          { column: 'spend_total', filled: 4021, coverage: 1, sum: 2_138_066.05, first: null, last: null, levels: null },
        ],
      },
      { table: 'offers', rows: 0, members: null, columns: [] },
    ],
    coverage: {
      weightEvaluated: 47.5,
      weightTotal: 62.5,
      share: 0.76,
      evaluated: 6,
      notApplicable: 1,
      notEnoughData: 1,
      errors: 1,
      leftOut: ['off-brand-campaigns'],
    },
    opinion: {
      kind: 'disclaimer',
      title: 'Conduct: sound, except where said. Effectiveness: cannot be said',
      paragraphs: [
        'The exceptions are material: concentrated-contact, ignored-non-responders, hollow-wins.',
        'Whether the programme works cannot be said: too little of the contact belongs to campaigns that keep a random group back.',
      ],
      basis: ['concentrated-contact'],
      materiality: { base: 2_138_066, basis: 'margin', overall: 106_903.3, performance: 80_177.48, trivial: 5345.17 },
      disclaimer: 'This is an analytical review of the files given, not an assurance engagement under ISAE 3000.',
    },
    profile: [
      {
        theme: 'targeting',
        label: 'Who is contacted',
        level: 'Naive',
        low: 'Naive',
        high: 'Enlightened',
        basis: [],
        sentence: 'Contact goes to the same customers again and again.',
      },
      {
        theme: 'objectives',
        label: 'What campaigns are for',
        level: 'Transactional',
        low: 'Transactional',
        high: 'Transactional',
        basis: [],
        sentence: 'Immediate sales lead, and keeping customers has a small share.',
      },
      {
        theme: 'value',
        label: 'Success against customer value',
        level: 'Transactional',
        low: 'Naive',
        high: 'Transactional',
        basis: [],
        sentence: 'Success and customer value are not yet the same thing.',
      },
      { theme: 'programme', label: 'The scheme itself', level: null, low: null, high: null, basis: [], sentence: 'Not measured: the files do not say.' },
    ],
    findings: [...silent, healthy, goals, informative, ignored, hollow, concentrated],
    upgrades: [
      {
        table: 'assignments',
        columns: ['arm', 'campaign_id', 'member_id'],
        answers: ['silent-2'],
        raises: [{ audit: 'hollow-wins', grade: 'E3', mayReach: 'E2' }],
      },
      { table: 'campaigns', columns: ['planned_holdout_share'], answers: [], raises: [{ audit: 'hollow-wins', grade: 'E3', mayReach: 'E1' }] },
    ],
    dataQuality: [
      {
        type: 'unreadable-date',
        title: 'A date that cannot be read',
        description: 'The row is in quarantine with its line and its reason.',
        template: '{rows} rows of {file} have a date that cannot be read.',
        values: { rows: 2, file: 'loyalty_members.csv' },
        severity: 'warning',
        file: 'loyalty_members.csv',
      },
      {
        type: 'unlinked-sales',
        title: 'Sales without a member',
        description: 'They count for no member.',
        template: '{share} sales have no member.',
        values: { share: 1204 },
        severity: 'note',
        file: null,
      },
    ],
    queries: [
      {
        purpose: 'concentrated-contact',
        uses: ['contact_facts'],
        statements: [{ text: 'SELECT contacts, count(*) AS members\nFROM "contact_facts"\nGROUP BY contacts\nORDER BY contacts', times: 3 }],
      },
      { purpose: 'contact_facts', uses: [], statements: [{ text: 'CREATE TABLE "contact_facts" AS SELECT member_key FROM contacts', times: 1 }] },
    ],
  });
}

/** Keys whose text is one of a list, so that nothing from data can stand there. */
const listedKeys = new Set([
  'purpose',
  'uses',
  'schemaVersion',
  'status',
  'severity',
  'evidenceGrade',
  'kind',
  'unit',
  'xUnit',
  'yUnit',
  'emphasis',
  'valueBasis',
  'level',
  'low',
  'high',
  'name',
  'id',
  'template',
  'grade',
  'mayReach',
  'atLow',
  'atHigh',
]);

function plantIn(value: unknown, key: string, text: string): unknown {
  if (typeof value === 'string') return listedKeys.has(key) ? value : `${text} ${value}`;
  if (Array.isArray(value)) return value.map((item: unknown) => plantIn(item, key, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]: [string, unknown]) => [name, plantIn(item, name, text)]));
}

/** The sample with `text` in front of every text that could come from data; placeholders stay answered. */
export function plantedResult(text: string): Result {
  return resultSchema.parse(plantIn(sampleResult(), '', text));
}
