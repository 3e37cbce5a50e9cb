import type { Uniform } from '../../statistics/random.js';
import type { SimulatedMember } from './members.js';
import type { SimulatedYear } from './year.js';

/** What the preference centre knows of one member and channel: the latest word. */
export interface Preference {
  readonly member: SimulatedMember;
  readonly channel: 'Email' | 'SMS' | 'App';
  readonly isGranted: boolean;
  readonly sinceDay: number;
}

const otherChannels = [
  ['SMS', 0.46],
  ['App', 0.38],
] as const;

/** Everybody allowed e-mail on joining; text messages and the app as they liked. Whoever opted out is withdrawn everywhere on that day. */
export function simulatePreferences(uniform: Uniform, { members, optOuts }: Pick<SimulatedYear, 'members' | 'optOuts'>): Preference[] {
  const optOutDays = new Map(optOuts.map(({ member, day }) => [member.index, day]));
  return members.flatMap((member): Preference[] => {
    const optOutDay = optOutDays.get(member.index);
    const sinceDay = optOutDay ?? member.joinDay;
    const preferences: Preference[] = [{ member, channel: 'Email', isGranted: optOutDay === undefined, sinceDay }];
    for (const [channel, share] of otherChannels) {
      const isAllowed = uniform() < share;
      if (isAllowed) preferences.push({ member, channel, isGranted: optOutDay === undefined, sinceDay });
    }
    return preferences;
  });
}
