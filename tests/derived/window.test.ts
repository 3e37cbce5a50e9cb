import { describe, expect, it } from 'vitest';
import { observeWindow } from '../../src/derived/window.js';
import { dayOf, isoDate } from '../../src/model/days.js';
import { openWorld } from '../support/world.js';

/** Sales on the first 28 days of each month of 2024, and on some days more. */
function sales(rows: number, ...more: readonly string[]): string {
  const days = Array.from({ length: rows }, (_, index) => `2024-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`);
  return `transaction_id,member_id,occurred_at,net_amount\n${[...days, ...more].map((day, index) => `T${index},M${index % 50},${day},5`).join('\n')}\n`;
}

describe('the last day of the analysis', () => {
  it('is not moved by a few stray dates, and says so', async () => {
    const world = await openWorld({ transactions: sales(3000, '2099-12-31', '2031-01-01', '1900-01-01') });
    try {
      const window = await observeWindow(world.engine);
      expect(isoDate(window.asOfDay ?? 0)).toBe('2024-12-28');
      expect(window.asOfReason).toContain('3 stray dates');
      expect(isoDate(window.fromDay)).toBe('2024-01-01');
    } finally {
      await world.close();
    }
  });

  it('is moved by later dates that are no strays', async () => {
    const world = await openWorld({ transactions: sales(300, '2025-02-03') });
    try {
      const window = await observeWindow(world.engine);
      expect(isoDate(window.asOfDay ?? 0)).toBe('2025-02-03');
      expect(window.asOfReason).toBe('The last day on which the files record an event.');
    } finally {
      await world.close();
    }
  });

  it('cannot lie before all events', async () => {
    const world = await openWorld({ transactions: sales(300) });
    try {
      await expect(observeWindow(world.engine, dayOf('2023-12-31'))).rejects.toMatchObject({
        details: { name: 'as-of-before-the-files', kind: 'usage', message: expect.stringContaining('2024-01-01 to 2024-12-28') },
      });
      expect((await observeWindow(world.engine, dayOf('2024-01-01'))).asOfDay).toBe(dayOf('2024-01-01'));
    } finally {
      await world.close();
    }
  });
});
