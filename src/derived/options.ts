/** What the shared tables are built for. */

/** What a member's value is measured in: the best the data allows. */
export type ValueBasis = 'margin' | 'revenue' | 'reported-total' | null;

export interface DerivedOptions {
  readonly window: { readonly fromDay: number; readonly toDay: number };
  readonly valueBasis: ValueBasis;
  /** Whether any consent rows exist; without them everybody who has not left or opted out counts as reachable. */
  readonly hasConsents: boolean;
  /** Kinds of response that count, where the user says so; null or left out: all but opens, deliveries and withdrawals. */
  readonly responseTypes?: readonly string[] | null;
  /** Objectives that the user sets by hand: campaign_id → one of `model/objectives.ts`. */
  readonly objectiveOverrides?: Readonly<Record<string, string>>;
}
