/** Where the files say what members earned and redeemed. */
import type { QueryEngine } from '../../engine/engine.js';
import type { Unlock } from '../../result/schema.js';
import { type PointsSources, pointsKindsSql } from './points-lines.sql.js';

/** A ledger is preferred to the columns of orders; null when nothing says what was earned or nothing what was redeemed. */
export async function pointsSources(engine: QueryEngine): Promise<PointsSources | null> {
  const kinds = (await engine.rows(pointsKindsSql())).filter(({ lines }) => lines > 0);
  const sourceOf = (kind: string): 'ledger' | 'orders' | null =>
    (['ledger', 'orders'] as const).find((source) => kinds.some((row) => row.source === source && row.kind === kind)) ?? null;
  const [earned, redeemed] = [sourceOf('earn'), sourceOf('redeem')];
  return earned === null || redeemed === null ? null : { earned, redeemed };
}

export const pointsUnlocks: readonly Unlock[] = [
  { table: 'points', columns: ['member_id', 'occurred_at', 'type', 'points'], gain: 'answers the question from the points ledger' },
  { table: 'transactions', columns: ['points_earned', 'points_redeemed'], gain: 'answers the same from the orders' },
];
