/** Measures and tables of the time to a first reward. */
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { kaplanMeier, lastTime, quantileTime } from '../../statistics/survival.js';
import type { Policy } from '../audit.js';
import { cellsOf, fatesAt, membersOf, waitingAt, yearOld, yearsCompared, yearsTest } from './joiner-curves.js';
import type { JoinerRow } from './joiners.sql.js';
import { differenceMeasure, plain, shareOfMembers } from './programme-measures.js';
import type { RedeemerRow } from './slow-first-redemption.sql.js';

export const yearDays = 365;
/** Half a year: long enough for a first reward, short enough that two years of joiners have been followed for it. */
export const comparedDays = 180;
const ages = [30, 90, 180, 365, 730];
/** Of fewer joiners in either year nothing is compared. */
const fewestCompared = 50;

export interface RewardsSeen {
  readonly joiners: readonly JoinerRow[];
  readonly everybody: readonly RedeemerRow[];
}

/** The day by which a share of joiners has redeemed; null with the reason where the curve does not get there. */
function dayOfShare(id: string, label: string, joiners: readonly JoinerRow[], share: number, policy: Policy): Measure {
  const cells = cellsOf(joiners);
  const { time, low, high } = quantileTime(kaplanMeier(cells), share, policy.screenLevel);
  const n = membersOf(joiners);
  if (time === null)
    return { id, label, value: null, unit: 'days', n, why: `So many have not redeemed within the ${lastTime(cells)} days that joiners are followed.` };
  const method = 'Brookmeyer–Crowley, from the log-log interval of the curve';
  return { id, label, value: time, unit: 'days', n, ...(low === null || high === null ? {} : { interval: { low, high, level: policy.screenLevel, method } }) };
}

export function rewardMeasures({ joiners, everybody }: RewardsSeen, policy: Policy): Measure[] {
  const cells = cellsOf(joiners);
  const n = membersOf(joiners);
  const all = everybody.reduce((sum, { members }) => sum + members, 0);
  const never = everybody.filter(({ has_redeemed }) => has_redeemed === 0).reduce((sum, { members }) => sum + members, 0);
  const found = yearsCompared(joiners, comparedDays, policy.screenLevel);
  const test = yearsTest(joiners);
  const isCompared = [0, 1].every((year) => membersOf(joiners.filter((row) => row.year === year)) >= fewestCompared);
  const yearFates = fatesAt(cells, yearDays);
  const inYear = waitingAt('waitingAfterYear', 'Share of joiners still without a redemption a year after joining', joiners, yearDays, yearOld(joiners), policy);
  return [
    plain('joiners', 'Members who joined inside the files, so that they are followed from their first day', n, 'count', n),
    dayOfShare('quarterRedeemed', 'Days until a quarter of joiners have redeemed for the first time', joiners, 0.25, policy),
    dayOfShare('halfRedeemed', 'Days until half of joiners have redeemed for the first time (median)', joiners, 0.5, policy),
    ...inYear,
    ...(inYear.length > 0
      ? [
          plain('redeemedInYear', 'Share of joiners who redeemed within a year, closed memberships counted as never', yearFates.event, 'share', n),
          plain('closedInYear', 'Share of joiners who closed within a year without ever redeeming', yearFates.closed, 'share', n),
        ]
      : []),
    ...(found !== null && isCompared
      ? [
          plain('comparedDays', 'Days after joining at which two years of joiners are compared', comparedDays, 'days', found.n),
          plain('waitingLater', 'Share without a redemption by then, joiners of the later year', found.later, 'share', found.n),
          plain('waitingEarlier', 'The same, joiners of the year before, season by season', found.earlier, 'share', found.n),
          differenceMeasure('waitRise', 'Change of that share from one year of joiners to the next', found, policy),
          ...(test === null
            ? []
            : [
                plain('yearsTest', 'Probability of curves this different if both years redeemed alike (log-rank test by season)', test, 'probability', found.n),
              ]),
        ]
      : []),
    plain('members', 'All members', all, 'count', all),
    plain('neverRedeemed', 'All members, of any age, who have not redeemed in the files', never, 'count', all),
    shareOfMembers('neverRedeemedShare', 'Their share of all members', never, all, policy),
  ];
}

export function rewardEvidence({ joiners, everybody }: RewardsSeen, smallCell: number): EvidenceTable[] {
  const cells = cellsOf(joiners);
  const followedFor = (age: number): number => membersOf(joiners.filter(({ time }) => time >= age));
  const tables: EvidenceTable[] = [
    {
      id: 'fates',
      title: 'What has become of joiners by age',
      columns: [
        { id: 'age', label: 'Days since joining', unit: 'number' },
        { id: 'redeemed', label: 'Have redeemed', unit: 'share' },
        { id: 'closed', label: 'Closed before redeeming', unit: 'share' },
        { id: 'waiting', label: 'Still waiting', unit: 'share' },
        { id: 'followed', label: 'Waiting and followed so far', unit: 'count' },
      ],
      rows: ages
        .filter((age) => followedFor(age) >= smallCell)
        .map((age) => {
          const { event, closed, waiting } = fatesAt(cells, age);
          return [age, event, closed, waiting, followedFor(age)];
        }),
      note: 'Cumulative incidence with closing as a competing event (Aalen–Johansen): who has closed can no longer redeem.',
    },
  ];
  if (everybody.length === 4 && everybody.every(({ members }) => members >= smallCell)) {
    const count = (redeemed: number, closed: number): number =>
      everybody.find(({ has_redeemed, is_closed }) => has_redeemed === redeemed && is_closed === closed)?.members ?? 0;
    tables.push({
      id: 'closed',
      title: 'Closed memberships, by whether the member ever redeemed',
      columns: [
        { id: 'redeemed', label: 'Redeemed in the files', unit: 'text' },
        { id: 'members', label: 'Members', unit: 'count' },
        { id: 'closed', label: 'Closed', unit: 'count' },
        { id: 'share', label: 'Share closed', unit: 'share' },
      ],
      rows: [0, 1].map((redeemed) => {
        const [open, closed] = [count(redeemed, 0), count(redeemed, 1)];
        return [redeemed === 1 ? 'at least once' : 'never', open + closed, closed, closed / (open + closed)];
      }),
      note: 'Do not read this as what redeeming does: whoever closed had less time to redeem, so the gap is partly mechanical, and those who redeem were better customers before.',
    });
  }
  return tables;
}
