// How heavy the reports of a scheme with many campaigns are: an invented year of exports with a test in every campaign, analysed and
// written in every format. Prints the bytes of each, and what of the page is pictures, tables and queries.
// node bench/report.mjs [campaigns] [program] [folder]   (300 and dist/cli/main.js by default; build first). A folder keeps the reports.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeExports } from './exports.mjs';

const [campaigns = '300', program = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js'), kept] = process.argv.slice(2);
const formats = ['html', 'md', 'json', 'csv', 'pdf', 'xlsx', 'docx', 'svg'];

const bytesUnder = (path) =>
  statSync(path).isDirectory() ? readdirSync(path).reduce((sum, name) => sum + bytesUnder(join(path, name)), 0) : statSync(path).size;

const print = (name, bytes, note = '') => console.log(`${name.padEnd(34)} ${bytes.toLocaleString('en-GB').padStart(12)} bytes ${note}`.trimEnd());

/** Bytes of all places that match, and how many there are. */
function share(html, name, pattern) {
  const found = html.match(pattern) ?? [];
  print(`  ${name}`, Buffer.byteLength(found.join('')), `(${found.length})`);
}

const folder = kept === undefined ? mkdtempSync(join(tmpdir(), 'loyalty-health-bench-')) : resolve(kept);
mkdirSync(folder, { recursive: true });
try {
  await writeExports(folder, { size: 0.012, campaigns: Number(campaigns), testEvery: 1 });
  const report = join(folder, 'report');
  const args = [resolve(program), '--quiet', 'analyse', join(folder, 'exports'), '--output-path', report, '--output', formats.join()];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the program ended with ${status}: ${stderr}`);
  const { findings, tables } = JSON.parse(readFileSync(join(report, 'result.json'), 'utf8'));
  const statuses = [...new Set(findings.map((finding) => finding.status))];
  const counted = statuses.map((name) => `${findings.filter((finding) => finding.status === name).length} ${name}`);
  console.log(`${tables.find(({ table }) => table === 'campaigns')?.rows} campaigns, ${findings.length} questions: ${counted.join(', ')}`);
  for (const name of readdirSync(report).sort()) print(name, bytesUnder(join(report, name)));
  const html = readFileSync(join(report, 'report.html'), 'utf8');
  console.log('of the page:');
  share(html, 'pictures for wide pages', /<svg class="drawing wide"[\s\S]*?<\/svg>/g);
  share(html, 'pictures for narrow pages', /<svg class="drawing narrow"[\s\S]*?<\/svg>/g);
  share(html, 'tables', /<table[\s\S]*?<\/table>/g);
  share(html, 'queries and settings', /<pre[\s\S]*?<\/pre>/g);
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true });
  else rmSync(join(folder, 'exports'), { recursive: true, force: true });
}
