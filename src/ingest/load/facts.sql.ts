import { type Sql, sql } from '../../engine/sql.js';

/** Currency codes that sales carry, the most frequent first. */
export function currencyRowsSql(): Sql<{ currency: string; row_count: number }> {
  return sql<{ currency: string; row_count: number }>`
    SELECT upper(currency) AS currency, count(*) AS row_count
    FROM transactions
    WHERE currency IS NOT NULL
    GROUP BY upper(currency)
    ORDER BY row_count DESC, upper(currency)`;
}

/** Kinds of reaction that the files hold, in lower case; a reaction without a kind is a “response”. */
export function responseKindsSql(): Sql<{ kind: string }> {
  return sql<{ kind: string }>`
    SELECT DISTINCT lower(trim(COALESCE(type, 'response'))) AS kind
    FROM responses
    ORDER BY kind`;
}
