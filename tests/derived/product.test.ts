/** Amounts that are large but real: their squares must not overflow, in a test, a cap or a comparison of sources. */
import { expect, test } from 'vitest';
import { readExperiments } from '../../src/derived/experiments.js';
import { openWorld } from '../support/world.js';

test('members who spend hundreds of thousands do not stop a test from being read', async () => {
  const people = Array.from({ length: 80 }, (_, index) => ({ id: `M${index}`, isTreated: index % 2 === 0 }));
  const csv = (header: string, rows: readonly (readonly (string | number)[])[]): string => [header, ...rows.map((row) => row.join(','))].join('\n');
  const world = await openWorld({
    members: csv(
      'member_id',
      people.map(({ id }) => [id]),
    ),
    campaigns: 'campaign_id,name,starts_at\nC1,Spring,2024-03-01',
    assignments: csv(
      'campaign_id,member_id,arm,assigned_at',
      people.map(({ id, isTreated }) => ['C1', id, isTreated ? 'treatment' : 'holdout', '2024-03-01']),
    ),
    transactions: csv(
      'transaction_id,member_id,occurred_at,net_amount,margin_amount',
      people.flatMap(({ id }, index) => ['2024-01-10', '2024-03-20', '2024-06-20'].map((day) => [`${index}${day}`, id, day, 900_000 + index, 450_000.25])),
    ),
  });
  try {
    const [experiment] = await readExperiments(world.context);
    const margin = experiment?.comparisons[0]?.outcomes.find(({ name }) => name === 'margin');
    expect(margin?.treated.moments).toMatchObject({ n: 40, mean: 900_000.5 });
  } finally {
    await world.close();
  }
});
