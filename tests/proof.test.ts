/** One seed of the proof worlds: every promise is put to the test, and none that says “never” is broken. `npm run calibrate -- --proof` runs two hundred. */
import { expect, test } from 'vitest';
import { audits } from '../src/audits/index.js';
import { proofRowOf, proofsFor, proofTrials } from './support/proof.js';

test('each promise is about an audit that exists, and has a name of its own', () => {
  const ids = audits.map(({ id }) => id);
  for (const { audit } of proofsFor([])) expect(ids).toContain(audit);
  expect(new Set(proofsFor([]).map(({ id }) => id)).size).toBe(proofsFor([]).length);
});

test('every row is answered, and nothing happens that never may', { timeout: 240_000 }, async () => {
  const proofs = proofsFor([]);
  const counts = await proofTrials(
    1,
    proofs.map(({ id }) => id),
  );
  for (const proof of proofs) {
    const { hits, of, errors } = proofRowOf(proof, counts, 1);
    expect(errors, proof.id).toBe(0);
    expect(of, proof.id).toBeGreaterThan(0);
    if ('most' in proof.aim && proof.aim.most === 0) expect(hits, proof.id).toBe(0);
  }
});

test('a row adds up its own counts, and its mean', () => {
  const [mean] = proofsFor(['coincidence-of-nothing']);
  if (mean === undefined) throw new Error('There is no such row.');
  const counts = [
    { proof: mean.id, hits: 1, of: 1, sum: 0.9 },
    { proof: mean.id, hits: 0, of: 1, sum: 1.2 },
    { proof: mean.id, hits: 0, of: 0, errors: 1 },
    { proof: 'another', hits: 1, of: 1 },
  ];
  expect(proofRowOf(mean, counts, 3)).toMatchObject({ seeds: 3, hits: 1, of: 2, errors: 1 });
  expect(proofRowOf(mean, counts, 3).sum).toBeCloseTo(2.1, 12);
});
