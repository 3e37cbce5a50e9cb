/** The sentences of cap-breaches. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

const isSome = (measures: Measures, id: string): boolean => (measures.get(id)?.value ?? 0) > 0;
/** The interval in brackets, unless its ends are one number. */
function range(measures: Measures, id: string): string {
  const interval = measures.get(id)?.interval;
  return interval === undefined || interval.low === interval.high ? '' : ` ({${id}.interval})`;
}

function flags(measures: Measures): string {
  const crowded = isSome(measures, 'crowdedDayContacts')
    ? ' {crowdedDayContacts} contacts were a member’s number {threshold.contactsInOneDay.flag} or later of one calendar day ({membersCrowded} members).'
    : ' No member had {threshold.contactsInOneDay.flag} or more on one calendar day.';
  if (measures.get('textContacts') === undefined) return crowded;
  return isSome(measures, 'textsOverCap')
    ? `${crowded} {textsOverCap} of {textContacts} text messages came within 24 hours of another ({membersOverTextCap} members).`
    : `${crowded} No text message exceeded its cap.`;
}

export function capExplanation(measures: Measures, { status }: Verdict): Explanation {
  const condition = `Nine contacts in ten went to members who had been sent at most {contactsIn28Days} others in the 28 days before${range(measures, 'contactsIn28Days')}; the median is {contactsIn28DaysMedian}, the most {contactsIn28DaysMost}. {overWatchShare}${range(measures, 'overWatchShare')} of contacts exceed the lower cap, {overHighShare}${range(measures, 'overHighShare')} the upper one.${flags(measures)}`;
  const criterion =
    'It deserves a look when one contact in ten comes after more than {threshold.contactsIn28Days.watch} others (the lower cap), and is too much after more than {threshold.contactsIn28Days.high} (the upper cap); {threshold.contactsInOneDay.flag} contacts on one calendar day, or more than {threshold.textsIn24Hours.most} text message in 24 hours, deserve a look whenever they occur.' +
    (measures.value('hasOwnCap') === 1 ? ' The cap is your own, so it is too much, too, when more than one contact in ten exceeds it.' : '') +
    ' A handful of members never make a problem.';
  const wouldChangeOurMind =
    'A test in which a random half of members is held to the cap, and which shows that the contacts beyond it bring more than they cost in money and in members who opt out.';
  if (status === 'healthy') {
    return {
      condition,
      criterion,
      consequence: 'Contact stays within the caps in force. That does not say that its amount is right: a cap guards against too much only.',
      action: 'Nothing needs to change here. Keep the count across all campaigns and channels, not within each.',
      wouldChangeOurMind: 'Contacts in a channel or a system that is not in these files, which together with these exceed the cap.',
    };
  }
  const beyond = isSome(measures, 'membersOverWatch')
    ? '{membersOverWatch} of {contactedMembers} members were contacted beyond the lower cap, {membersOverHigh} beyond the upper one.'
    : 'No member was contacted beyond the cap for 28 days; it is single days that are crowded.';
  return {
    condition,
    criterion,
    consequence: `${beyond} Whether that costs sales or members is the question of the finding on contact fatigue; that nobody counts across campaigns is shown here already.`,
    action:
      'Set one cap across all campaigns in the sending system, with an order of priority for what is dropped. Begin with a random half of members under the cap for eight weeks, and compare sales and opt-outs with those of the other half.',
    wouldChangeOurMind,
  };
}
