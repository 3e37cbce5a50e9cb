import type { Dialect } from '../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../engine/sql.js';
import type { CanonicalTable } from '../model/tables.js';
import { entitySql, eventSql } from './assemble.sql.js';

/** An e-mail address, or a number as long as those of telephones, cards and accounts. */
const personal = '(?s).*([^@\\s]+@[^@\\s]+\\.[^@\\s]+|\\d{9}).*';

/** The same inside other words, where the words around it are worth keeping; a number may begin as those of telephones do. */
const personalPart = '[^@\\s]+@[^@\\s]+\\.[^@\\s]+|\\+\\d[\\d ()-]{6,}\\d|\\d{9,}';

type Kept = readonly string[];

/** The table of campaigns, with a name and an identifier that could point to a person replaced by “campaign” and the key. */
export function impersonalSql(dialect: Dialect, table: CanonicalTable, kept: Kept): Sql {
  const columns = table.columns.map(({ name }) => {
    const column = identifier(name);
    if (name !== 'campaign_id' && name !== 'name') return textual(dialect, table, name);
    return sql`CASE WHEN ${isPersonalSql(dialect, name, kept)} THEN 'campaign ' || CAST(campaign_key AS VARCHAR) ELSE ${column} END AS ${column}`;
  });
  return sql`
    SELECT campaign_key, jackknife_group, is_listed, ${join(columns)}
    FROM (${entitySql(dialect, table, 'campaign')}) AS described
    ORDER BY campaign_key`;
}

/** Rows of offers, without addresses and long numbers in their words. */
export function impersonalOffersSql(dialect: Dialect, table: CanonicalTable): Sql {
  const columns = table.columns.map(({ name }) => textual(dialect, table, name));
  return sql`SELECT ${join(columns)} FROM (${eventSql(table)}) AS described`;
}

/** A column as it is, or in a column of words with `…` for what could point to a person. */
function textual(dialect: Dialect, table: CanonicalTable, name: string): Sql {
  const column = identifier(name);
  const isText = table.columns.some((known) => known.name === name && known.type === 'text');
  return isText ? sql`${dialect.replacePattern(column, personalPart, '…')} AS ${column}` : column;
}

/** How many campaigns get another name or identifier than in the files. */
export function renamedSql(dialect: Dialect, table: CanonicalTable, kept: Kept): Sql<{ renamed: number }> {
  return sql<{ renamed: number }>`
    SELECT count(*) AS renamed
    FROM (${entitySql(dialect, table, 'campaign')}) AS described
    WHERE ${isPersonalSql(dialect, 'campaign_id', kept)} OR ${isPersonalSql(dialect, 'name', kept)}`;
}

function isPersonalSql(dialect: Dialect, name: 'campaign_id' | 'name', kept: Kept): Sql {
  const column = identifier(name);
  const matches = sql`COALESCE(${dialect.matches(column, personal)}, FALSE)`;
  return kept.length === 0 || name === 'name' ? matches : sql`(${matches} AND ${column} NOT IN (${join(kept.map((id) => literal(id)))}))`;
}
