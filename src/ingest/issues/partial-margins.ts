import { fewestWithMargin } from '../load/facts.js';
import type { TablesCheck } from './issue.js';

/** Margins that only some purchases have: value is then measured without them. */
export const partialMargins: TablesCheck = async ({ filling }) => {
  const [filled, sales] = [filling.filled('transactions', 'margin_amount'), filling.rows('transactions')];
  if (filled === 0 || filling.share('transactions', 'margin_amount') >= fewestWithMargin) return [];
  const hasRevenue = filling.filled('transactions', 'net_amount') > 0;
  return [
    {
      type: 'partial-margins',
      title: 'Margins are known for some purchases only',
      description:
        'A purchase without a margin would count as one that earned nothing. With the margin of nearly all purchases, value would be measured in margin.',
      template: hasRevenue
        ? '{filled} of {total} purchases have a margin, so value is measured in revenue.'
        : '{filled} of {total} purchases have a margin and none has revenue, so purchases have no part in value.',
      values: { filled, total: sales },
      severity: 'warning',
      file: null,
    },
  ];
};
