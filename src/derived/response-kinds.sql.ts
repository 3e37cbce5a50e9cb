import { join, literal, type Sql, sql } from '../engine/sql.js';

/**
 * Words that exports put among the responses and that are none: image pre-loading opens mail by itself, and a delivery or a
 * withdrawal is not an answer to an offer.
 */
const notResponses = ['open', 'opened', 'opens', 'sent', 'send', 'delivered', 'bounce', 'bounced', 'unsubscribe', 'unsubscribed', 'spam complaint'];

/** The kind of a response in one spelling; a response without a kind is a “response”. @param type the column of `responses`. */
export function responseKind(type: Sql): Sql {
  return sql`lower(trim(COALESCE(${type}, 'response')))`;
}

/** Whether a row of `responses` counts as one. @param type the column of `responses`. */
export function countsAsResponse(type: Sql): Sql {
  return sql`${responseKind(type)} NOT IN (${join(notResponses.map(literal))})`;
}
