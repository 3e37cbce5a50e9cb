// Calibrates the audits: each is run over many seeds in a programme in which its problem is planted and in a sound one.
//   node scripts/calibrate.mjs [--audits a,b] [--from 1] [--seeds 100] [--members 600] [--processes 2] [--write]
// Prints the table; --write keeps the rows in docs/calibration.json (those of other audits stay) and writes docs/calibration.md.
// Broken off with Ctrl-C, it gives the table of the seeds that are done; --from the next seed adds the rest to what is kept.
import { fork, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { pageOf, tableOf } from './calibration-page.mjs';

const root = new URL('../', import.meta.url);
const { values } = parseArgs({
  options: {
    audits: { type: 'string', default: '' },
    from: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '100' },
    members: { type: 'string', default: '600' },
    processes: { type: 'string', default: '2' },
    write: { type: 'boolean', default: false },
    // What a child is told: the folder of the compiled program, which of the seeds are its own, and the truths by audit.
    child: { type: 'string', default: '' },
    part: { type: 'string', default: '0' },
    truths: { type: 'string', default: '{}' },
  },
});
const [from, seeds, members, processes, part] = [values.from, values.seeds, values.members, values.processes, values.part].map(Number);
const asked = values.audits === '' ? [] : values.audits.split(',');
const load = (folder) => import(new URL('tests/support/calibration.js', folder).href);

/** The calibration is TypeScript beside the tests: compiled inside node_modules, so that its imports resolve. */
function compile() {
  const folder = new URL(`node_modules/.cache/calibration-${process.pid}/`, root);
  mkdirSync(folder, { recursive: true });
  const { status, stdout } = spawnSync('npx', ['tsc', '-p', 'tsconfig.json', '--outDir', folder.pathname, '--declaration', 'false'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) console.error(`The compiler complains; the run goes on:\n${stdout}`);
  return folder;
}

/** A child: its own seeds, one message a seed. */
async function runPart(folder) {
  setPriority(10);
  // The parent prints what is done when the user breaks off.
  process.on('SIGINT', () => process.exit(0));
  const { plantsFor, soundTrials, plantedTrial } = await load(folder);
  const plants = plantsFor(asked);
  const truths = JSON.parse(values.truths);
  for (let seed = from; seed <= seeds; seed += 1) {
    if (seed % processes !== part) continue;
    const trials = await soundTrials(seed, { members, ids: plants.map(({ audit }) => audit) });
    for (const plant of plants) trials.push(await plantedTrial(plant, seed, truths[plant.audit] ?? null, { members, ids: [] }));
    process.send(trials);
  }
  process.disconnect();
}

/** @returns the rows of the table. */
async function runAll() {
  const folder = compile();
  const trials = [];
  const done = new Set();
  process.on('SIGINT', () => console.error('\nBroken off.'));
  try {
    const { plantsFor, rowOf, truthOf } = await load(folder);
    const plants = plantsFor(asked);
    const truths = JSON.stringify(Object.fromEntries(plants.map((plant) => [plant.audit, truthOf(plant, members)])));
    const parts = Array.from({ length: processes }, (_, index) => {
      const own = ['--child', folder.href, '--part', String(index), '--truths', truths];
      const child = fork(new URL(import.meta.url), [...process.argv.slice(2), ...own]);
      child.on('message', (some) => {
        trials.push(...some);
        done.add(some[0].seed);
        process.stderr.write(`\r${done.size} of ${seeds - from + 1} seeds`);
      });
      return new Promise((resolve, reject) => {
        child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`A part of the run ended with ${code}.`))));
      });
    });
    await Promise.all(parts);
    // Broken off, one part may be ahead of the other: what lies behind the first seed that is missing is left out.
    let last = from - 1;
    while (done.has(last + 1)) last += 1;
    process.stderr.write(`\nSeeds ${from} to ${last}.\n`);
    const whole = trials.filter(({ seed }) => seed <= last);
    return plants.map((plant) => rowOf(plant, whole));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const counts = ['seeds', 'found', 'answered', 'alarms', 'errors', 'watched', 'intervals', 'covered'];
const sum = (row, more) => ({ ...more, ...Object.fromEntries(counts.map((count) => [count, row[count] + more[count]])) });

function write(fresh) {
  const kept = new URL('docs/calibration.json', root);
  const old = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : [];
  const rows = new Map(old.map((row) => [row.audit, row]));
  for (const row of fresh) {
    const before = rows.get(row.audit);
    rows.set(row.audit, from > 1 && before !== undefined ? sum(before, row) : row);
  }
  writeFileSync(kept, `${JSON.stringify([...rows.values()], null, 2)}\n`);
  writeFileSync(new URL('docs/calibration.md', root), pageOf([...rows.values()], members));
}

if (values.child !== '') {
  await runPart(new URL(values.child));
} else {
  const fresh = await runAll();
  console.log(tableOf(fresh));
  if (values.write) write(fresh);
}
