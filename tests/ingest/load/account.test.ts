import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireSum } from '../../../src/ingest/load/account.js';
import { ingest } from '../../support/ingest.js';

const account = { rowsRead: 10, rowsLoaded: 6, rowsQuarantined: 1, rowsSkipped: [{ rule: 'total row', rows: 3 }] };

describe('rows in are rows out', () => {
  it('passes what adds up and stops what does not', () => {
    expect(requireSum('a.csv', account)).toBe(account);
    expect(() => requireSum('a.csv', { ...account, rowsLoaded: 5 })).toThrow('The rows of a.csv do not add up: 10 read, 5 loaded, 1 quarantined, 3 skipped.');
    expect(() => requireSum('a.csv', { ...account, rowsRead: 11 })).toThrow('do not add up');
  });

  it('holds for any mixture of sound, ragged, unreadable, unwanted and blank rows', async () => {
    const lines = {
      sound: '1,a,2024-01-01,1,sale',
      ragged: '1,a,2024-01-01,1',
      unreadable: '1,a,2024-13-01,1,sale',
      unwanted: '1,a,2024-01-01,1,draft',
      blank: '',
    };
    const kinds = fc.constantFrom(...(Object.keys(lines) as (keyof typeof lines)[]));
    const mapping = `version: 1
files:
  - file: s.csv
    tables:
      - table: transactions
        columns: { transaction_id: id, member_id: who, occurred_at: { column: day, format: iso }, net_amount: net }
        where: { column: kind, in: [sale] }
`;
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { minLength: 1, maxLength: 30 }), async (rows) => {
        const count = (kind: keyof typeof lines): number => rows.filter((row) => row === kind).length;
        // The first row is sound, so that the file is a table at all.
        const text = `id,who,day,net,kind\n${lines.sound}\n${rows.map((row) => lines[row]).join('\n')}\n`;
        await ingest({ 's.csv': text }, { mapping }, async ({ loaded }) => {
          const [input] = loaded.inputs;
          const skipped = (input?.rowsSkipped ?? []).reduce((sum, { rows: n }) => sum + n, 0);
          expect(input?.rowsLoaded).toBe(1 + count('sound'));
          expect(input?.rowsQuarantined).toBe(count('ragged') + count('unreadable'));
          expect(loaded.rejected).toHaveLength(count('ragged') + count('unreadable'));
          expect(skipped).toBe((input?.rowsRead ?? 0) - (input?.rowsLoaded ?? 0) - (input?.rowsQuarantined ?? 0));
          expect(loaded.filling.rows('transactions')).toBe(1 + count('sound'));
        });
      }),
      { numRuns: 12, seed: 7 },
    );
  });
});
