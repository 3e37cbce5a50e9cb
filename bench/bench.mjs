// Times the program as whole processes: start-up and the main job on the sample data, several runs each, medians.
// Machines are noisy: compare medians of one run with one another, not with another day’s.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const runs = Number(process.argv[2] ?? 7);
const folder = mkdtempSync(join(tmpdir(), 'loyalty-health-bench-'));
const main = new URL('../dist/cli/main.js', import.meta.url).pathname;
const jobs = [
  ['node alone', ['-e', '0']],
  ['--help', [main, '--help']],
  ['explain', [main, 'explain']],
  ['analyse sample-data/retailer', [main, 'analyse', 'sample-data/retailer', '--output-path', folder]],
];
const milliseconds = (args) => {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
};
for (const [name, args] of jobs) {
  milliseconds(args);
  const times = Array.from({ length: runs }, () => milliseconds(args)).sort((a, b) => a - b);
  console.log(
    `${name.padEnd(32)} min ${times[0].toFixed(0).padStart(6)} ms   median ${times[runs >> 1].toFixed(0).padStart(6)} ms   max ${times.at(-1).toFixed(0).padStart(6)} ms`,
  );
}
rmSync(folder, { recursive: true });
