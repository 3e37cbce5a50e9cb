/** The sentences of contact-after-opt-out. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import { graceDays } from './opt-out-measures.js';

const criterion =
  'None is tolerated: from {threshold.contactsAfterOptOut.fail} such message on it is a problem, because the regulator allows no marketing after an objection. A later agreement in the channel ends the no; an erasure, the demand to be forgotten, never ends.';

export function optOutExplanation(measures: Measures, { status }: Verdict): Explanation {
  const wouldChangeOurMind =
    'A record that these messages were service messages and not marketing, or that these members had agreed again before the message was sent.';
  if (status === 'problem') return { ...problemWords(measures), criterion, wouldChangeOurMind };
  const none =
    'No marketing contact went to any of the {membersWithdrawn} members who had said no, as far as the days in the files can show; were they a sample of those who say no, the share contacted would lie {contactedAfterShare.interval}.';
  if (status === 'watch') {
    return {
      condition: `${none}${doubts(measures)}`,
      criterion,
      consequence: 'Whether these contacts were allowed cannot be settled from the files, and each that was not would be a breach.',
      action: 'Look these contacts up in the sending system: which channel they used, and whether the permission had been renewed.',
      wouldChangeOurMind: 'A channel for every contact and the full record of permissions, with the day on which each began and ended.',
    };
  }
  return {
    condition: none,
    criterion,
    consequence: 'Those who said no were left in peace in the channels that these files show.',
    action: 'Nothing needs to change here. Keep one list of refusals for all systems, and look again each quarter.',
    wouldChangeOurMind: 'Contacts from a system that is not in these files, such as a shop’s own list or an agency, that went to one of these members.',
  };
}

function problemWords(measures: Measures): Pick<Explanation, 'condition' | 'consequence' | 'action'> {
  const contacts = measures.value('contactsAfterOptOut') ?? 0;
  const members = measures.value('membersContactedAfter') ?? 0;
  const withdrawn = measures.value('membersWithdrawn') ?? 0;
  const within = measures.value('contactsWithinGrace') ?? 0;
  const sent = contacts === 1 ? '{contactsAfterOptOut} marketing contact was sent' : '{contactsAfterOptOut} marketing contacts were sent';
  const people = members === 1 ? '{membersContactedAfter} member who had already said no' : '{membersContactedAfter} members who had already said no';
  const ofThose =
    withdrawn === 1
      ? 'the only one who said no'
      : measures.value('contactedAfterShare') === null
        ? '{membersWithdrawn} have said so at all'
        : '{contactedAfterShare} of the {membersWithdrawn} who said no ({contactedAfterShare.interval})';
  const lag = measures.value('medianLagDays') === null ? '' : ' Half of them came within {medianLagDays} of the no, the latest after {longestLagDays}.';
  const grace =
    within === 0
      ? `None fell within the ${graceDays} days that large mail services give senders to process an unsubscription.`
      : `{contactsWithinGrace} of these fell within the ${graceDays} days that large mail services give senders to process an unsubscription, which is their rule and does not make the contact lawful.`;
  return {
    condition: `${sent} to ${people}: ${ofThose}.${lag} ${grace}${doubts(measures)}`,
    consequence:
      members === 1
        ? '{membersContactedAfter} member can complain to the regulator with good reason. What that would cost cannot be said from these files; it does not depend on how many sales a message brings.'
        : '{membersContactedAfter} members can complain to the regulator with good reason. What that would cost cannot be said from these files; it does not depend on how many sales a message brings.',
    action:
      'Stop the campaigns in the table until their lists are checked against the refusals, find out which list was old, and let the sending system itself refuse a member who has said no. To prove the repair, add a few addresses of your own that have opted out to every list: none of them may receive the next campaign.',
  };
}

/** What else looked doubtful, in a sentence that stands after the others. */
function doubts(measures: Measures): string {
  const ended = measures.value('contactsAfterPermissionEnded') ?? 0;
  const unknown = measures.value('contactsOfUnknownChannel') ?? 0;
  const parts = [
    ...(ended > 0
      ? [
          ended === 1
            ? '{contactsAfterPermissionEnded} contact came after a permission had run out'
            : '{contactsAfterPermissionEnded} contacts came after a permission had run out',
        ]
      : []),
    ...(unknown > 0
      ? [
          unknown === 1
            ? '{contactsOfUnknownChannel} contact without a stated channel went to a member who had refused one'
            : '{contactsOfUnknownChannel} contacts without a stated channel went to members who had refused one',
        ]
      : []),
  ];
  return parts.length === 0 ? '' : ` Besides, ${parts.join(', and ')}.`;
}
