// What each audit costs on a large scheme: 1 million members, 20 million transactions, 30 million contacts in 200 campaigns, invented in
// SQL and written as CSV. Prints the table by audit, the audits together against the time of loading, and the memory of the process.
// node bench/scale.mjs [size] [program]   (1 and dist/cli/main.js by default, 0.1 for a tenth; build first). Machines are noisy: compare
// figures of one run only. A table that several audits share is charged to the one that asks first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeExports } from './exports.mjs';

/** The program in a process of its own, which leaves its highest memory behind when it ends. */
async function runProgram(program, folder) {
  process.on('exit', () => writeFileSync(join(folder, 'memory'), String(process.resourceUsage().maxRSS)));
  const options = ['--output-path', join(folder, 'report'), '--memory-limit', '4GB'];
  process.argv = [process.execPath, 'loyalty-health', '--quiet', 'analyse', join(folder, 'exports'), ...options];
  await import(pathToFileURL(program).href);
}

async function runBench(size, program) {
  const folder = mkdtempSync(join(tmpdir(), 'loyalty-health-bench-'));
  try {
    await writeExports(folder, { size });
    const bytes = readdirSync(join(folder, 'exports')).reduce((sum, name) => sum + statSync(join(folder, 'exports', name)).size, 0);
    console.log(`size ${size}: ${(bytes / 1e9).toFixed(2)} GB of exports`);
    const { status, stderr } = spawnSync(process.execPath, [import.meta.filename, '--job', program, folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the program ended with ${status}: ${stderr}`);
    report(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(folder) {
  const steps = readFileSync(join(folder, 'report', 'run.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.match(/^\s*(\d+) ms {2}(.*)$/))
    .map((match) => ({ seconds: Number(match?.[1]) / 1000, step: match?.[2] ?? '' }));
  const { findings } = JSON.parse(readFileSync(join(folder, 'report', 'result.json'), 'utf8'));
  const sum = (list) => list.reduce((total, { seconds }) => total + seconds, 0);
  const audits = steps.filter(({ step }) => step.startsWith('Audit: '));
  const loading = sum(steps.slice(0, steps.indexOf(audits[0])));
  for (const { seconds, step } of audits.toSorted((a, b) => b.seconds - a.seconds)) {
    const id = step.slice('Audit: '.length);
    const finding = findings.find((candidate) => candidate.id === id);
    console.log(`${id.padEnd(28)} ${seconds.toFixed(1).padStart(7)} s   ${finding?.status ?? ''}${finding?.reason ? `: ${finding.reason}` : ''}`);
  }
  const megabytes = Number(readFileSync(join(folder, 'memory'), 'utf8')) / 1024;
  console.log(
    `loading ${loading.toFixed(1)} s, all audits ${sum(audits).toFixed(1)} s (${(sum(audits) / loading).toFixed(2)} times the loading), highest memory ${(megabytes / 1024).toFixed(2)} GB`,
  );
}

const [first, second, third] = process.argv.slice(2);
if (first === '--job') await runProgram(second, third);
else await runBench(Number(first ?? 1), resolve(second ?? join(import.meta.dirname, '..', 'dist', 'cli', 'main.js')));
