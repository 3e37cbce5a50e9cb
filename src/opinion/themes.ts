/**
 * The themes of the profile, and what each level means there. The four level names come from published articles by
 * C. Shaw (Beyond Philosophy; “Naïve to Natural” is a trademark): paraphrased, not the licensed assessment.
 */
import type { FocusLevel } from '../result/schema.js';

export interface Theme {
  /** The audit category. */
  readonly id: string;
  readonly label: string;
  /**
   * What the verdicts behind a level can support, and no more. Data can show the first three levels; Natural is a culture, and only
   * people’s answers can show it.
   */
  readonly meaning: Readonly<Record<Exclude<FocusLevel, 'Natural'>, string>>;
}

export const themes: readonly Theme[] = [
  {
    id: 'targeting',
    label: 'Who is contacted',
    meaning: {
      Naive: 'Contact keeps to the same customers, or passes over customers of value, well beyond the thresholds.',
      Transactional: 'Contact keeps to some customers, or passes over some of value, in part beyond the thresholds.',
      Enlightened: 'Most of what was examined about who is contacted lies within its thresholds; why anybody is left out, the files do not say.',
    },
  },
  {
    id: 'objectives',
    label: 'What campaigns are for',
    meaning: {
      Naive: 'Of the effort whose aim is known, most goes to new customers and immediate sales.',
      Transactional: 'Of the effort whose aim is known, new customers and immediate sales have a large share, or keeping customers a small one.',
      Enlightened: 'Of the effort whose aim is known, keeping and developing customers has a real share.',
    },
  },
  {
    id: 'non-responders',
    label: 'Those who did not respond',
    meaning: {
      Naive: 'Those who do not respond are many and hold much value, with little contact that could show what it does to them; or harm to them is found.',
      Transactional: 'Those who do not respond are many, and little contact could show what it does to them.',
      Enlightened: 'Nothing examined about those who do not respond is beyond its threshold; that alone does not say what contact does to them.',
    },
  },
  {
    id: 'measurement',
    label: 'What can be proved',
    meaning: {
      Naive: 'Little or no contact belongs to campaigns that keep a random group back.',
      Transactional: 'Part of the contact belongs to campaigns that keep a random group back.',
      Enlightened: 'Most contact belongs to campaigns that keep a random group back, so that its effect can be tested.',
    },
  },
  {
    id: 'value',
    label: 'Success against customer value',
    meaning: {
      Naive: 'A considerable part of the effort is in campaigns that are found not to pay back.',
      Transactional: 'Some of the effort is in campaigns that are found not to pay back.',
      Enlightened: 'A large part of the effort is in campaigns that are found to add value, whether they are celebrated or not.',
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
