/** How much members hear in each stage of their life in the scheme, and how much of it is meant for that stage. */
import { type Stage, stages } from '../../derived/member-periods.sql.js';
import { addMoney } from '../../model/money.js';
import { type Objective, objectives } from '../../model/objectives.js';
import type { Measure, Money } from '../../result/schema.js';
import { jackknifeRatio } from '../../statistics/resampling.js';
import type { Policy } from '../audit.js';
import type { StageContactRow, StageRow } from './uncovered-stages.sql.js';

/** Which objectives are meant for which stage; a sale or a brand message is meant for nobody in particular. */
export const fitting: Readonly<Record<Stage, readonly Objective[]>> = {
  new: ['activation', 'service'],
  growing: ['development', 'retention'],
  stable: ['retention', 'development', 'service'],
  'at-risk': ['retention', 'win-back'],
  lapsed: ['win-back'],
};
export const stageLabels: Readonly<Record<Stage, string>> = {
  new: 'new or not yet active',
  growing: 'growing',
  stable: 'stable',
  'at-risk': 'at risk',
  lapsed: 'lapsed',
};
/** The same in an identifier. */
const stageIds: Readonly<Record<Stage, string>> = { new: 'new', growing: 'growing', stable: 'stable', 'at-risk': 'atRisk', lapsed: 'lapsed' };
/** Contacts whose objective no rule can read. */
export const unread = 'not known';

/** Fewer members than this in a stage say nothing about it. */
const fewestMembers = 50;
const daysOfMonth = 30.4;

export interface StageCount {
  readonly stage: Stage;
  readonly members: number;
  readonly membersNow: number;
  readonly months: number;
  readonly contacts: number;
  readonly isJudged: boolean;
  /** Contacts a member and month: all of them, those meant for the stage, and those that are or may be. */
  readonly rate: Measure;
  readonly meant: Measure;
  readonly possiblyMeant: Measure;
  /** Even if everything unread were meant for the stage, and with the interval on its side, it is below the level. */
  readonly isEmpty: boolean;
  readonly isThin: boolean;
}

const isMeant = (stage: Stage, objective: string | null): boolean => fitting[stage].some((known) => known === objective);

export function stageCounts(rows: readonly StageRow[], contacts: readonly StageContactRow[], covered: number, policy: Policy): StageCount[] {
  return stages.map((stage) => {
    const own = rows.filter((row) => row.stage === stage);
    const sent = contacts.filter((row) => row.stage === stage);
    const members = own.reduce((sum, row) => sum + row.members, 0);
    const days = own.reduce((sum, row) => sum + row.days, 0);
    const isJudged = members >= fewestMembers;
    const rateOf = (id: string, label: string, counts: (objective: string | null) => boolean): Measure => {
      const parts = own.map(({ jackknife_group: group, days: denominator }) => ({
        numerator: sent.reduce((sum, row) => sum + (row.jackknife_group === group && counts(row.objective) ? row.contacts : 0), 0),
        denominator: denominator / daysOfMonth,
      }));
      const blank = { id: `${id}.${stageIds[stage]}`, label: `${label}, members ${stageLabels[stage]}`, unit: 'contactsPerMember' as const, n: members };
      if (!isJudged) return { ...blank, value: null, why: `Fewer than ${fewestMembers} members were in this stage.` };
      const total = parts.reduce((sum, { numerator }) => sum + numerator, 0);
      const interval = total === 0 ? null : jackknifeRatio(parts, policy.screenLevel);
      const value = total / (days / daysOfMonth);
      if (interval === null) return { ...blank, value };
      const method = `jackknife over ${parts.length} groups of members`;
      return { ...blank, value, interval: { low: Math.max(0, interval.low), high: interval.high, level: policy.screenLevel, method } };
    };
    const meant = rateOf('meantRate', 'Contacts a member and month with an objective meant for the stage', (objective) => isMeant(stage, objective));
    const possiblyMeant = rateOf(
      'possiblyMeantRate',
      'Contacts a member and month that are, or may be, meant for the stage',
      (objective) => objective === null || isMeant(stage, objective),
    );
    return {
      stage,
      members,
      membersNow: own.reduce((sum, row) => sum + row.members_now, 0),
      months: days / daysOfMonth,
      contacts: sent.reduce((sum, row) => sum + row.contacts, 0),
      isJudged,
      rate: rateOf('rate', 'Contacts a member and month', () => true),
      meant,
      possiblyMeant,
      isEmpty: isJudged && (possiblyMeant.interval?.high ?? possiblyMeant.value ?? 0) < covered,
      isThin: isJudged && (possiblyMeant.value ?? 0) < covered,
    };
  });
}

/** Contacts with a stage, by objective: the order of the model, then the unread ones. */
export const objectiveNames = (contacts: readonly StageContactRow[]): string[] =>
  [...objectives, null].filter((objective) => contacts.some((row) => row.objective === objective)).map((objective) => objective ?? unread);

export function stageMeasures(counts: readonly StageCount[], contacts: readonly StageContactRow[], dated: number): Measure[] {
  const placed = contacts.reduce((sum, row) => sum + row.contacts, 0);
  const known = contacts.reduce((sum, row) => sum + (row.objective === null ? 0 : row.contacts), 0);
  const judged = counts.filter(({ isJudged }) => isJudged);
  const count = (id: string, label: string, value: number): Measure => ({ id, label, value, unit: 'count', n: judged.length });
  const names = (list: readonly StageCount[]): string => list.map(({ stage }) => stageLabels[stage]).join(', ') || 'none';
  const empty = judged.filter(({ isEmpty }) => isEmpty);
  const thin = judged.filter(({ isThin, isEmpty }) => isThin && !isEmpty);
  return [
    count('judgedStages', 'Stages with enough members', judged.length),
    count('uncoveredStages', `Uncovered: ${names(empty)}`, empty.length),
    count('doubtfulStages', `Uncovered as far as one can tell, but not for sure: ${names(thin)}`, thin.length),
    { id: 'contacts', label: 'Contacts with a known stage', value: placed, unit: 'count', n: dated },
    {
      id: 'knownShare',
      label: 'Share of these contacts whose campaign has an objective that can be read',
      value: placed === 0 ? null : known / placed,
      unit: 'share',
      n: placed,
      ...(placed === 0 ? { why: 'No contact falls in a period in which the stage is known.' } : {}),
    },
    ...counts.flatMap(({ rate, meant, possiblyMeant }) => [rate, meant, possiblyMeant]),
  ];
}

/** What the members who are at risk now bought in the year before, where next to no message is meant for them. */
export function uncoveredMoney(rows: readonly StageRow[], counts: readonly StageCount[], policy: Policy): Money | undefined {
  const atRisk = counts.find(({ stage }) => stage === 'at-risk');
  if (atRisk === undefined || !atRisk.isEmpty || atRisk.membersNow < policy.smallCell) return undefined;
  const groups = [...new Set(rows.map((row) => row.jackknife_group))].sort((a, b) => a - b);
  const parts = groups.map((group) => {
    const own = rows.filter((row) => row.jackknife_group === group);
    const worth = (list: readonly StageRow[]): number => addMoney(list.map((row) => row.year_net_now));
    return { numerator: worth(own.filter((row) => row.stage === 'at-risk')), denominator: worth(own) };
  });
  const value = addMoney(parts.map(({ numerator }) => numerator));
  const total = addMoney(parts.map(({ denominator }) => denominator));
  if (!(value > 0)) return undefined;
  const share = jackknifeRatio(parts, policy.screenLevel);
  const meaning = 'net sales, over the year before or as much of it as the files hold, to members who are at risk now and whom next to no message is meant for';
  return share === null
    ? { value, meaning }
    : { value, low: Math.max(0, share.low * total), high: Math.max(value, Math.min(total, share.high * total)), meaning };
}
