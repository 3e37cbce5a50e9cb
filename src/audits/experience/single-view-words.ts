/** The sentences about a customer who is seen in parts, put together from what could be measured. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import type { GapId } from './single-view-measures.js';

const conditions: Readonly<Record<GapId, string>> = {
  collisionShare:
    '{collisionShare} of messages of campaigns with a known business unit ({collisionShare.interval}) went out on the same day as another unit’s message to the same member, or within six days after one.',
  orphanShare: '{orphanShare} of messages ({orphanShare.interval}) went to member numbers that the list of members does not have.',
  singleSourceShare:
    '{singleSourceShare} of campaigns that name the data by which they select ({singleSourceShare.interval}) use one kind of data only, such as purchases without service or web.',
  conflictShare:
    '{conflictShare} of permissions ({conflictShare.interval}) are recorded as granted and withdrawn at once, with no date that says which came last.',
};

const criteria: Readonly<Record<GapId, string>> = {
  collisionShare: 'messages close upon another unit’s from {threshold.collisionShare.watch} and {threshold.collisionShare.high}',
  orphanShare: 'messages to unknown numbers from {threshold.orphanShare.watch} and {threshold.orphanShare.high}',
  singleSourceShare: 'campaigns with one kind of data from {threshold.singleSourceShare.watch}, without a second level',
  conflictShare: 'contradictory permissions from {threshold.conflictShare.watch} and {threshold.conflictShare.high}',
};

const actions: Readonly<Record<GapId, string>> = {
  collisionShare:
    'Share one contact calendar between the units, hold the second message back for a week for a random half of members, and compare opt-outs and purchases.',
  orphanShare: 'Find out from which system these numbers come, and whether their permissions were ever recorded.',
  singleSourceShare:
    'Add one field from another system (an open complaint, a visit to the web shop) to the selection of the next campaign for a random half, and compare.',
  conflictShare: 'Treat these permissions as withdrawn until the member is asked again.',
};

/** @param furthest the gaps, the one furthest beyond its level first. */
export function singleViewWords(measures: Measures, { status }: Verdict, furthest: readonly GapId[]): Explanation {
  const gaps = furthest.filter((id) => typeof measures.get(id)?.value === 'number');
  const has = (id: string): boolean => typeof measures.get(id)?.value === 'number';
  const chance =
    has('collisionsThen') && measures.value('collisionShare') !== 0
      ? ' Where the files reach back far enough that is {collisionsNow}, and in the week four weeks before the same messages it was {collisionsThen}: units that heed each other would show far fewer now than then.'
      : '';
  const parts = gaps.map((id) => `${conditions[id]}${id === 'collisionShare' ? chance : ''}`);
  const crossers = (['unit', 'channel'] as const).flatMap((dimension) =>
    has(`${dimension}Crossers`)
      ? [
          `{${dimension}Crossers} of buying members bought in two or more ${dimension === 'unit' ? 'business units' : 'channels'}${has(`${dimension}CrosserValue`) ? ` and hold {${dimension}CrosserValue} of members’ net sales` : ''}.`,
        ]
      : [],
  );
  const [worst] = gaps;
  const isBeyond = status === 'watch' || status === 'problem';
  const whole = crossers.length === 0 ? '' : ` ${crossers.join(' ')}`;
  return {
    condition: parts.length === 0 ? crossers.join(' ') : parts.join(' '),
    criterion:
      gaps.length === 0
        ? 'How many members buy in several places is neither good nor bad, so there is no level to hold this against.'
        : `First and second level of attention: ${gaps.map((id) => criteria[id]).join('; ')}.`,
    consequence: isBeyond
      ? `Whoever looks at one part only does not see what the same customer met elsewhere.${parts.length === 0 ? '' : whole}`
      : status === 'informative'
        ? 'Members who buy in several places are whole customers only to somebody who sees all of these places.'
        : `Nothing that was looked at shows a customer in parts beyond the levels.${whole}`,
    action:
      !isBeyond || worst === undefined
        ? 'Keep these figures beside each other, and add the exports of the parts of the organisation that are still missing.'
        : actions[worst],
    wouldChangeOurMind:
      'A key of the person across member numbers, units and channels, which would show what these files cannot; or proof that the parts found here are one in the systems behind the exports.',
  };
}
