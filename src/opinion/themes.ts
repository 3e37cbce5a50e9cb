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
      Naive: 'Much of what was examined about who is contacted, how often and with what permission lies well beyond its thresholds.',
      Transactional: 'Who is contacted, how often and with what permission lies in part beyond the thresholds.',
      Enlightened:
        'Most of what was examined about who is contacted, how often and with what permission lies within its thresholds; why anybody is left out, the files do not say.',
    },
  },
  {
    id: 'objectives',
    label: 'What campaigns are for',
    meaning: {
      Naive:
        'Much of what was examined about aims lies well beyond its thresholds: what campaigns are for, how soon they are judged, and whether the customers they win stay.',
      Transactional: 'Aims look in part beyond the next sale: some of what was examined about them lies beyond its thresholds.',
      Enlightened: 'Most of what was examined about aims lies within its thresholds: keeping and developing customers has a real share of the effort.',
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
      Naive:
        'Much of what was examined about proof lies well beyond its thresholds: whether a random group is kept back, whether the tests can show anything, and whether campaigns are credited with what would have come anyway.',
      Transactional: 'Results can be proved in part: some of what was examined about tests and about credit lies beyond its thresholds.',
      Enlightened: 'Most of what was examined about tests and about credit lies within its thresholds; only what is tested can be proved.',
    },
  },
  {
    id: 'value',
    label: 'Success against customer value',
    meaning: {
      Naive:
        'Much of what was examined about success and value lies well beyond its thresholds: whether campaigns pay back, and whether what is celebrated and who is chosen go with what customers are worth.',
      Transactional: 'Success and customer value go together in part: some of what was examined about them lies beyond its thresholds.',
      Enlightened: 'Most of what was examined about success and value lies within its thresholds.',
    },
  },
  {
    id: 'programme',
    label: 'The scheme itself',
    meaning: {
      Naive: 'Much of what was examined about the scheme itself lies well beyond its thresholds: whether members stay, take part and use what they earn.',
      Transactional: 'The scheme works in part: some of what was examined about taking part and using what is earned lies beyond its thresholds.',
      Enlightened: 'Most of what was examined about the scheme itself lies within its thresholds: members take part and use what they earn.',
    },
  },
  {
    id: 'differentiation',
    label: 'Differences between customers',
    meaning: {
      Naive: 'What customers get hardly follows who they are, by most of what was examined.',
      Transactional: 'What customers get follows who they are in part.',
      Enlightened: 'By most of what was examined, what customers get follows who they are; whether that suits them, the files do not say.',
    },
  },
  {
    id: 'sales-cycle',
    label: 'Timing in the customer’s cycle',
    meaning: {
      Naive: 'Contact hardly follows where the customer stands, by most of what was examined.',
      Transactional: 'Contact follows where the customer stands in part.',
      Enlightened: 'By most of what was examined, contact follows where the customer stands.',
    },
  },
  {
    id: 'communication',
    label: 'Telling members and staff',
    meaning: {
      Naive: 'Much of what was examined about telling members and staff lies well beyond its thresholds.',
      Transactional: 'Members and staff are told in part: some of what was examined lies beyond its thresholds.',
      Enlightened: 'Most of what was examined about telling members and staff lies within its thresholds.',
    },
  },
  {
    id: 'brand',
    label: 'In step with the brand',
    meaning: {
      Naive: 'Most of the effort examined carries no sign of the brand, or leads with the discount.',
      Transactional: 'Part of the effort examined carries no sign of the brand, or leads with the discount.',
      Enlightened: 'Most of the effort examined carries the brand; whether customers see it so, the files do not say.',
    },
  },
  {
    id: 'experience',
    label: 'The customer’s whole experience',
    meaning: {
      Naive:
        'Much of what was examined about the whole experience lies well beyond its thresholds: what is seen of customers, and whether marketing heeds what goes wrong.',
      Transactional: 'The whole experience is seen and heeded in part: some of what was examined lies beyond its thresholds.',
      Enlightened: 'Most of what was examined about the whole experience lies within its thresholds.',
    },
  },
];
