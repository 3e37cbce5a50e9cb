/** What a file is, decided before its columns: rules as data, weighed by header, values and file name. */
import type { TableName } from '../../model/tables.js';
import type { Source } from '../source.js';
import { vocabularyOf } from '../typing/vocabulary.js';
import type { TableMatches } from './matches.js';
import type { ColumnProfile } from './profile.js';

export interface RoleFacts {
  readonly source: Source;
  readonly profiles: readonly ColumnProfile[];
  matches(table: TableName): TableMatches;
}

export interface RoleScore {
  readonly role: TableName;
  readonly score: number;
  readonly reason: string;
}

interface RoleRule {
  readonly role: TableName;
  /** Columns of the model without which the file cannot be it. */
  readonly needs: readonly string[];
  readonly base: number;
  /** Words in the file name or in a header that speak for it. */
  readonly fileHint?: RegExp;
  readonly headerHint?: RegExp;
  readonly hintWeight?: number;
  /** Further evidence, added to the score; minus infinity rules the role out. */
  readonly weigh?: (facts: RoleFacts) => number;
  readonly reason: string;
}

const never = Number.NEGATIVE_INFINITY;
const responseHint = /respon|redem|redeem|click|opened|convert|conversion|reaktion|einlos|klick|reponse|clic/;
const optOutHint = /unsub|opt_?-?out|withdraw|erasure|abmeld|widerruf|desabonn|desinscri/;
const serviceHint = /complain|case|ticket|service|dispute|claim|beschwerde|reklamation/;

const has = (facts: RoleFacts, table: TableName, column: string): boolean => facts.matches(table).sure.has(column);
const isUnique = (facts: RoleFacts, table: TableName, column: string): boolean => {
  const at = facts.matches(table).sure.get(column)?.at[0];
  return at !== undefined && (facts.profiles[at]?.isUnique ?? false);
};
const anyOf = (facts: RoleFacts, table: TableName, columns: readonly string[]): boolean => columns.some((column) => has(facts, table, column));

/** Whether all values of the matched column are words of its vocabulary. */
function speaks(facts: RoleFacts, table: TableName, column: string): boolean {
  const at = facts.matches(table).sure.get(column)?.at[0];
  const profile = at === undefined ? undefined : facts.profiles[at];
  const spellings = vocabularyOf(table, column)?.spellings;
  if (profile === undefined || spellings === undefined || profile.cells.length === 0) return false;
  return [...profile.distinct].every((value) => spellings.has(value.toLowerCase()));
}

const moneyWords = new Set(['cost', 'value', 'dollar', 'amount', 'worth', 'kosten', 'wert', 'cout', 'valeur', 'montant']);

/** Columns with points earned and points redeemed side by side: a ledger that lies on its side. */
export function widePoints(profiles: readonly ColumnProfile[]): { earn: ColumnProfile; redeem: ColumnProfile; worth: ColumnProfile | null } | null {
  const counted = profiles.filter(({ words, numbers }) => words.some((word) => word === 'points' || word === 'punkte') && numbers.length > 0);
  const isMoney = ({ words }: ColumnProfile): boolean => words.some((word) => moneyWords.has(word));
  const find = (verbs: readonly string[], money: boolean): ColumnProfile | undefined =>
    counted.find((profile) => isMoney(profile) === money && profile.words.some((word) => verbs.includes(word)));
  const redeemed = ['redeemed', 'used', 'spent', 'burned', 'eingelost', 'eingeloste', 'eingeloster', 'utilises', 'echanges'];
  const earn = find(['accumulated', 'earned', 'collected', 'accrued', 'issued', 'awarded', 'gesammelt', 'gesammelte', 'cumules', 'gagnes'], false);
  const redeem = find(redeemed, false);
  return earn === undefined || redeem === undefined ? null : { earn, redeem, worth: find(redeemed, true) ?? null };
}

const hasResponseEvidence = (facts: RoleFacts): boolean =>
  speaks(facts, 'responses', 'type') || facts.profiles.some(({ name }) => responseHint.test(name)) || responseHint.test(facts.source.file.toLowerCase());

const rules: readonly RoleRule[] = [
  { role: 'maturity_answers', needs: ['respondent_id', 'item_id', 'level'], base: 0.97, reason: 'it has respondents, questions and levels' },
  { role: 'outcomes', needs: ['member_id', 'campaign_id', 'outcome', 'value'], base: 1, reason: 'it has a measured result per member and campaign' },
  { role: 'assignments', needs: ['member_id', 'campaign_id', 'arm'], base: 0.98, reason: 'it has a member, a campaign and an arm of a test in each row' },
  {
    role: 'responses',
    needs: ['member_id', 'campaign_id'],
    base: 0.65,
    fileHint: responseHint,
    headerHint: responseHint,
    hintWeight: 0.3,
    weigh: (facts) => (speaks(facts, 'responses', 'type') ? 0.3 : 0) - (anyOf(facts, 'assignments', ['arm']) ? 0.3 : 0),
    reason: 'it has a member and a campaign in each row, and speaks of reactions',
  },
  {
    role: 'contacts',
    needs: ['member_id', 'campaign_id'],
    base: 0.9,
    fileHint: /contact|send|sent|mailing|campaign|deliver|target|versand|kampagne|envoi|campagne/,
    headerHint: /sent|contact|deliver|versand|envoi/,
    hintWeight: 0.05,
    weigh: (facts) =>
      hasResponseEvidence(facts) ||
      has(facts, 'assignments', 'arm') ||
      facts.profiles.some(({ name }) => optOutHint.test(name)) ||
      optOutHint.test(facts.source.file.toLowerCase())
        ? -0.35
        : 0,
    reason: 'it lists a member and a campaign in each row',
  },
  {
    role: 'opt_outs',
    needs: ['member_id', 'occurred_at'],
    base: 0.6,
    fileHint: optOutHint,
    headerHint: optOutHint,
    hintWeight: 0.35,
    reason: 'it lists members and when they withdrew',
  },
  {
    role: 'consents',
    needs: ['member_id', 'status', 'channel'],
    base: 0.65,
    fileHint: /consent|permission|preference|subscri|einwillig/,
    headerHint: /consent|permission|optin|einwillig/,
    hintWeight: 0.1,
    weigh: (facts) => (speaks(facts, 'consents', 'status') ? 0.25 : 0),
    reason: 'it has a member, a channel and a permission in each row',
  },
  {
    role: 'transactions',
    needs: ['transaction_id', 'occurred_at', 'net_amount'],
    base: 0.97,
    reason: 'it has an order or basket number, a date and an amount',
  },
  {
    role: 'transactions',
    needs: ['member_id', 'occurred_at', 'net_amount'],
    base: 0.6,
    fileHint: /order|sale|transaction|purchase|receipt|basket|bestell|verk.uf|kauf|umsatz|commande|(?:^|[^a-z])ventes?(?:[^a-z]|$)|achat/,
    hintWeight: 0.33,
    weigh: (facts) => (has(facts, 'transactions', 'transaction_id') || has(facts, 'responses', 'campaign_id') ? never : 0),
    reason: 'it has a member, a date and an amount, and its name speaks of sales',
  },
  {
    role: 'points',
    needs: ['member_id', 'occurred_at', 'points'],
    base: 0.95,
    weigh: (facts) => (has(facts, 'transactions', 'transaction_id') && has(facts, 'transactions', 'net_amount') ? never : 0),
    reason: 'it has a member, a date and points in each row',
  },
  {
    role: 'points',
    needs: ['member_id', 'occurred_at'],
    base: 0.93,
    weigh: (facts) => (widePoints(facts.profiles) === null || has(facts, 'transactions', 'net_amount') ? never : 0),
    reason: 'it has a member, a date, and points earned and redeemed side by side',
  },
  {
    role: 'tiers',
    needs: ['member_id', 'tier', 'valid_from'],
    base: 0.93,
    weigh: (facts) => (has(facts, 'members', 'enrolled_at') ? -0.2 : 0),
    reason: 'it has a member, a tier and a date from which it holds',
  },
  {
    role: 'service_events',
    needs: ['member_id', 'occurred_at', 'type'],
    base: 0.6,
    fileHint: serviceHint,
    headerHint: serviceHint,
    hintWeight: 0.33,
    reason: 'it has a member, a date and a kind of service event',
  },
  {
    role: 'surveys',
    needs: ['member_id', 'answered_at', 'score'],
    base: 0.65,
    fileHint: /survey|nps|csat|feedback|umfrage|enqu.te/,
    headerHint: /^(?:nps|csat)/,
    hintWeight: 0.3,
    reason: 'it has a member and a score in each row',
  },
  {
    role: 'offers',
    needs: ['offer_id', 'type'],
    base: 0.9,
    weigh: (facts) => (has(facts, 'contacts', 'member_id') || !isUnique(facts, 'offers', 'offer_id') ? never : 0),
    reason: 'it has one row per offer',
  },
  {
    role: 'campaigns',
    needs: ['campaign_id'],
    base: 0.95,
    weigh: (facts) => {
      const describes = anyOf(facts, 'campaigns', ['name', 'starts_at', 'objective', 'cost', 'ends_at']);
      return has(facts, 'contacts', 'member_id') || !isUnique(facts, 'campaigns', 'campaign_id') || !describes ? never : 0;
    },
    reason: 'it has one row per campaign with its name, dates or cost',
  },
  {
    role: 'members',
    needs: ['member_id'],
    base: 0.8,
    fileHint: /member|customer|household|loyal|demograph|profile|audience|subscriber|contact|shopper|kunde|mitglied|haushalt|client|adh.rent|foyer/,
    headerHint: /household|gender|age$|income|postal|firstname|birth|vorname|geburt|geschlecht|^plz|prenom|naissance/,
    hintWeight: 0.1,
    weigh: (facts) => {
      const describes = anyOf(facts, 'members', ['enrolled_at', 'tier', 'acquisition_source', 'closed_at', 'spend_total', 'orders_total']);
      const isEvent = has(facts, 'contacts', 'campaign_id') || has(facts, 'transactions', 'transaction_id');
      if (!isUnique(facts, 'members', 'member_id') || isEvent) return never;
      const isLedger = has(facts, 'points', 'points') && has(facts, 'points', 'occurred_at');
      // A tier with its first and its last day is one period of several, however few members have more than one in the sample.
      const isHistory =
        has(facts, 'tiers', 'tier') && has(facts, 'tiers', 'valid_from') && has(facts, 'tiers', 'valid_to') && !has(facts, 'members', 'enrolled_at');
      return (describes ? 0.15 : 0) - (isLedger || isHistory ? 0.2 : 0);
    },
    reason: 'it has one row per customer',
  },
];

/** Every role that the file could have, the likeliest first; one entry a role. */
export function scoreRoles(facts: RoleFacts): RoleScore[] {
  const file = facts.source.file.toLowerCase();
  const scores = rules.flatMap((rule): RoleScore[] => {
    const found = facts.matches(rule.role).sure;
    if (!rule.needs.every((column) => found.has(column))) return [];
    const hints = Number(rule.fileHint?.test(file) ?? false) + Number(facts.profiles.some(({ name }) => rule.headerHint?.test(name) ?? false));
    const score = rule.base + hints * (rule.hintWeight ?? 0) + (rule.weigh?.(facts) ?? 0);
    return score < 0 ? [] : [{ role: rule.role, score: Math.min(score, 1), reason: rule.reason }];
  });
  const best = new Map<TableName, RoleScore>();
  for (const score of scores.sort((a, b) => b.score - a.score)) if (!best.has(score.role)) best.set(score.role, score);
  return [...best.values()];
}

/** A holdout in any of the usual words, in the arm of a test. */
const holdoutWord = /^(?:no |not )(?:e-?mail|mail|contact|treatment|sms)|^(?:control|hold-?\s?out)(?:\s|$)/i;
const outcomeHeader = /^(?:visit|visited|conversion|converted|spend|purchase|purchased|revenue|response|responded)$/;

/** Few values, and one of them says that these customers were left alone. */
export function isArm({ distinct }: ColumnProfile): boolean {
  return distinct.size >= 2 && distinct.size <= 12 && [...distinct].some((value) => holdoutWord.test(value));
}

/** One row per customer with an arm and its outcomes: a test without its campaign. */
export function testShape(profiles: readonly ColumnProfile[]): { arm: ColumnProfile; outcomes: readonly ColumnProfile[] } | null {
  const arm = profiles.find(isArm);
  const outcomes = profiles.filter(({ name, numbers }) => outcomeHeader.test(name) && numbers.length > 0);
  return arm === undefined || outcomes.length === 0 ? null : { arm, outcomes };
}

/** Flag columns with one name and a running number, e.g. AcceptedCmp1 … AcceptedCmp5. */
export function flagColumns(profiles: readonly ColumnProfile[]): readonly ColumnProfile[] {
  const byStem = new Map<string, ColumnProfile[]>();
  for (const profile of profiles) {
    const stem = /^(\p{L}+)\d+$/u.exec(profile.name)?.[1];
    if (stem !== undefined && profile.isYesOrNo && profile.cells.length > 0) byStem.set(stem, [...(byStem.get(stem) ?? []), profile]);
  }
  return [...byStem.values()].find((columns) => columns.length >= 2) ?? [];
}
