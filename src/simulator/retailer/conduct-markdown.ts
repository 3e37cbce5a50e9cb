/** The truths about the conduct of the programme in words and figures, numbered on from the first five. */
import type { ConductTruths } from './conduct-truths.js';
import { count, money, percent, ratio, table } from './markdown-format.js';

export function conductMarkdown(truths: ConductTruths): string[] {
  return [
    ...audiences(truths),
    ...horizon(truths),
    ...members(truths),
    ...points(truths),
    ...complaints(truths),
    ...sources(truths),
    ...tills(truths),
    ...credit(truths),
    ...sound(truths),
  ];
}

const of = (part: number, whole: number): string => `${count(part)} of ${count(whole)} = ${percent(part / whole)}`;

function audiences({ campaigns: c, afterOptOut, recognition: r }: ConductTruths): string[] {
  const all = Object.values(c.contactsByObjective).reduce((sum, contacts) => sum + contacts, 0);
  return [
    '## 6. One campaign wrote to people who had opted out',
    '',
    `GB24-18 used an opt-out list of 90 days before. ${count(afterOptOut.contacts)} contacts with ${count(afterOptOut.members)} members came after the day on which they opted out; no other campaign has any.`,
    '',
    '## 7. Audiences with the same goal are the same people',
    '',
    `Campaigns with one goal that start within 28 days of each other make ${c.pairs} pairs. Both rank the members by past spend, so in ${c.redundant.length} of them more than half of the smaller audience is in the other one too, and more than one and a half times as many members are shared as by chance.`,
    'Chance: the size of both audiences over the members who had joined, had not left and had not opted out.',
    '',
    ...table(
      ['first', 'second', 'shared part of the smaller audience', 'times what chance would share'],
      c.redundant.map(({ first, second, overlap, lift }) => [first, second, percent(overlap), ratio(lift)]),
    ),
    '## 8. Neither the day, the purpose nor the reward follows the member',
    '',
    'The calendar sets the day. Apart from We Miss You (members without an order for 75 days) no selection looks at the time since a member’s last order, and every recipient of a campaign gets the same offer.',
    'Hardly any message is meant for a stage of a member’s life with the scheme; none is for keeping those who buy as always.',
    '',
    ...table(
      ['what the campaign is for', 'contacts', 'share'],
      Object.entries(c.contactsByObjective).map(([objective, contacts]) => [objective, count(contacts), percent(contacts / all)]),
    ),
    'A point is a penny in the pound for everybody, and 18 % of the orders of everybody carry a discount: what the scheme gives back does not rise with what a member spends.',
    '',
    ...table(
      ['members, ranked by their true rate of spending', 'discounts and redeemed points ÷ net sales'],
      [
        ['all', percent(r.rate)],
        ['lowest tenth', percent(r.lowestTenth)],
        ['highest tenth', percent(r.highestTenth)],
      ],
    ),
  ];
}

function horizon({ campaigns: c }: ConductTruths): string[] {
  return [
    '## 9. Success is measured within two weeks',
    '',
    ...table(
      ['quantity', 'true value'],
      [
        ['share of the cost of all campaigns whose measure ends before 30 days', percent(c.costShareUnder30Days)],
        ['the same before 90 days', percent(c.costShareUnder90Days)],
        ['median days until the measure, by campaign', count(c.medianKpiDays)],
      ],
    ),
  ];
}

function members({ onboarding: o, events: e }: ConductTruths): string[] {
  return [
    '## 10. Nobody welcomes a new member, and no message follows what happens to one',
    '',
    'There is no welcome journey and no message about points that expire, a new tier or an anniversary. Whoever got a message at such a time got it because a campaign went out anyway.',
    '',
    ...table(
      ['event', 'with a message', 'counted'],
      [
        ['joining, first message within 7 days', of(o.within7, o.joiners), 'members who joined after the first campaign and could be followed for 30 days'],
        ['joining, first message within 30 days', of(o.within30, o.joiners), 'the same'],
        ['points expire', of(e.expiry.withMessage, e.expiry.events), 'a message from 14 days before to 7 days after'],
        ['another tier', of(e.tierChange.withMessage, e.tierChange.events), 'the same'],
        ['anniversary of joining', of(e.anniversary.withMessage, e.anniversary.events), 'the same; members who joined before the year'],
      ],
    ),
  ];
}

function points({ points: p }: ConductTruths): string[] {
  return [
    '## 11. Points are hardly redeemed: most expire',
    '',
    'The scheme of points began on 1 January. A point a pound is posted with a quarterly statement and taken away 175 days later; a voucher costs 100. Nobody is told what points can buy, nor that they go, and 1.2 % of the orders of those who hold enough redeem any.',
    '',
    ...table(
      ['quantity', 'true value'],
      [
        ['points posted; redeemed; expired', `${count(p.earned)}; ${count(p.redeemed)}; ${count(p.expired)}`],
        ['redeemed of what was posted in the year', percent(p.redeemed / p.earned)],
        ['expired of what was posted early enough for its fate to be known', of(p.settledExpired, p.settledEarned)],
        ['members with points who redeemed any', of(p.redeemers, p.members)],
      ],
    ),
  ];
}

function complaints({ openComplaints: o, campaigns: c }: ConductTruths): string[] {
  return [
    '## 12. Customers with an open complaint get sales mail',
    '',
    'The e-mail platform does not know of the service desk. Complaints follow 1.2 % of orders whatever is sent, and take 19 days on average.',
    `No campaign looks at anything after the sale, in its selection or in its measure of success: ${c.afterSales} of ${c.campaigns}. ${c.selecting.one} of ${c.selecting.any} campaigns that select at all do so by one thing: spend, date of joining or date of the last order.`,
    '',
    `Of ${count(o.complaints)} complaints ${count(o.open)} were still open after the next day and could be followed for 14 days; within that time and before the complaint was settled a campaign wrote to the member in ${of(o.withSalesMessage, o.open)}.`,
    '',
  ];
}

function sources({ sources: list }: ConductTruths): string[] {
  return [
    '## 13. Members who came by referral return more',
    '',
    'Each order of a member who was paid to join by a friend is returned with probability 11.5 % instead of 3.5 %, and disputed with 0.5 % instead of 0.06 %. They buy as often as the others, complain as often and ask as often.',
    '',
    ...table(
      ['source', 'members', 'orders', 'returns per 1,000 orders', 'disputes', 'complaints per 1,000 orders', 'cost of all cases'],
      list.map((s) => [
        s.source,
        count(s.members),
        count(s.orders),
        ((1000 * s.returns) / s.orders).toFixed(1),
        count(s.disputes),
        ((1000 * s.complaints) / s.orders).toFixed(1),
        money(s.caseCost),
      ]),
    ),
  ];
}

function tills({ campaigns: c }: ConductTruths): string[] {
  const { briefing: b } = c;
  return [
    '## 14. The tills hear of a campaign after the customers',
    '',
    `The calendar notes the briefing of ${b.noted} of ${c.campaigns} campaigns; ${of(b.before, b.noted)} were briefed before the first day, ${count(b.late)} on it or later.`,
    '',
  ];
}

function credit({ credit: { days, all, tested } }: ConductTruths): string[] {
  return [
    '## 15. Campaigns are credited with sales that would have come anyway',
    '',
    `The calendar credits a campaign with every sale within ${days} days of its message. Only the More Visits Challenge makes anybody buy: a purchase counts as brought where all that the member bought in those days are orders that the challenge added.`,
    '',
    ...table(
      ['contacts', 'followed by a purchase within the days of the rule', 'of these, brought by the campaign'],
      [
        ['all campaigns', count(all.credited), of(all.brought, all.credited)],
        ['the two campaigns with a holdout', count(tested.credited), of(tested.brought, tested.credited)],
      ],
    ),
  ];
}

function sound({ campaigns: c, discounts: d, pressure: p, reach: r, tiers: t }: ConductTruths): string[] {
  return [
    '## What is sound on purpose',
    '',
    'An audit that calls one of these a problem is wrong.',
    '',
    `- Pressure: no message came after more than ${p.most} others within 28 days, and nobody gets more than ${p.mostInOneDay} on a day. Response and opt-out do not depend on how many came before.`,
    `- Reach: ${of(r.one, r.open)} of the open members allow at least one channel, ${of(r.two, r.open)} two or more.`,
    '- Members: buying is stationary, so inactivity, early lapse, repeat purchase and the balance of new and lapsed members have no trend. Sources do not differ in how often their members buy.',
    `- Tiers follow spend and are reviewed at each anniversary: of ${count(t.reviewed)} members who joined before the year ${count(t.up)} rose and ${count(t.down)} fell.`,
    `- Discounts: ${percent(d.share)} of orders with a card carry one, of a tenth to a fifth of the price, ${money(d.given)} in all; nobody buys by discount only.`,
    `- Brand: ${of(c.withTheme, c.campaigns)} campaigns name the theme of the season, ${of(c.mentioning, c.campaigns)} mention the scheme.`,
    '- Sales without a card are few; complaints and returns an order have no trend over the year.',
    `- The ${c.relationship} campaigns for development and win-back measure visits and reactivated members, which fits their goals.`,
    '',
  ];
}
