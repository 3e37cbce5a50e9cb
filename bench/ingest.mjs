// What reading an export costs: the scanner's speed, the whole ingest against the engine's own bare count, and memory.
// node bench/ingest.mjs [GB]   (1 by default; build first). Machines are noisy: compare figures of one run with one another.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckdb } from '../dist/engine/duckdb/engine.js';
import { literal, sql } from '../dist/engine/sql.js';
import { loadSource } from '../dist/ingest/structure/load.js';
import { openSource } from '../dist/ingest/structure/open.js';
import { prepareFile } from '../dist/ingest/structure/prepare/prepare.js';

const repeats = 2;

/** Each job runs in a process of its own, so that its peak memory is its own. */
const jobs = {
  scan: async (path, folder) => void (await openSource(path, 'transactions.csv', 0, folder)),
  ingest: async (path, folder) => {
    const engine = await openDuckdb({ spillFolder: folder });
    const [input] = await prepareFile(path, 'transactions.csv', 0, folder);
    await loadSource(engine, await openSource(input.path, input.file, 0, folder, input));
    await engine.close();
  },
  count: async (path, folder) => {
    const engine = await openDuckdb({ spillFolder: folder });
    await engine.rows(sql`SELECT count(*) AS n FROM read_csv(${literal(path)}, all_varchar=true)`);
    await engine.close();
  },
};

function writeTransactions(path, bytes, isQuoted) {
  const file = openSync(path, 'w');
  const line = (cells) => `${isQuoted ? cells.map((cell) => `"${cell}"`).join(',') : cells.join(',')}\n`;
  let size = writeSync(file, line(['transaction_id', 'member_id', 'ordered_at', 'store', 'product', 'quantity', 'net_amount']));
  for (let row = 0; size < bytes; ) {
    let chunk = '';
    for (const end = row + 20_000; row < end; row += 1) {
      const day = String((row % 28) + 1).padStart(2, '0');
      const amount = ((row * 7919) % 100_000) / 100;
      chunk += line([
        `T${row}`,
        `M${(row * 104_729) % 1_000_003}`,
        `2024-03-${day} 10:15:00`,
        `Store ${row % 97}`,
        `Product number ${row % 5_003}`,
        (row % 4) + 1,
        amount,
      ]);
    }
    size += writeSync(file, chunk);
  }
  closeSync(file);
  return size;
}

/** The fastest of several runs, and the highest memory of them. */
function measure(job, path, folder) {
  const runs = Array.from({ length: repeats }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, '--job', job, path, folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${job} ended with ${status}: ${stderr}`);
    return JSON.parse(stdout);
  });
  const least = (of) => Math.min(...runs.map(of));
  return {
    seconds: least((run) => run.seconds),
    processorSeconds: least((run) => run.processorSeconds),
    megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
  };
}

async function runJob([job, path, folder]) {
  const start = performance.now();
  await jobs[job](path, folder);
  const seconds = (performance.now() - start) / 1_000;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  console.log(JSON.stringify({ seconds, processorSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1_024 }));
}

function runBench(gigabytes) {
  const folder = mkdtempSync(join(tmpdir(), 'loyalty-health-bench-'));
  const path = join(folder, 'transactions.csv');
  try {
    for (const isQuoted of [false, true]) {
      for (const share of [0.1, 1]) {
        const size = writeTransactions(path, gigabytes * share * 1e9, isQuoted);
        const [scan, ingest, count] = ['scan', 'ingest', 'count'].map((job) => measure(job, path, folder));
        const name = `${(statSync(path).size / 1e9).toFixed(2)} GB, ${isQuoted ? 'every field quoted' : 'plain'}`;
        console.log(
          `${name.padEnd(28)} scan and hash ${(size / 1e6 / scan.seconds).toFixed(0)} MB/s (${(size / 1e6 / scan.processorSeconds).toFixed(0)} a second of processor time), ${scan.megabytes.toFixed(0)} MB resident · ` +
            `ingest ${ingest.seconds.toFixed(1)} s, ${ingest.megabytes.toFixed(0)} MB resident · count(*) ${count.seconds.toFixed(1)} s · ` +
            `ratio ${(ingest.seconds / count.seconds).toFixed(2)} (${(ingest.processorSeconds / count.processorSeconds).toFixed(2)} in processor time)`,
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [first, ...rest] = process.argv.slice(2);
if (first === '--job') await runJob(rest);
else runBench(Number(first ?? 1));
