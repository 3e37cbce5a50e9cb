/** Names that come from the exports: of campaigns, sources, shops and so on, read from the canonical tables. */
import type { QueryEngine } from '../engine/engine.js';
import { type CanonicalColumn, tables } from '../model/tables.js';
import { campaignsSql, textsSql } from './names.sql.js';

/** What a name is a name of; it stands in the substitute, `campaign 7`. */
export type NameKind =
  | 'arm'
  | 'campaign'
  | 'category'
  | 'channel'
  | 'column'
  | 'file'
  | 'note'
  | 'offer'
  | 'segment'
  | 'source'
  | 'team'
  | 'theme'
  | 'tier'
  | 'unit'
  | 'wording';

export interface KnownName {
  readonly kind: NameKind;
  readonly name: string;
  /** Names of one thing have one substitute. */
  readonly thing: string;
}

/** Columns whose texts are names of something. */
const nameColumns: Readonly<Record<string, NameKind>> = {
  acquisition_campaign_id: 'campaign',
  acquisition_source: 'source',
  brand_platform: 'theme',
  business_unit: 'unit',
  category: 'category',
  offer_id: 'offer',
  owner: 'team',
  promo_code: 'offer',
  segment: 'segment',
  segment_used: 'segment',
  tier: 'tier',
};

/** Columns of words that the program reads: where they are plain words, as “email”, they name nobody and stay. */
const wordColumns: Readonly<Record<string, NameKind>> = { arm: 'arm', channel: 'channel' };

/** Kinds whose plain words stay. */
export const isWording = (kind: NameKind): boolean => kind === 'wording' || Object.values(wordColumns).includes(kind);

/** Single sales and currencies are no names. */
const nameless = new Set(['transaction_id', 'original_transaction_id', 'currency']);

const isNaming = ({ name, type, isPersonal }: CanonicalColumn): boolean => (type === 'text' || type === 'id') && isPersonal !== true && !nameless.has(name);

/**
 * @param isFilled whether any row has the column.
 * @param smallest rows that share a text at least, where the rows are those of members.
 */
export async function namesInTables(
  engine: QueryEngine,
  isFilled: (table: (typeof tables)[number]['name'], column: string) => boolean,
  smallest: number,
): Promise<KnownName[]> {
  const names: KnownName[] = [];
  for (const { id, name, sharers } of await engine.rows(campaignsSql())) {
    names.push({ kind: 'campaign', name: id, thing: `id ${id}` });
    if (name !== null) names.push({ kind: 'campaign', name, thing: sharers === 1 ? `id ${id}` : `name ${name}` });
  }
  for (const table of tables) {
    const isOfThings = table.name === 'campaigns' || table.name === 'offers';
    for (const column of table.columns) {
      if (!isNaming(column) || (table.name === 'campaigns' && column.name === 'name') || !isFilled(table.name, column.name)) continue;
      const kind = nameColumns[column.name] ?? wordColumns[column.name] ?? 'wording';
      const found = await engine.rows(textsSql(table.name, column.name, isOfThings ? 1 : smallest));
      names.push(...found.map(({ name }) => ({ kind, name, thing: kind === 'campaign' ? `id ${name}` : name })));
    }
  }
  return names;
}
