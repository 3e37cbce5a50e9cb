import { type Sql, sql } from '../../engine/sql.js';

/** Currency codes that transactions carry, the most frequent first. */
export function currenciesSql(): Sql<{ currency: string }> {
  return sql<{ currency: string }>`
    SELECT upper(currency) AS currency
    FROM transactions
    WHERE currency IS NOT NULL
    GROUP BY upper(currency)
    ORDER BY count(*) DESC, upper(currency)
    LIMIT 2`;
}

/** Kinds of reaction that the files hold, in lower case; a reaction without a kind is a “response”. */
export function responseKindsSql(): Sql<{ kind: string }> {
  return sql<{ kind: string }>`
    SELECT DISTINCT lower(trim(COALESCE(type, 'response'))) AS kind
    FROM responses
    ORDER BY kind`;
}
