/** The randomised test that would settle what a contact cap does: its arms, its length, and what it could see. */
import type { Cap } from '../../derived/cap-replay.js';
import type { CapSimulation } from '../../result/cap-simulation.js';
import type { Measure } from '../../result/schema.js';
import { momentsOf } from '../../statistics/intervals.js';
import { equalArmNeeded, minimumDetectableDifference } from '../../statistics/power.js';
import type { AuditContext } from '../audit.js';
import type { CapFrontier } from './cap-frontier.js';
import { cappedValuesSql } from './cap-frontier.sql.js';

export interface CapTest {
  readonly measures: readonly Measure[];
  readonly points: CapSimulation['test'];
}

/** Three months: long enough for members who buy every month or two, and three times the usual rule of 28 days. */
const usualDays = 84;

/** @param frontier whose first cap is the one to test. */
export async function designCapTest(context: AuditContext, frontier: CapFrontier, cap: Cap): Promise<CapTest> {
  const { engine, derived, window } = context;
  const { channel } = frontier;
  const days = Math.max(usualDays, 3 * Math.max(...cap.map((rule) => rule.days)));
  const basis = derived.valueBasis === 'margin' || derived.valueBasis === 'revenue' ? derived.valueBasis : null;
  const spread = { window, days: Math.min(days, window.days), basis, channel };
  const [row] = await engine.rows(cappedValuesSql(engine.dialect, cap, spread));
  const members = row?.members ?? 0;
  const [effect] = frontier.effects;
  const savedEach =
    effect === undefined || effect.affected === 0 || effect.savedCost === null ? null : (effect.savedCost / effect.affected) * (days / window.days);
  const isKnown = basis !== null && members >= 2 && row !== undefined && row.total !== null && row.squares !== null;
  const moments = isKnown ? momentsOf(members, row.total ?? 0, row.squares ?? 0) : null;
  const half = Math.floor(members / 2);
  const detectable = moments === null || moments.variance === 0 ? null : minimumDetectableDifference(moments.variance, half, half);
  const needed = moments === null || savedEach === null || savedEach <= 0 || moments.variance === 0 ? null : equalArmNeeded(moments.variance, savedEach);
  const words = basis === 'margin' ? 'margin' : 'net sales';
  const unknown = { why: 'The files have too few purchases of these members.' };
  const measures: Measure[] = [
    { id: 'testMembers', label: 'Members whom the cap would keep a contact from', value: members, unit: 'count', n: members },
    { id: 'testDays', label: 'Days of the test', value: days, unit: 'days', n: members },
    { id: 'perArm', label: 'Members in each arm', value: half, unit: 'count', n: members },
    {
      id: 'detectable',
      label: `Smallest difference in ${words} that the test can be expected to see`,
      value: detectable,
      unit: 'moneyPerMember',
      n: members,
      ...(detectable === null ? unknown : {}),
    },
    {
      id: 'breakEven',
      label: 'Cost saved over the test',
      value: savedEach,
      unit: 'moneyPerMember',
      n: members,
      ...(savedEach === null ? { why: 'Contacts have no cost.' } : {}),
    },
    {
      id: 'neededPerArm',
      label: 'Members needed in each arm to see a loss as large as the cost saved',
      value: needed,
      unit: 'count',
      n: members,
      ...(needed === null ? unknown : {}),
    },
  ];
  return { measures, points: pointsOf(members, detectable, needed, half, words) };
}

function pointsOf(members: number, detectable: number | null, needed: number | null, half: number, words: string): CapSimulation['test'] {
  if (members < 2) return [{ heading: 'Nothing to test', text: 'No two members ever exceeded this cap, so a test of it would compare like with like.' }];
  const sight =
    detectable === null
      ? 'What the test can see is not known, because the files have too few purchases of these members.'
      : `With all of them the test can be expected to see a difference in ${words} of {detectable} or more (four times in five, with one false alarm in twenty).`;
  const size =
    needed === null
      ? ''
      : needed > half
        ? ' The cost saved is {breakEven}; to see a loss as small as that, each arm would need {neededPerArm} members, more than there are. Run the test longer, or pool several, before it is called a success.'
        : ' The cost saved is {breakEven}; to see a loss as small as that, {neededPerArm} members in each arm are enough.';
  return [
    { heading: 'Question', text: `Does the cap change what members are worth, and by how much, over {testDays}?` },
    {
      heading: 'Who takes part',
      text: 'The {testMembers} members who exceeded the cap inside the window (the replay also counts what weighs on its first days). Others would notice nothing and only dilute the answer.',
    },
    {
      heading: 'Arms',
      text: 'Half of them at random under the cap, half as before: {perArm} each. Draw by a salted hash of the customer number before the test begins, and keep the list.',
    },
    {
      heading: 'What to measure',
      text: `First: ${words} a member less the cost of contact, for everybody drawn, whether contacted or not. Beside it: opt-outs, complaints, and members with a purchase.`,
    },
    { heading: 'Size', text: `${sight}${size}` },
    { heading: 'Check during the test', text: 'The two arms stay of equal size (a test of the sample ratio), and members under the cap do get less contact.' },
    {
      heading: 'Write down before',
      text: 'The outcome, the length and the smallest difference that would change the decision. Do not stop early because the difference looks good.',
    },
  ];
}
