import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The usual number of workers leaves a processor free, which on a machine with two is half of it. Slow machines are noisy: a test that
  // hangs is found by its limit all the same.
  test: { include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'], maxWorkers: '100%', testTimeout: 120_000, hookTimeout: 120_000 },
});
