/** What `silent-events` says, kind by kind. */
import type { Explanation } from '../../result/schema.js';
import type { AuditContext, Measures, Verdict } from '../audit.js';
import { type Kind, kinds } from './silent-events.sql.js';
import { type Announced, announcedOf, kindWords, worstOf } from './silent-events-measures.js';

export function caveatsOf(hasExpiries: boolean, context: AuditContext): string[] {
  const caveats = [
    'What a message said is not known: one that fell near an event counts even if it was about something else, which chance allows for only in part. A change of tier follows purchases, and purchases draw messages of their own; coverage is then overstated.',
    'A notice in the app, on the receipt or in the account that is not in these files counts as silence.',
    'Birthdays, and the day on which a reward comes within reach, are not in these files.',
  ];
  if (!hasExpiries && context.rowCount('points') > 0) {
    caveats.push('The ledger has no lines of expiry; the dates on which points were to expire stand in, for members who redeemed nothing after earning them.');
  }
  if (!context.derived.hasConsents) caveats.push('Permissions are unknown, so some of these members may have asked not to be contacted.');
  return caveats;
}

/** Kinds whose share beyond chance is known. */
export const announcedIn = (measures: Measures): Announced[] => announcedOf(kinds.flatMap((kind) => measures.get(`${kind}Announced`) ?? []));

/** @param part what is added where some of the events are announced. */
const consequences: Record<Kind, (part: string) => string> = {
  tier: (part) =>
    `Members rise and fall in the scheme, and whether they hear from it around the day is${part} left to chance; the recognition that a tier is meant to give is easily missed.`,
  expiry: (part) =>
    `Members lose points, and whether they hear from the scheme around the day is${part} left to chance. Whether a reminder is owed to them, the terms of the scheme say.`,
  anniversary: () => 'The day on which members joined passes much like any other; that may be a choice.',
};
const actions: Record<Kind, string> = {
  tier: 'Set up one message for each change of tier that says what the member has now.',
  expiry: 'Set up a reminder at least two weeks before points expire.',
  anniversary: 'Decide whether the anniversary is worth a message; if so, set one up.',
};
const test = ' Send it to a random half of those concerned for a quarter, and compare purchases and redemptions over the following 90 days.';

export function explain(measures: Measures, { status }: Verdict): Explanation {
  const isKnown = (id: string): boolean => measures.get(id)?.value != null;
  const announced = announcedIn(measures);
  const worst = worstOf(announced);
  const lines = [worst, ...kinds.filter((kind) => kind !== worst)].flatMap((kind) => {
    if (!isKnown(`${kind}Share`)) return [];
    const first = `{${kind}Share} of {${kind}Events} ${kindWords[kind]} had a message around them`;
    if (isKnown(`${kind}Announced`))
      return [
        `${first}; of the same members’ other days {${kind}ByChance} had one, so {${kind}Announced} ({${kind}Announced.interval}) were announced beyond chance.`,
      ];
    return [
      isKnown(`${kind}ByChance`)
        ? `${first}; of the same members’ other days {${kind}ByChance} had one, which cannot be told apart: messages are too many, or these events fall on the same few days.`
        : `${first}; what chance gives cannot be seen.`,
    ];
  });
  const lost = worst === 'expiry' && isKnown('silentWorth') ? ' The points that expired without a message were worth {silentWorth}.' : '';
  return {
    condition: `${lines.join(' ')} A message counts from two weeks before an event to one week after it.`,
    criterion:
      'Beyond chance means: of the events that chance would have left silent, how many had a message. House levels: below {threshold.announcedShare.watch} deserves a look; below {threshold.announcedShare.problem} is a problem. Anniversaries are a matter of taste: they count only where no other event is known, and never as a problem.',
    consequence:
      status === 'healthy'
        ? 'Members hear from the scheme when something happens to them in it.'
        : `${consequences[worst](status === 'problem' ? '' : ', for many of them,')}${lost}`,
    action: status === 'healthy' ? 'Keep these messages, and check from time to time that none of them has stopped.' : `${actions[worst]}${test}`,
    wouldChangeOurMind:
      'Notices in a channel that is not in these files, such as the app or the receipt; or such a test in which the message made no difference to what members did.',
  };
}
