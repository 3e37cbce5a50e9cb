/** Evidence of `ignored-non-responders` about contacts: by campaign, by type of campaign, by kind of response. */
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import { wilson } from '../../statistics/intervals.js';
import type { CampaignRow, KindRow } from './ignored-non-responders.sql.js';
import { mayNameKind } from './ignored-non-responders-shares.js';

interface Group {
  readonly label: string;
  readonly kind: string | null;
  readonly campaigns: number;
  readonly contacted: number;
  readonly responders: number;
}

const isSmall = ({ contacted, responders }: Pick<Group, 'contacted' | 'responders'>, fewest: number): boolean =>
  contacted < fewest || (responders > 0 && responders < fewest) || (contacted > responders && contacted - responders < fewest);

function sumOf(label: string, kind: string | null, groups: readonly Group[]): Group {
  const add = (pick: (group: Group) => number): number => groups.reduce((sum, group) => sum + pick(group), 0);
  return { label, kind, campaigns: add((g) => g.campaigns), contacted: add((g) => g.contacted), responders: add((g) => g.responders) };
}

const othersLabel = 'Other campaigns';
const mergedLabel = 'Other campaigns of this type';

/** Merges small groups: first with the small ones of the same kind, then with the smallest neighbour, of the same kind if there is one. */
function mergeSmall(groups: readonly Group[], fewest: number): Group[] {
  const merge = (list: readonly Group[], label: string, kind: string | null): Group[] => {
    const small = list.filter((group) => isSmall(group, fewest));
    return small.length === 0 ? [...list] : [...list.filter((group) => !small.includes(group)), sumOf(label, kind, small)];
  };
  const kinds = [...new Set(groups.map(({ kind }) => kind))];
  const byKind = kinds.flatMap((kind) =>
    merge(
      groups.filter((group) => group.kind === kind),
      kind === null ? othersLabel : mergedLabel,
      kind,
    ),
  );
  let merged = byKind;
  for (;;) {
    const left = merged.find((group) => isSmall(group, fewest));
    const others = merged.filter((group) => group !== left).toSorted((a, b) => a.contacted - b.contacted);
    const neighbour = others.find((group) => group.kind === left?.kind) ?? others[0];
    if (left === undefined || neighbour === undefined) return merged;
    const kind = left.kind === neighbour.kind ? left.kind : null;
    merged = [...merged.filter((group) => group !== left && group !== neighbour), sumOf(kind === null ? othersLabel : mergedLabel, kind, [left, neighbour])];
  }
}

/** One row a campaign, or one a type of campaign: contacts, and the share without a response with its Wilson interval. */
export function campaignTable(rows: readonly CampaignRow[], by: 'campaign' | 'type', policy: { smallCell: number; screenLevel: number }): EvidenceTable {
  const single = rows.map(({ name, kind, contacted, responders }) => ({ label: name, kind, campaigns: 1, contacted, responders }));
  const hasTypes = by === 'campaign' && rows.some(({ kind }) => kind !== null);
  const types = [...new Set(rows.map(({ kind }) => kind))];
  const groups =
    by === 'campaign'
      ? single
      : types.map((kind) =>
          sumOf(
            kind ?? 'Not given',
            kind,
            single.filter((group) => group.kind === kind),
          ),
        );
  const place = (group: Group): number => (groups.indexOf(group) < 0 ? groups.length : groups.indexOf(group));
  const merged = mergeSmall(groups, policy.smallCell).toSorted((a, b) => place(a) - place(b));
  const table = merged.map((group): Cell[] => {
    const silent = group.contacted - group.responders;
    const { low, high } = wilson(silent, group.contacted, policy.screenLevel);
    return [group.label, ...(hasTypes ? [group.kind] : []), group.campaigns, group.contacted, silent, silent / group.contacted, low, high];
  });
  return {
    id: by === 'campaign' ? 'campaigns' : 'campaign-types',
    title: by === 'campaign' ? 'Customers without a response, by campaign' : 'Customers without a response, by type of campaign',
    columns: [
      { id: by, label: by === 'campaign' ? 'Campaign' : 'Type of campaign', unit: 'text' },
      ...(hasTypes ? [{ id: 'type', label: 'Objective or type', unit: 'text' as const }] : []),
      { id: 'campaigns', label: 'Campaigns', unit: 'count' },
      { id: 'contacted', label: 'Customers contacted', unit: 'count' },
      { id: 'silent', label: 'Without a response', unit: 'count' },
      { id: 'nonResponseShare', label: 'Share without a response', unit: 'share' },
      { id: 'low', label: 'Interval, low', unit: 'share' },
      { id: 'high', label: 'Interval, high', unit: 'share' },
    ],
    rows: table,
    note: 'A customer counts once in each campaign. Campaigns with few customers on either side are merged.',
  };
}

/** One row a kind of response that counts; kinds with few responders are left to “any response”. */
export function kindTable(kinds: readonly KindRow[], contacted: number, responders: number, smallCell: number): EvidenceTable {
  const rows = [...(kinds.length > 1 ? [{ kind: 'any response', responders }] : []), ...kinds.filter((kind) => mayNameKind(kind, smallCell))];
  return {
    id: 'response-kinds',
    title: 'Contacts without a response, by kind of response',
    columns: [
      { id: 'kind', label: 'Kind of response', unit: 'text' },
      { id: 'contacts', label: 'Contacts (customer and campaign)', unit: 'count' },
      { id: 'silent', label: 'Without it', unit: 'count' },
      { id: 'nonResponseShare', label: 'Share without it', unit: 'share' },
    ],
    rows: rows.map((row): Cell[] => [row.kind, contacted, contacted - row.responders, 1 - row.responders / contacted]),
  };
}
