/** The exports of the points bank, the tier engine, the service desk and the preference centre, and the catalogue of offers. */
import { isoDate } from '../../model/days.js';
import { offers } from './calendar.js';
import { britishDate, clock, type Export, pounds, withComma } from './export-format.js';
import type { SimulatedProgramme } from './programme.js';

export function programmeFiles({ points, tiers, service, preferences }: SimulatedProgramme): Export[] {
  return [
    {
      name: 'points_ledger.csv',
      role: 'points',
      header: ['Card Number', 'Posted At', 'Movement', 'Points', 'Points Value', 'Expiry Date'],
      rows: points.map((line) => [
        line.member.memberId,
        isoDate(line.day),
        line.type,
        line.points,
        pounds(line.points),
        line.expiryDay === null ? '' : isoDate(line.expiryDay),
      ]),
    },
    {
      name: 'tier_history.csv',
      role: 'tiers',
      header: ['Card Number', 'Tier Name', 'Valid From', 'Valid To'],
      rows: tiers.map(({ member, tier, fromDay, untilDay }) => [member.memberId, tier, isoDate(fromDay), untilDay === null ? '' : isoDate(untilDay - 1)]),
      delimiter: ';',
    },
    {
      name: 'service_cases.csv',
      role: 'service_events',
      header: ['Customer No', 'Case Type', 'Opened At', 'Resolved At', 'Store', 'Handling Cost'],
      rows: service.map(({ member, type, day, second, settledDay, store, costPence }) => [
        member.memberId,
        type,
        `${britishDate(day)} ${clock(second).slice(0, 5)}`,
        settledDay === null ? '' : `${britishDate(settledDay)} 17:00`,
        store,
        withComma(pounds(costPence)),
      ]),
      delimiter: '\t',
      newline: '\r\n',
    },
    {
      name: 'marketing_preferences.csv',
      role: 'consents',
      header: ['Subscriber Key', 'Channel', 'Opt-in', 'Updated At'],
      rows: preferences.map(({ member, channel, isGranted, sinceDay }) => [member.memberId, channel, isGranted ? 'Yes' : 'No', isoDate(sinceDay)]),
      delimiter: '|',
    },
    {
      name: 'offer_catalogue.csv',
      role: 'offers',
      header: ['Offer Code', 'Offer Type', 'Offer Value'],
      rows: offers.map(({ code, type, value }) => [code, type, value.toFixed(2)]),
    },
  ];
}
