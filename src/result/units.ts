import { z } from 'zod';

/**
 * The unit decides how a renderer writes a number.
 * - `share`: 0..1, written as a percentage; `shareDifference`: a difference of shares, written in percentage points.
 * - `money`: major units of the result's currency; `moneyPerMember`: the same a head.
 * - `index`: a Gini or other 0..1 index, written with decimals; `ratio`: written as “2.1 times”.
 */
export const unit = z.enum([
  'share',
  'shareDifference',
  'count',
  'contactsPerMember',
  'money',
  'moneyPerMember',
  'days',
  'index',
  'ratio',
  'probability',
  'points',
  'number',
  'text',
  'date',
]);
export type Unit = z.infer<typeof unit>;
