/**
 * Campaigns that a customer's own act sets off, such as a welcome or a reminder of a basket: whoever gets one has just joined, bought
 * or looked, so purchases before it cannot stand in for what would have happened anyway. Visible rules as data, English only.
 */
import { normaliseText } from './objective-rules.js';

/** Words in `trigger_type` for a send that everybody chosen gets on one day. */
export const batchWords = ['batch', 'bulk', 'blast', 'broadcast', 'campaign', 'scheduled', 'manual', 'newsletter', 'none', 'no', 'false'];

/** Whole words, in the form of `normaliseText`; they decide in the objective column and in the name. */
const triggerPhrases = [
  'welcome',
  'onboarding',
  'on boarding',
  'birthday',
  'anniversary',
  'abandonment',
  'abandoned',
  'abandoned basket',
  'abandoned cart',
  'basket reminder',
  'cart reminder',
  'browse reminder',
  'post purchase',
  'after purchase',
  'after your purchase',
  'after your order',
  'thank you for your order',
  'order confirmation',
  'replenishment',
  'refill reminder',
  'back in stock',
  'price drop alert',
  'points expiring',
  'points expiry',
  'new tier',
  'tier change',
  'follow up',
  'triggered',
];

/** “Welcome back” is said to whoever has been away, and sent to all of them on one day. */
const notTriggered = ['welcome back'];

/** Whether the words of a campaign say that something a customer did sets it off. */
export function isTriggeredByWords(texts: readonly (string | null)[]): boolean {
  return texts.some((text) => {
    const words = notTriggered.reduce((left, phrase) => left.replaceAll(phrase, ' '), ` ${normaliseText(text ?? '')} `);
    return triggerPhrases.some((phrase) => words.includes(` ${phrase} `));
  });
}
