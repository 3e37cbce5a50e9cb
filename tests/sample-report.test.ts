/**
 * The committed report on the sample data is what this program writes: every renderer gives its very bytes again, the receipt holds,
 * and the pages that show it lead to files that are there. That its figures are those of a fresh analysis is told by golden.test.ts.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { described, type OutputFile } from '../src/cli/files.js';
import { manifest, manifestOf } from '../src/cli/manifest.js';
import { renderAll } from '../src/cli/rendered.js';
import { readResult } from '../src/cli/result-file.js';
import { plainBranding } from '../src/report/branding.js';
import { runProgram } from './cli/program.js';

const project = new URL('..', import.meta.url).pathname;
const sample = join(project, 'reports', 'sample');
const contentOf = (name: string): Buffer => readFileSync(join(sample, ...name.split('/')));
const receipt = manifest.parse(JSON.parse(contentOf('manifest.json').toString('utf8')));
const again = 'is another one now: npm run sample-report writes it, and the difference is yours to read';

/** Where two files part, in words. */
function howDifferent(name: string, written: Buffer): string[] {
  if (!existsSync(join(sample, name))) return [`${name} is not there`];
  const kept = contentOf(name);
  if (kept.equals(written)) return [];
  const at = kept.findIndex((byte, index) => byte !== written[index]);
  const from = Math.max(0, at - 60);
  const isText = /\.(html|md|csv|svg|json)$/.test(name);
  const places = isText ? `: “${kept.toString('utf8', from, at + 60)}” → “${written.toString('utf8', from, at + 60)}”` : ` from byte ${at}`;
  return [`${name} ${again}${places}`];
}

describe('reports/sample', () => {
  const formats = ['html', 'md', 'csv', 'pdf', 'xlsx', 'docx', 'svg'];
  let files: readonly OutputFile[] = [];
  beforeAll(async () => {
    files = await renderAll(await readResult(join(sample, 'result.json')), ['json', ...formats], plainBranding);
  });

  test.each(formats)('%s comes out of result.json byte for byte', (format) => {
    const own = files.filter(({ name }) => name.endsWith(`.${format}`));
    expect(own.length).toBeGreaterThan(0);
    expect(own.flatMap(({ name, content }) => howDifferent(name, Buffer.from(content)))).toEqual([]);
  });

  test('so does everything else, and nothing is there besides', () => {
    const others = files.filter(({ name }) => name !== 'result.json' && !formats.some((format) => name.endsWith(`.${format}`)));
    expect(others.flatMap(({ name, content }) => howDifferent(name, Buffer.from(content)))).toEqual([]);
    const kept = receipt.outputs.map(({ file }) => file).filter((name) => !name.startsWith('quarantine/'));
    expect(kept.sort()).toEqual(files.map(({ name }) => name).sort());
  });

  test('the receipt speaks of every file, and of the run that anybody gets who asks for every format', () => {
    const names = readdirSync(sample, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(sample, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .filter((name) => name !== 'manifest.json');
    expect(receipt.outputs.map(({ file }) => file).sort()).toEqual(names.sort());
    const { withheldSha256, ...run } = receipt.run;
    expect(withheldSha256).toBeNull();
    const outputs = described(receipt.outputs.map(({ file }) => ({ name: file, content: contentOf(file) })));
    const text = manifestOf(JSON.parse(contentOf('result.json').toString('utf8')), run, outputs, receipt.tool.node);
    expect(text).toBe(contentOf('manifest.json').toString('utf8'));
  });

  test('verify accepts it', async () => {
    const { code, stdout } = await runProgram(['verify', sample, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ same: true, outputs: receipt.outputs.length, differences: [] });
    expect(code).toBe(0);
  });
});

describe('pictures', () => {
  const pictures = join(project, 'docs', 'pictures');
  const pages = ['README.md', 'docs/report-design.md'].map((name) => ({ name, text: readFileSync(join(project, name), 'utf8') }));
  const linked = pages.flatMap(({ name, text }) =>
    [...text.matchAll(/\]\(([^)#\s]+)\)|(?:src|srcset)="([^"]+)"/g)]
      .map(([, link, source]) => link ?? source ?? '')
      .filter((link) => !link.includes(':'))
      .map((link) => resolve(project, dirname(name), link)),
  );

  test('README and design page lead to files that are there', () => {
    expect(linked.length).toBeGreaterThan(20);
    expect(linked.filter((path) => !existsSync(path))).toEqual([]);
  });

  test('each is shown somewhere, and they are small', () => {
    const files = readdirSync(pictures).map((name) => join(pictures, name));
    expect(files.filter((path) => !linked.includes(path))).toEqual([]);
    const sizes = files.map((path) => statSync(path).size);
    expect(Math.max(...sizes)).toBeLessThan(300_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500_000);
  });

  test('every kind of chart is shown in the grammar', () => {
    const kinds = readFileSync(join(project, 'src/result/charts.ts'), 'utf8').matchAll(/kind: z\.literal\('(\w+)'\)/g);
    const grammar = pages[1]?.text ?? '';
    const named = [...kinds].map(([, kind = '']) => kind);
    expect(named.length).toBeGreaterThan(7);
    for (const kind of named) expect(grammar).toMatch(new RegExp(`!\\[${kind}: `));
  });
});
