/** Inline tables of tests with a holdout: who was assigned, contacted, who responded, and what each member was worth. */
import type { WorldTables } from './world.js';

export interface ExperimentPlan {
  readonly id: string;
  readonly arms?: readonly { readonly arm: string; readonly members: number; readonly value: (index: number) => number }[];
  readonly holdout?: { readonly members: number; readonly value: (index: number) => number };
  /** Contacted without being assigned to anything. */
  readonly contactedOnly?: number;
  /** Of each treated arm, the first so many respond by a click. */
  readonly responders?: number;
  readonly outcome?: string;
  readonly planned?: number;
  readonly cost?: number;
  readonly objective?: string;
}

interface Lines {
  readonly campaigns: string[];
  readonly assignments: string[];
  readonly contacts: string[];
  readonly responses: string[];
  readonly outcomes: string[];
}

function assign(lines: Lines, plan: ExperimentPlan, member: string, arm: string, value: number): void {
  lines.assignments.push(`${plan.id},${member},${arm}`);
  if (plan.outcome !== undefined) lines.outcomes.push(`${plan.id},${member},${plan.outcome},${value},90`);
}

function contact(lines: Lines, plan: ExperimentPlan, member: string, index: number): void {
  lines.contacts.push(`${member},${plan.id},2024-03-01`);
  if (index < (plan.responders ?? 0)) lines.responses.push(`${member},${plan.id},click`);
}

const indices = (n = 0): number[] => Array.from({ length: n }, (_, index) => index);

function addCampaign(lines: Lines, plan: ExperimentPlan): void {
  lines.campaigns.push([plan.id, `Campaign ${plan.id}`, plan.planned ?? '', plan.cost ?? '', plan.objective ?? ''].join(','));
  for (const { arm, members, value } of plan.arms ?? []) {
    for (const index of indices(members)) {
      const member = `${plan.id}-${arm}-${index}`;
      assign(lines, plan, member, arm, value(index));
      contact(lines, plan, member, index);
    }
  }
  for (const index of indices(plan.holdout?.members)) assign(lines, plan, `${plan.id}-holdout-${index}`, 'holdout', plan.holdout?.value(index) ?? 0);
  for (const index of indices(plan.contactedOnly)) contact(lines, plan, `${plan.id}-contacted-${index}`, index);
}

/** Every member appears in one campaign only, so that each test stands alone. */
export function experimentTables(plans: readonly ExperimentPlan[]): WorldTables {
  const lines: Lines = {
    campaigns: ['campaign_id,name,planned_holdout_share,cost,objective'],
    assignments: ['campaign_id,member_id,arm'],
    contacts: ['member_id,campaign_id,contacted_at'],
    responses: ['member_id,campaign_id,type'],
    outcomes: ['campaign_id,member_id,outcome,value,window_days'],
  };
  for (const plan of plans) addCampaign(lines, plan);
  return Object.fromEntries(Object.entries(lines).flatMap(([name, rows]) => (rows.length > 1 ? [[name, rows.join('\n')]] : [])));
}
