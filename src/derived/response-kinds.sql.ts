import { identifier, join, literal, type Sql, sql } from '../engine/sql.js';

/**
 * Words that exports put among the responses and that are none: image pre-loading opens mail by itself, and a delivery or a
 * withdrawal is not an answer to an offer.
 */
const notResponses = ['open', 'opened', 'opens', 'sent', 'send', 'delivered', 'bounce', 'bounced', 'unsubscribe', 'unsubscribed', 'spam complaint'];

/** The table of the kinds that count, built once a run, so that no two audits can count differently. */
export const countedKindsTable = 'counted_response_kinds';

/** The kind of a response in one spelling; a response without a kind is a “response”. @param type the column of `responses`. */
export function responseKind(type: Sql): Sql {
  return sql`lower(trim(COALESCE(${type}, 'response')))`;
}

/**
 * The kinds of response in the files that count as one.
 *
 * @param declared kinds that the user says count, in the spelling of `responseKind`; null counts all but opens, deliveries and withdrawals.
 */
export function countedKindsSql(declared: readonly string[] | null): Sql {
  const counts = declared === null ? sql`NOT IN (${join(notResponses.map(literal))})` : sql`IN (${join(declared.map(literal))})`;
  return sql`
    SELECT DISTINCT ${responseKind(sql`type`)} AS kind
    FROM responses
    WHERE ${responseKind(sql`type`)} ${counts}`;
}

/** Whether a row of `responses` counts as one. @param type the column of `responses`. */
export function countsAsResponse(type: Sql): Sql {
  return sql`${responseKind(type)} IN (SELECT kind FROM ${identifier(countedKindsTable)})`;
}
