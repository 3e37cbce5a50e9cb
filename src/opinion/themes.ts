/**
 * The themes of the profile, and what each level means there. The four level names come from published articles by
 * C. Shaw (Beyond Philosophy; “Naïve to Natural” is a trademark): paraphrased, not the licensed assessment.
 */
import type { FocusLevel } from '../result/schema.js';

export interface Theme {
  /** The audit category. */
  readonly id: string;
  readonly label: string;
  /** Data can show the first three levels; Natural is a culture, and only people’s answers can show it. */
  readonly meaning: Readonly<Record<Exclude<FocusLevel, 'Natural'>, string>>;
}

export const themes: readonly Theme[] = [
  {
    id: 'targeting',
    label: 'Who is contacted',
    meaning: {
      Naive: 'Contact goes to the same customers again and again, and those left out are not missed.',
      Transactional: 'Contact follows past purchases; who is left out is decided by the list, not by intent.',
      Enlightened: 'Contact is spread with thought, and nobody of value is forgotten.',
    },
  },
  {
    id: 'objectives',
    label: 'What campaigns are for',
    meaning: {
      Naive: 'Nearly all effort buys new customers or immediate sales.',
      Transactional: 'Immediate sales lead, and keeping customers has a small share.',
      Enlightened: 'Keeping and developing customers has a real share of the effort.',
    },
  },
  {
    id: 'non-responders',
    label: 'Those who did not respond',
    meaning: {
      Naive: 'The many who did not respond are not looked at.',
      Transactional: 'Something is known about those who did not respond, but nobody acts on it.',
      Enlightened: 'The effect on those who did not respond is known within bounds.',
    },
  },
  {
    id: 'measurement',
    label: 'What can be proved',
    meaning: {
      Naive: 'No campaign keeps a random group back, so no effect can be proved.',
      Transactional: 'Some campaigns keep a random group back.',
      Enlightened: 'Most contact is part of a test that can prove its effect.',
    },
  },
  {
    id: 'value',
    label: 'Success against customer value',
    meaning: {
      Naive: 'Campaigns that are celebrated do not add customer value.',
      Transactional: 'Success and customer value are not yet the same thing.',
      Enlightened: 'What is celebrated is also what adds customer value.',
    },
  },
  {
    id: 'programme',
    label: 'The scheme itself',
    meaning: {
      Naive: 'Members join and fall silent.',
      Transactional: 'The scheme works as a discount.',
      Enlightened: 'Members use the scheme, and it recognises them.',
    },
  },
  {
    id: 'differentiation',
    label: 'Differences between customers',
    meaning: {
      Naive: 'Everybody gets the same.',
      Transactional: 'Segments exist, but change little.',
      Enlightened: 'What customers get follows who they are.',
    },
  },
  {
    id: 'sales-cycle',
    label: 'Timing in the customer’s cycle',
    meaning: {
      Naive: 'Contact follows the calendar only.',
      Transactional: 'Some contact follows the customer’s own timing.',
      Enlightened: 'Contact follows where the customer stands.',
    },
  },
  {
    id: 'communication',
    label: 'Telling members and staff',
    meaning: {
      Naive: 'Members and staff learn by accident.',
      Transactional: 'The main events are announced.',
      Enlightened: 'Members and staff are told in time.',
    },
  },
  {
    id: 'brand',
    label: 'In step with the brand',
    meaning: {
      Naive: 'Campaigns go their own way.',
      Transactional: 'Campaigns follow the brand by luck.',
      Enlightened: 'Campaigns and brand say the same.',
    },
  },
  {
    id: 'experience',
    label: 'The customer’s whole experience',
    meaning: {
      Naive: 'What happens after the sale is not seen.',
      Transactional: 'Parts of the experience are seen, apart from each other.',
      Enlightened: 'The whole customer is seen, and marketing takes heed.',
    },
  },
];
