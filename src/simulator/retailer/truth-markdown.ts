/** The truths in words and figures, for `TRUTH.md`. */
import { isoDate } from '../../model/days.js';
import { conductMarkdown } from './conduct-markdown.js';
import type { ConductTruths } from './conduct-truths.js';
import type { ExportedFile } from './export-format.js';
import { count, money, percent, ratio, table } from './markdown-format.js';
import type { RetailerTruths, TestTruth } from './truths.js';

/** @returns Markdown, ending with a newline. */
export function truthMarkdown(truths: RetailerTruths, conduct: ConductTruths, exports: readonly ExportedFile[]): string {
  const campaigns = [...targeting(truths), ...objectives(truths), ...response(truths), ...tests(truths)];
  return `${[...scene(truths), ...files(exports), ...campaigns, ...conductMarkdown(conduct)].join('\n')}\n`;
}

function scene(t: RetailerTruths): string[] {
  return [
    '# What is true of this retailer',
    '',
    `An invented retailer, written by \`loyalty-health simulate --seed ${t.seed}\`: ${count(t.members)} members, ${isoDate(t.firstDay)} to ${isoDate(t.lastDay)}, pounds sterling.`,
    'Nobody in these files exists. The figures below are counted from the simulation itself, not by the audits, so the audits can be held against them.',
    '',
    '- Every member buys at a constant rate of their own (gamma-distributed over members, Poisson within one) with a mild season.',
    '  No campaign adds an order but the More Visits Challenge below, and nobody drifts away but the few who close their membership: any other trend is chance or season.',
    '- Readiness to respond is beta-distributed over members and independent of the rate of buying.',
    '',
    ...table(
      ['quantity', 'true value'],
      [
        ['members; closed; opted out', `${count(t.members)}; ${count(t.closed)}; ${count(t.optedOut)}`],
        ['reachable on the last day (neither closed nor opted out)', count(t.reachable)],
        ['orders with a card; without', `${count(t.linkedOrders)}; ${count(t.unlinkedOrders)}`],
        ['margin of orders with a card; of reachable members', `${money(t.margin)}; ${money(t.reachableMargin)}`],
        ['contacts; members contacted', `${count(t.contacts)}; ${count(t.contactedMembers)}`],
        ['contacts after the day of an opt-out', `${count(t.contactsAfterOptOut)} (one campaign used a stale opt-out list)`],
      ],
    ),
  ];
}

function files(exports: readonly ExportedFile[]): string[] {
  const rows = exports.map(({ name, role, rows, defect }) => [
    `\`${name}\``,
    role,
    count(rows),
    defect === null ? 'none' : `line ${defect.line}: ${defect.kind}. ${defect.meaning}`,
  ]);
  return [
    '## Files and planted defects',
    '',
    'Rows count the lines below the header. The defective line of a file is one more than the truths count: a program that reads the files honestly names it and leaves it out.',
    '',
    ...table(['file', 'role', 'rows', 'planted defect'], rows),
  ];
}

function targeting(t: RetailerTruths): string[] {
  const { concentration: c, neverContacted: n, blindSpot: b } = t;
  return [
    '## 1. The same customers get the contact, and one in four gets none',
    '',
    `Most campaigns rank the eligible members by net spend of the last 365 days, with some noise, and take the top; nobody is selected for having responded. Members of the stores ${b.stores.join(', ')} are reachable but never reached the e-mail platform.`,
    `Counted member by member over the ${count(t.reachable)} reachable members. “Random” is the mean of ${c.random.years} seeded years in which every campaign keeps its size and draws from those who had joined.`,
    '',
    ...table(
      ['quantity', 'true value', 'random'],
      [
        ['Gini coefficient of contacts', ratio(c.gini), ratio(c.random.gini)],
        ['share of contacts to the top tenth of members', percent(c.topTenthShare), percent(c.random.topTenthShare)],
        ['never contacted', percent(c.neverContactedShare), percent(c.random.neverContactedShare)],
        ['excess Gini', ratio(c.excessGini), '0'],
      ],
    ),
    ...table(
      ['group of reachable members', 'members', 'share of members', 'margin in the year', 'share of margin'],
      [
        ['never contacted', count(n.members), percent(n.memberShare), money(n.margin), percent(n.marginShare)],
        ['of these, the four unconnected stores', count(b.members), percent(b.memberShare), money(b.margin), percent(b.marginShare)],
      ],
    ),
  ];
}

function objectives({ objectives: o }: RetailerTruths): string[] {
  return [
    '## 2. Eight goals in ten are acquisition or immediate sale',
    '',
    'The calendar is fixed; each campaign was written with its objective. Two have neither an objective nor a name that tells, and one leaves the objective to its name.',
    '',
    ...table(
      ['quantity', 'of all', 'of those that can be classified'],
      [
        ['acquisition or immediate sale, by number', `${o.acquisitionOrSale} of ${o.campaigns} = ${percent(o.countShare)}`, percent(o.countShareOfClassified)],
        ['acquisition or immediate sale, by cost', `${percent(o.costShare)} of ${money(o.cost)}`, percent(o.costShareOfClassified)],
        ['cannot be classified, by number', `${o.unclassifiable} of ${o.campaigns} = ${percent(o.unclassifiable / o.campaigns)}`, ''],
      ],
    ),
  ];
}

function response({ neverResponders: n, ...t }: RetailerTruths): string[] {
  return [
    '## 3. Nine contacts in ten get no response',
    '',
    'A response is a click, a purchase with the campaign’s code or a redemption, counted once a member and campaign. An open is no response: mail programs open messages by themselves.',
    '',
    ...table(
      ['quantity', 'true value'],
      [
        ['contacts without a response', `${count(t.contacts - t.responders)} of ${count(t.contacts)} = ${percent(t.nonResponseShare)}`],
        ['opens, which do not count', count(t.opens)],
        ['median response of the campaigns', percent(t.medianResponseShare)],
        [`reachable members with ${n.contacts} or more contacts and no response`, `${count(n.members)} = ${percent(n.memberShare)} of reachable members`],
        ['what they hold of the margin of reachable members', `${money(n.margin)} = ${percent(n.marginShare)}`],
      ],
    ),
  ];
}

function tests({ win, hollow }: RetailerTruths): string[] {
  const row = (name: string, pick: (test: TestTruth) => string): string[] => [name, pick(win), pick(hollow)];
  return [
    '## 4 and 5. Two randomised tests: a true win and a hollow one',
    '',
    `Both futures of every member of the audience were simulated, contacted and not; effects are means of the difference, in margin a member over ${win.horizonDays} days from the day of the contact. Only one future of each member is in the files: the holdout was drawn by lot, one of every two members with similar margin before.`,
    `The challenge makes members buy more, responders and others alike. The gift is taken by members who were coming to the till anyway: nobody buys more, responders are simply the better customers, and the comparison of contacted non-responders with the holdout looks like harm although the truth is zero.`,
    '',
    ...table(
      ['quantity', `${win.campaignId} ${win.name}`, `${hollow.campaignId} ${hollow.name}`],
      [
        row('contacted; held out', (t) => `${count(t.treated)}; ${count(t.holdout)}`),
        row('response', (t) => `${count(t.responders)} = ${percent(t.responseShare)}`),
        row('cost a contact (break-even)', (t) => money(t.costPerContact)),
        row('**true effect on the whole audience**', (t) => `**${money(t.effect)}**`),
        row('true effect on those who respond', (t) => money(t.effectOnResponders)),
        row('true effect on those who do not', (t) => money(t.effectOnNonResponders)),
        row('margin without contact: everybody', (t) => money(t.untreatedMargin)),
        row('margin without contact: those who would respond', (t) => money(t.untreatedMarginOfResponders)),
        row('margin without contact: those who would not', (t) => money(t.untreatedMarginOfNonResponders)),
        row('naive gap: contacted non-responders minus everybody uncontacted', (t) => money(t.naiveGap)),
        row('difference of the arms in the files; its standard error', (t) => `${money(t.observedDifference)}; ${money(t.observedStandardError)}`),
        row('what an honest report says', (t) => t.expectedClass),
      ],
    ),
  ];
}
