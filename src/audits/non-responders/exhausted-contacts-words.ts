/** The sentences of the finding, by what the files allow to be said. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

const has = (measures: Measures, id: string): boolean => (measures.get(id)?.value ?? null) !== null;
const intervalText = (measures: Measures, id: string): string => (measures.get(id)?.interval === undefined ? '' : `, {${id}.interval}`);

const criterion =
  'A contact stops paying where the expected response falls below the break-even: the cost of a contact divided by what a response brings (arithmetic). Worth watching when the whole interval of the share sent beyond that point lies above {threshold.exhaustedShare.watch}; a problem where the share itself is above {threshold.exhaustedShare.high} as well, ' +
  'if the contacts beyond it were in fact answered less often than the break-even (house levels). Silence for a fixed time, as e-mail platforms count it, is not used: after few campaigns most people are silent, whatever their chance.';

const wouldChange =
  'Responses that are not on record (visits, purchases without a code), a holdout that shows what contact brings beyond recorded responses, or a cost of a contact that leaves out what is spent in any case.';

function explainUnpriced(measures: Measures): Explanation {
  return {
    condition: `{responseRate} of campaigns received were responded to${intervalText(measures, 'responseRate')}. After ten in silence the next is expected to bring {chanceAfterTen}${intervalText(measures, 'chanceAfterTen')}. From where on a contact no longer pays cannot be said, because the files do not give both what a contact costs and what a response brings.`,
    criterion,
    consequence:
      'Contact with members who no longer respond may cost more than it brings, or pay for a long time yet; the table shows from which silence on, for several break-even rates.',
    action: 'Add the cost of each campaign and the amounts of the purchases that responded to it. Stop nobody’s contact by a fixed number of silent weeks.',
    wouldChangeOurMind: 'The cost of a contact and the amount of a response.',
  };
}

/** By responses alone no contact pays, so no length of silence makes the difference. */
function explainNever(measures: Measures): Explanation {
  return {
    condition: `By responses alone not even a first contact pays: a campaign received costs {costPerContact}, a response brings at most {perResponse} ({perResponse.label}), so {breakEven} of contacts would have to be answered${intervalText(measures, 'breakEven')}; a member never contacted before is expected to respond less often than that, and {responseRate} of all contacts were answered. No length of silence makes the difference.`,
    criterion,
    consequence:
      'Either contact brings more than the recorded responses show, or it costs more than it brings with nearly everybody. These files cannot tell one from the other, and so no number of exhausted contacts is given.',
    action: 'Leave a random group out of the dearest campaigns and compare purchases of everybody chosen with theirs; until then send fewer of the dear ones.',
    wouldChangeOurMind: wouldChange,
  };
}

export function explainExhaustion(measures: Measures, verdict: Verdict): Explanation {
  if (!has(measures, 'breakEven')) return explainUnpriced(measures);
  if (measures.value('limit') === 0) return explainNever(measures);
  const value = has(measures, 'exhaustedValueShare')
    ? ` Silent in the inbox is not silent in the shop: {exhaustedBuyerShare} of them bought in the time that is looked at, and they hold {exhaustedValueShare} of the value of all members${intervalText(measures, 'exhaustedValueShare')}.`
    : '';
  const observed = has(measures, 'observedBeyond')
    ? ` Contacts beyond that point were answered in {observedBeyond} of cases${intervalText(measures, 'observedBeyond')}.`
    : '';
  const members = has(measures, 'exhaustedMembers')
    ? `{exhaustedMembers} members${has(measures, 'exhaustedMemberShare') ? ', {exhaustedMemberShare} of those contacted,' : ''} are beyond that point by now.${value}`
    : 'Very few members are beyond that point by now.';
  const isBad = verdict.status === 'problem' || verdict.status === 'watch';
  const rule = has(measures, 'platformRule')
    ? ' A common rule of e-mail platforms, three campaigns in 90 days and no response, would leave out {platformRule} members.'
    : '';
  return {
    condition:
      `{exhaustedShare} of contacts${intervalText(measures, 'exhaustedShare')}, {exhaustedContacts} in number, went to members from whom so many campaigns had brought no response that the next was not expected to pay. ` +
      `A campaign received costs {costPerContact}; a response brings at most {perResponse} ({perResponse.label}); so a contact pays while at least {breakEven} respond${intervalText(measures, 'breakEven')}. By the spread of the chances the next one falls below that after {limit} campaigns without a response${intervalText(measures, 'limit')}, at the latest.${observed}`,
    criterion,
    consequence: isBad
      ? `${members} What is spent on contacting them brings less than it costs, even if everything counted for responses would have been missing without them.${rule}`
      : verdict.status === 'informative'
        ? `${members} Whether so large a part of contact is in fact spent where it has stopped paying cannot be told from chance yet.${rule}`
        : `${members} Contact is hardly spent where it has stopped paying.${rule}`,
    action: isBad
      ? 'For members beyond that point replace most campaigns by a few cheap ones, in another channel or at another time of their buying, and draw by lot who stays on the old plan: purchases of both groups show whether anything was lost.'
      : 'Keep sending by expected response and not by a fixed number of silent weeks, and look at the point again when costs change.',
    wouldChangeOurMind: wouldChange,
  };
}
