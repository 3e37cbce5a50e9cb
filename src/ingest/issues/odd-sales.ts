import type { DataIssue, TablesCheck } from './issue.js';
import { type OddSales, oddSalesSql } from './sales.sql.js';

/** Sales of nothing, returns, and returns that would count as sales. */
export const oddSales: TablesCheck = async ({ engine, filling }) => {
  const total = filling.rows('transactions');
  const [found] = total === 0 ? [] : await engine.rows(oddSalesSql());
  if (found === undefined) return [];
  const hasMarks = filling.filled('transactions', 'is_return') > 0;
  return [...zeroAmounts(found, total), ...returns(found, total, hasMarks)];
};

function zeroAmounts({ zero }: OddSales, total: number): DataIssue[] {
  if (zero === 0) return [];
  return [
    {
      type: 'zero-amounts',
      title: 'Sales with an amount of zero',
      description: 'They may be paid with points, given away or cancelled. They were kept: they count as a purchase and add nothing to value.',
      template: '{rows} of {total} sales have an amount of zero.',
      values: { rows: zero, total },
      severity: 'note',
      file: null,
    },
  ];
}

function returns({ returned, positive_returns: positive, unmarked_negatives: unmarked }: OddSales, total: number, hasMarks: boolean): DataIssue[] {
  const issues: DataIssue[] = [];
  if (returned > 0) {
    issues.push({
      type: 'returned-sales',
      title: 'Sales that were returned',
      description: 'Returns with an amount below zero take their value away again; each of them is a record of its own.',
      template: '{rows} of {total} sales are marked as a return.',
      values: { rows: returned, total },
      severity: 'note',
      file: null,
    });
  }
  if (positive > 0) {
    issues.push({
      type: 'positive-returns',
      title: 'Returns with an amount above zero',
      description: 'The source writes returns without a minus sign. They were kept as they are, so they add to value where they should take away.',
      template: '{rows} of {returned} returns have an amount above zero and count as sales.',
      values: { rows: positive, returned },
      severity: 'error',
      file: null,
    });
  }
  if (hasMarks && unmarked > 0) {
    issues.push({
      type: 'unmarked-returns',
      title: 'Amounts below zero that are not marked as a return',
      description: 'They may be corrections or vouchers. They were counted as they are.',
      template: '{rows} of {total} sales have an amount below zero and are not marked as a return.',
      values: { rows: unmarked, total },
      severity: 'note',
      file: null,
    });
  }
  return issues;
}
