// Calibrates the audits: each is run over many seeds in a programme in which its problem is planted and in a sound one; with --proof, what
// the proof catalogue promises is held against worlds whose truth is known.
//   node scripts/calibrate.mjs [--proof] [--audits a,b] [--from 1] [--seeds 100] [--members 600] [--processes 2] [--write]
// Prints the table; --write keeps the rows in docs/calibration.json, or docs/calibration-proof.json (those of other audits stay), and writes
// docs/calibration.md from both. Broken off with Ctrl-C, it gives the table of the seeds that are done; --from the next seed adds the rest to
// what is kept.
import { fork, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { pageOf, proofTableOf, tableOf } from './calibration-page.mjs';

const root = new URL('../', import.meta.url);
const { values } = parseArgs({
  options: {
    // Rows of the proof table instead of lines of the catalogue; --audits then names those rows.
    proof: { type: 'boolean', default: false },
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
const load = (folder, name) => import(new URL(`tests/support/${name}.js`, folder).href);

/** Every audit in a sound programme and in one with its problem. */
const catalogue = {
  file: 'docs/calibration.json',
  key: 'audit',
  counts: ['seeds', 'found', 'answered', 'alarms', 'errors', 'watched', 'intervals', 'covered'],
  tableOf,
  async truthsIn(folder) {
    const { plantsFor, truthOf } = await load(folder, 'calibration');
    return Object.fromEntries(plantsFor(asked).map((plant) => [plant.audit, truthOf(plant, members)]));
  },
  async trialsIn(folder) {
    const { plantsFor, soundTrials, plantedTrial } = await load(folder, 'calibration');
    const plants = plantsFor(asked);
    const truths = JSON.parse(values.truths);
    return async (seed) => {
      const trials = await soundTrials(seed, { members, ids: plants.map(({ audit }) => audit) });
      for (const plant of plants) trials.push(await plantedTrial(plant, seed, truths[plant.audit] ?? null, { members, ids: [] }));
      return trials;
    };
  },
  async rowsOf(folder, trials) {
    const { plantsFor, rowOf } = await load(folder, 'calibration');
    return plantsFor(asked).map((plant) => rowOf(plant, trials));
  },
};

/** Every promise of the proof catalogue in its own small world. */
const proof = {
  file: 'docs/calibration-proof.json',
  key: 'id',
  counts: ['seeds', 'hits', 'of', 'sum', 'errors'],
  tableOf: proofTableOf,
  truthsIn: async () => ({}),
  async trialsIn(folder) {
    const { proofsFor, proofTrials } = await load(folder, 'proof');
    const ids = proofsFor(asked).map(({ id }) => id);
    return (seed) => proofTrials(seed, ids);
  },
  async rowsOf(folder, trials, done) {
    const { proofsFor, proofRowOf } = await load(folder, 'proof');
    return proofsFor(asked).map((row) => proofRowOf(row, trials, done));
  },
};

const kind = values.proof ? proof : catalogue;

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
  const trialsOf = await kind.trialsIn(folder);
  for (let seed = from; seed <= seeds; seed += 1) {
    if (seed % processes !== part) continue;
    process.send({ seed, trials: await trialsOf(seed) });
  }
  process.disconnect();
}

/** @returns the rows of the table. */
async function runAll() {
  const folder = compile();
  const done = new Map();
  process.on('SIGINT', () => console.error('\nBroken off.'));
  try {
    const truths = JSON.stringify(await kind.truthsIn(folder));
    const parts = Array.from({ length: processes }, (_, index) => {
      const own = ['--child', folder.href, '--part', String(index), '--truths', truths];
      const child = fork(new URL(import.meta.url), [...process.argv.slice(2), ...own]);
      child.on('message', ({ seed, trials }) => {
        done.set(seed, trials);
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
    const whole = [...done].filter(([seed]) => seed <= last).sort(([a], [b]) => a - b);
    const trials = whole.flatMap(([, own]) => own);
    return await kind.rowsOf(folder, trials, whole.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sum = (row, more) => ({ ...more, ...Object.fromEntries(kind.counts.map((count) => [count, more[count] === null ? null : row[count] + more[count]])) });

function read(file) {
  const kept = new URL(file, root);
  return existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : [];
}

function write(fresh) {
  const rows = new Map(read(kind.file).map((row) => [row[kind.key], row]));
  for (const row of fresh) {
    const before = rows.get(row[kind.key]);
    rows.set(row[kind.key], from > 1 && before !== undefined ? sum(before, row) : row);
  }
  writeFileSync(new URL(kind.file, root), `${JSON.stringify([...rows.values()], null, 2)}\n`);
  // The other table may have been written meanwhile by a run beside this one.
  writeFileSync(new URL('docs/calibration.md', root), pageOf(read(catalogue.file), read(proof.file), members));
}

if (values.child !== '') {
  await runPart(new URL(values.child));
} else {
  const fresh = await runAll();
  console.log(kind.tableOf(fresh));
  if (values.write) write(fresh);
}
