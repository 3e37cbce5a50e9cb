/**
 * Writes reports/sample/: the report on the sample data in every format, as anybody gets it from `analyse`. It is the accepted
 * result as well: tests hold it against a fresh analysis and against every renderer, so read the difference before you commit it.
 *
 * Usage: npm run sample-report
 *        node scripts/write-sample-report.mjs <folder of a built program>
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { argv, execPath, exit, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const program = resolve(argv[2] ?? join(project, 'dist'));
const sample = join(project, 'reports', 'sample');
const formats = 'html,md,json,csv,pdf,xlsx,docx,svg';

mkdirSync(join(project, 'reports'), { recursive: true });
// Beside its place, so that it takes it in one step; what stood there stays whole when the analysis fails.
const fresh = mkdtempSync(join(project, 'reports', '.sample-'));
const arguments_ = ['--quiet', 'analyse', join('sample-data', 'retailer'), '--output-path', fresh, '--output', formats];
const { status } = spawnSync(execPath, [join(program, 'cli', 'main.js'), ...arguments_], { cwd: project, stdio: 'inherit' });
if (status !== 0) {
  rmSync(fresh, { recursive: true, force: true });
  exit(status ?? 1);
}
// Timings are of one machine and one day.
rmSync(join(fresh, 'run.log'));
const earlier = `${fresh}-earlier`;
if (existsSync(sample)) renameSync(sample, earlier);
renameSync(fresh, sample);
rmSync(earlier, { recursive: true, force: true });
stdout.write('reports/sample/ is written. Next: npm run pictures, then read the difference.\n');
