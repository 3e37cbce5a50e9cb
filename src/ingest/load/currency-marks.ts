/** Currency signs and codes in the cells of amounts: one column can hold only one currency. */
import type { QueryEngine } from '../../engine/engine.js';
import { NamedError } from '../../model/named-error.js';
import type { FilePlan } from '../plan/plan.js';
import { positionsOf } from '../plan/resolve.js';
import type { Source } from '../source.js';
import { safeHeader } from '../structure/safe-header.js';
import { currencyMarksSql } from './currency-marks.sql.js';
import { rawName } from './typed.sql.js';

/** Signs with one meaning; $, ¥ and kr have several and are not guessed. */
const codeOf: Readonly<Record<string, string>> = {
  ...{ '€': 'EUR', '£': 'GBP', '₹': 'INR', '₺': 'TRY', '₽': 'RUB', '₪': 'ILS', '₩': 'KRW', '฿': 'THB', '₫': 'VND', '₦': 'NGN', '₴': 'UAH' },
  ...{ zł: 'PLN', R$: 'BRL', US$: 'USD', A$: 'AUD', AU$: 'AUD', C$: 'CAD', CA$: 'CAD', NZ$: 'NZD', HK$: 'HKD', S$: 'SGD', Fr: 'CHF' },
};
const amountTables = new Set(['transactions', 'members', 'responses']);

/**
 * @returns the currency codes that the amounts of a file carry, without signs that several currencies share.
 * @throws NamedError of kind `input` when the cells of one column carry several, and no column says which row has which.
 */
export async function currencyMarks(engine: QueryEngine, source: Source, plan: FilePlan): Promise<readonly string[]> {
  const codes = new Set<string>();
  const money = plan.steps.filter(({ table }) => amountTables.has(table));
  const hasColumn = money.some(({ columns }) => columns.some(({ column }) => column.name === 'currency'));
  const positions = money.flatMap(({ columns }) =>
    columns.filter(({ column }) => column.type === 'amount' && !column.name.startsWith('points_')).flatMap(({ reading }) => positionsOf(reading)),
  );
  for (const at of new Set(positions)) {
    const found = await engine.rows(currencyMarksSql(engine.dialect, rawName(source.index), at));
    const marks = [...new Set(found.map(({ mark }) => codeOf[mark] ?? mark))].filter((mark) => /^[A-Z]{3}$|\p{Sc}|^[Kk]r$/u.test(mark));
    if (marks.length > 1 && !hasColumn) throw severalMarks(source, at);
    for (const mark of marks) if (/^[A-Z]{3}$/.test(mark)) codes.add(mark);
  }
  return [...codes].sort();
}

function severalMarks(source: Source, at: number): NamedError {
  return new NamedError({
    name: 'several-currencies',
    kind: 'input',
    message: `The amounts in “${safeHeader(source, at)}” carry the signs of more than one currency, and amounts of different currencies cannot be added up.`,
    whatToDo: 'Export one file per currency, or with the currency in a column of its own, and give “rates” in the mapping.',
    file: source.file,
    line: source.headerLine,
    column: at + 1,
  });
}
