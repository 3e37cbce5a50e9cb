/** The sentences of contact-fatigue. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

const range = (measures: Measures, id: string): string => (measures.get(id)?.interval === undefined ? '' : ` ({${id}.interval})`);
const isKnown = (measures: Measures, id: string): boolean => (measures.get(id)?.value ?? null) !== null;

const criterion =
  'A fall of adjusted response by more than {threshold.responseFall.watch} deserves a look, by more than {threshold.responseFall.high} it is much; so do opt-outs at more than {threshold.optOutRise.watch} those under light pressure, and more than {threshold.optOutRise.high} is much. It counts as a problem only where the members compared were alike beforehand: in earlier orders and time in the scheme they differ by at most {largestImbalance} standard deviations (the usual spread between members), and up to {threshold.imbalance.most} is accepted.';
const test =
  'Hold a random half of members to fewer contacts in 28 days for eight weeks, leave the other half as it is, and compare the two in sales and withdrawals, counted over all members of each half. Only such a test can say what one more contact does.';

export function fatigueExplanation(measures: Measures, { status }: Verdict): Explanation {
  const wouldChangeOurMind = 'A test of a contact cap, assigned by lot, whose two halves buy and withdraw differently from what this comparison suggests.';
  const condition = `${adjustedWords(measures)}${plainWords(measures)}${personWords(measures)}${optOutWords(measures)}`;
  return {
    condition,
    criterion,
    consequence: consequenceOf(measures, status),
    action: status === 'healthy' ? `Nothing needs to change here. ${test}` : test,
    wouldChangeOurMind,
  };
}

function adjustedWords(measures: Measures): string {
  if (!isKnown(measures, 'responseRatio'))
    return 'No campaign reached like members under unlike pressure, so the part of pressure in response cannot be told from the choice of members.';
  const unseen =
    (measures.get('eValueOfInterval')?.value ?? 1) > 1
      ? ' To explain this away, something unmeasured would have to make both heavy contact and response {eValue} as likely or as unlikely ({eValueOfInterval} for the nearer end of the interval).'
      : '';
  return `Among members of the same campaign who had bought and responded alike before, the {responseLight.label} is {responseLight}${range(measures, 'responseLight')} and the {responseHeavy.label} is {responseHeavy}${range(measures, 'responseHeavy')}: {responseRatio} as much${range(measures, 'responseRatio')}.${unseen}`;
}

/** A plain rise is selection: this is said whatever the verdict. */
function plainWords(measures: Measures): string {
  if (!isKnown(measures, 'plainLight') || !isKnown(measures, 'plainHeavy')) return '';
  const isRising = (measures.value('plainHeavy') ?? 0) > (measures.value('plainLight') ?? 0);
  const plain = 'Counted plainly, response goes from {plainLight} to {plainHeavy}';
  return isRising
    ? ` ${plain}. The rise of response with contact count is selection, not effect: those contacted most are those who had bought and responded most before.`
    : ` ${plain}, which mixes pressure with who was chosen and for what.`;
}

function personWords(measures: Measures): string {
  if (!isKnown(measures, 'withinPersonChange')) return '';
  return ` Within one person, from one contact to the next, the change is {withinPersonChange}${range(measures, 'withinPersonChange')}.`;
}

function optOutWords(measures: Measures): string {
  if (!isKnown(measures, 'optOutLight') || !isKnown(measures, 'optOutHeavy')) return '';
  const rise = isKnown(measures, 'optOutRise') ? `, {optOutRise} as much${range(measures, 'optOutRise')}` : '';
  return ` Opt-out within 7 days of a contact goes from {optOutLight} to {optOutHeavy}${rise}.`;
}

function consequenceOf(measures: Measures, status: Verdict['status']): string {
  if (status === 'healthy') {
    const few = measures.get('optOutRise')?.interval === undefined ? '' : ' For opt-outs the range above says what is still possible.';
    return `Within the pressure that these files hold, more contact does not go with a much lower response.${few} Heavier pressure was not tried, so nothing is known of it.`;
  }
  if (status === 'informative')
    return 'Whether members tire of contact cannot be settled from these files: the range still holds both no fall and a large one, the members compared were too unlike beforehand, or response still rises with contact after adjusting though not within one person, which is how those who respond most are chosen and could hide a fall.';
  if (measures.get('kneeFrom') === undefined)
    return 'Heavier contact goes with less in return from each; a point beyond which it stops paying cannot be given from these files.';
  return 'From {kneeFrom} earlier contacts in 28 days on, a further one brings less than lighter contact does, or less than it costs. {beyondKneeShare} of contacts are sent from there on.';
}
