import { currencyRowsSql } from '../load/facts.sql.js';
import type { DataIssue, TablesCheck } from './issue.js';

/** Sales in other currencies than the run’s, and the rates at which the mapping had them converted. */
export const convertedCurrencies: TablesCheck = async ({ engine, plan }) => {
  const { currency, rates } = plan.mapping;
  if (currency === undefined || rates === undefined) return [];
  const rows = await engine.rows(currencyRowsSql());
  return rows.flatMap(({ currency: code, row_count }): DataIssue[] => {
    const rate = rates[code];
    if (rate === undefined || code === currency) return [];
    return [
      {
        type: 'converted-currencies',
        title: 'Sales in another currency, converted',
        description: 'One rate was used for all days, as the mapping says. Control totals of the files are in the currency of the file.',
        template: '{rows} sales in {code} were converted: one {code} is {rate} {currency}.',
        values: { rows: row_count, code, rate: String(rate), currency },
        severity: 'note',
        file: null,
      },
    ];
  });
};
