import type { Dialect } from '../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../engine/sql.js';

/**
 * Words that exports put among the responses and that are none: image pre-loading opens mail by itself, and a delivery or a
 * withdrawal is not an answer to an offer. Whole words, so that a “reopened account” counts.
 */
const notResponses = [
  'open(s|ed)?',
  'sends?',
  'sent',
  'deliver(y|ies|ed|s)?',
  'undelivered',
  'impressions?',
  'bounce[sd]?',
  'unsub[a-z]*',
  'opt(s|ed|ing)?[^a-z]?outs?',
  'spam',
  'complain(t|ts|ed)',
];
/** Anywhere in the kind, also grown together with the message as in “EmailOpen” and “hardbounce”. */
const notResponse = `(.*[^a-z])?(e?mails?|messages?|sms|push|hard|soft)?(${notResponses.join('|')})(e?mails?|messages?|sms)?([^a-z].*)?`;

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
export function countedKindsSql(dialect: Dialect, declared: readonly string[] | null): Sql {
  const kind = responseKind(sql`type`);
  const counts = declared === null ? sql`NOT ${dialect.matches(kind, notResponse)}` : sql`${kind} IN (${join(declared.map(literal))})`;
  return sql`
    SELECT DISTINCT ${kind} AS kind
    FROM responses
    WHERE ${counts}`;
}

/** Whether a row of `responses` counts as one. @param type the column of `responses`. */
export function countsAsResponse(type: Sql): Sql {
  return sql`${responseKind(type)} IN (SELECT kind FROM ${identifier(countedKindsTable)})`;
}
