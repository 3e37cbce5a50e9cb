import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runWizard, type WizardAnswers } from '../../src/cli/wizard.js';
import type { Asker } from '../../src/cli/wizard-asker.js';
import { shareOf } from '../../src/cli/wizard-test.js';
import { discoverFiles } from '../../src/ingest/discover.js';
import { openInputs } from '../../src/ingest/ingest.js';
import { parseMappingFile } from '../../src/ingest/mapping/file.js';
import type { FileEntry } from '../../src/ingest/mapping/schema.js';
import { writeMappingFile } from '../../src/ingest/mapping/write.js';
import { tryToLoad } from '../../src/inspect.js';
import { runProgram, withFolder } from './program.js';

type Script = readonly (readonly [question: RegExp, answer: string | boolean | readonly string[]])[];

interface Walk extends WizardAnswers {
  readonly said: string;
}

/** Answers each question with the first line of the script that fits it; a question that nobody foresaw fails the test. */
function scripted(script: Script, said: string[]): Asker {
  const used = new Set<number>();
  const answer = <Answer>(message: string): Answer => {
    const at = script.findIndex(([question], index) => !used.has(index) && question.test(message));
    if (at < 0) throw new Error(`Unforeseen question: ${message}`);
    used.add(at);
    return script[at]?.[1] as Answer;
  };
  return {
    one: async (message, choices) => {
      const value = answer<string>(message);
      if (!choices.some((choice) => choice.value === value)) throw new Error(`${value} is not offered for: ${message}`);
      return value;
    },
    several: async (message) => answer(message),
    text: async (message, _hint, problem) => {
      const value = answer<string>(message);
      const complaint = problem(value);
      if (complaint !== null) throw new Error(complaint);
      return value;
    },
    yesOrNo: async (message) => answer(message),
    say: (title, text) => said.push(`${title}: ${text}`),
  };
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** Walks through the wizard over inline files. */
function walk(files: Readonly<Record<string, string>>, script: Script, existing: string | null = null): Promise<Walk> {
  return withFolder(async (folder) => {
    await write(join(folder, 'in'), files);
    const said: string[] = [];
    const sources = await openInputs(await discoverFiles([join(folder, 'in')], folder), folder);
    const answers = await runWizard({
      sources,
      existing: existing === null ? null : parseMappingFile(existing, 'loyalty.yaml'),
      asker: scripted(script, said),
      load: (plan) => tryToLoad(sources, plan, folder),
    });
    return { ...answers, said: said.join('\n') };
  });
}

const entryOf = ({ mapping }: Walk, file: string): FileEntry | undefined => mapping.files.find((entry) => entry.file === file);
const members = 'member_id,join_date,tier\n1,2024-01-02,Gold\n2,2024-02-03,Silver\n3,2024-03-04,Gold\n';
const orders = 'order_id,member_id,order_date,net_sales\n10,1,2024-03-01,12.50\n11,2,2024-03-02,3.10\n';
const settings: Script = [
  [/currency/, ''],
  [/How many has the scheme/, ''],
  [/last day/, ''],
];

describe('what the wizard asks', () => {
  it('is nothing but the settings where the evidence is enough', async () => {
    const { mapping, open } = await walk({ 'members.csv': members, 'orders.csv': orders }, [
      [/currency/, 'GBP'],
      [/last day/, '2024-03-31'],
    ]);
    expect(open).toEqual([]);
    expect(mapping).toMatchObject({ currency: 'GBP', asOf: '2024-03-31' });
    expect(Object.keys(mapping)).toEqual(['version', 'currency', 'asOf', 'files']);
  });

  it('the size of the scheme where no file lists the members', async () => {
    const { mapping } = await walk({ 'orders.csv': orders }, [[/How many has the scheme/, '5000'], ...settings]);
    expect(mapping.population).toBe(5000);
  });

  it('the order of dates, and sets it for that column', async () => {
    const ambiguous = 'order_id,member_id,order_date,net_sales\n10,1,01/02/2024,12.50\n11,2,03/04/2024,3.10\n';
    const walked = await walk({ 'members.csv': members, 'orders.csv': ambiguous }, [[/03\/04\/2024/, 'day-first'], ...settings]);
    expect(entryOf(walked, 'orders.csv')?.tables?.[0]?.columns.occurred_at).toEqual({ column: 'order_date', format: 'day-first' });
    expect(walked.comments.get('orders.csv')).toContain('values as you said');
  });

  it('the decimal sign', async () => {
    const ambiguous = 'order_id;member_id;order_date;net_sales\n10;1;2024-02-01;1,250\n11;2;2024-02-03;3,100\n';
    const walked = await walk({ 'members.csv': members, 'orders.csv': ambiguous }, [[/1,234/, 'comma'], ...settings]);
    expect(entryOf(walked, 'orders.csv')?.tables?.[0]?.columns.net_amount).toEqual({ column: 'net_sales', decimal: 'comma' });
  });

  it('what becomes of several currencies', async () => {
    const mixed = {
      'members.csv': members,
      'orders.csv': 'order_id,member_id,order_date,net_sales,currency\n10,1,2024-02-01,1.20,GBP\n11,2,2024-02-03,3.10,EUR\n',
    };
    const left = await walk(mixed, [[/Which one is the report in/, 'GBP'], [/What becomes of sales/, 'leave'], ...settings]);
    expect(entryOf(left, 'orders.csv')?.tables?.[0]?.where).toEqual([{ column: 'currency', in: ['GBP'] }]);
    const converted = await walk(mixed, [
      [/Which one is the report in/, 'GBP'],
      [/What becomes of sales/, 'convert'],
      [/one EUR worth in GBP/, '0.85'],
      ...settings,
    ]);
    expect(converted.mapping).toMatchObject({ currency: 'GBP', rates: { EUR: 0.85 } });
    expect([left.open, converted.open]).toEqual([[], []]);
  });

  it('whether a word or a number stands for “not known”', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => `${index + 1},2024-01-0${(index % 9) + 1},${index % 4 === 0 ? 'unknown' : 'Gold'}`);
    const walked = await walk({ 'members.csv': `member_id,join_date,tier\n${rows.join('\n')}\n` }, [
      [/What does “unknown” mean in members.csv \(tier\)/, 'empty'],
      ...settings,
    ]);
    expect(entryOf(walked, 'members.csv')?.empty).toEqual(['unknown']);
    expect(walked.open).toEqual([]);
  });

  it('the role of a file and the columns that it needs', async () => {
    const nameless = 'who,thing\n1,Spring\n2,Spring\n';
    const walked = await walk({ 'x.csv': nameless }, [
      [/What is x.csv/, 'contacts'],
      [/contacts.member_id/, 'who'],
      [/contacts.campaign_id/, 'thing'],
      ...settings,
    ]);
    expect(entryOf(walked, 'x.csv')?.tables).toEqual([{ table: 'contacts', columns: { member_id: 'who', campaign_id: 'thing' } }]);
    expect(walked.comments.get('x.csv')).toBe('As you said: contacts');
  });

  it('whether flags are contacts or responses', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => `${index + 1},2024-01-02,${index % 2},${index % 3 === 0 ? 1 : 0}`);
    const walked = await walk({ 'customers.csv': `customer_id,join_date,AcceptedCmp1,AcceptedCmp2\n${rows.join('\n')}\n` }, [
      [/What does a yes in AcceptedCmp1, AcceptedCmp2/, 'responses'],
      [/Was every customer/, true],
      ...settings,
    ]);
    expect(entryOf(walked, 'customers.csv')?.tables?.map(({ table, unpivot }) => [table, unpivot?.keep])).toEqual([
      ['members', undefined],
      ['contacts', 'all'],
      ['responses', 'positive'],
    ]);
    expect(entryOf(walked, 'customers.csv')?.unusedColumns).toBeUndefined();
  });

  it('what points are, where the file does not say', async () => {
    const ledger = 'member_id,points,date\n1,5,2024-01-01\n2,7,2024-01-02\n';
    const walked = await walk({ 'members.csv': members, 'ledger.csv': ledger }, [[/What are the points/, 'earn'], ...settings]);
    expect(entryOf(walked, 'ledger.csv')?.tables?.[0]?.columns.type).toEqual({ constant: 'earn' });
  });

  it('a file that the user leaves out stays out, and is not asked about again', async () => {
    const files = { 'members.csv': members, 'test.csv': 'segment,visit\nNo E-Mail,0\nE-Mail,1\n' };
    const { mapping } = await walk(files, [[/one row per customer/, false], ...settings]);
    expect(mapping.files.find(({ file }) => file === 'test.csv')).toMatchObject({ file: 'test.csv', ignore: 'the user said so' });
    expect((await walk(files, settings, writeMappingFile(mapping))).mapping).toEqual(mapping);
  });
});

describe('a share as the user writes it', () => {
  it.each([
    ['10%', 0.1],
    ['33.3333 %', 0.333333],
    ['1/3', 0.333333],
    ['0.1', null],
    ['10', null],
    ['0%', null],
    ['100%', null],
    ['1/0', null],
    ['some', null],
  ])('%s', (text, share) => expect(shareOf(text)).toBe(share));
});

describe('a mapping that is there', () => {
  const first = (): Promise<Walk> =>
    walk({ 'members.csv': members, 'orders.csv': orders }, [
      [/currency/, 'GBP'],
      [/last day/, ''],
    ]);

  it('keeps its answers: nothing is asked twice', async () => {
    const { mapping } = await first();
    const again = await walk({ 'members.csv': members, 'orders.csv': orders }, [[/last day/, '']], writeMappingFile(mapping));
    expect(again.mapping).toEqual(mapping);
  });

  it('names a changed header, and looks afresh only when asked to', async () => {
    const text = writeMappingFile((await first()).mapping);
    const changed = { 'members.csv': members.replace('tier', 'level'), 'orders.csv': orders };
    const afresh = await walk(
      changed,
      [
        [/members.csv afresh/, true],
        [/last day/, ''],
      ],
      text,
    );
    expect(afresh.said).toContain('column “tier” that members.csv does not have');
    expect(entryOf(afresh, 'members.csv')?.tables?.[0]?.columns.tier).toBe('level');
    await expect(walk(changed, [[/members.csv afresh/, false]], text)).rejects.toMatchObject({ name: 'missing-column' });
    const wider = { 'members.csv': members.replaceAll('\n', ',x\n'), 'orders.csv': orders };
    const kept = await walk(
      wider,
      [
        [/members.csv afresh/, false],
        [/last day/, ''],
      ],
      text,
    );
    expect(kept.said).toContain('new column “x”');
    expect(entryOf(kept, 'members.csv')?.tables).toEqual(
      entryOf(afresh, 'members.csv')?.tables?.map((table) => ({ ...table, columns: { ...table.columns, tier: 'tier' } })),
    );
  });
});

const hillstrom = '../shared/data/hillstrom';

describe.skipIf(!existsSync(hillstrom))('a test that does not declare itself', () => {
  it('becomes the mapping that gives the findings of examples/hillstrom.yaml', { timeout: 60_000 }, () =>
    withFolder(async (folder) => {
      const said: string[] = [];
      const sources = await openInputs(await discoverFiles([hillstrom], process.cwd()), folder);
      const script: Script = [
        [/one row per customer/, true],
        [/campaign called/, 'MineThatData e-mail test'],
        [/says the arm/, 'segment'],
        [/is the holdout/, 'No E-Mail'],
        [/planned as holdout/, '1/3'],
        [/customer’s number/, ''],
        [/measured after/, ['visit', 'conversion', 'spend']],
        [/others contacted/, 'email'],
        [/after the contact do they/, '14'],
        [/before the test/, 'history'],
        [/days of spending/, '365'],
        [/currency/, 'USD'],
      ];
      const { mapping, comments } = await runWizard({
        sources,
        existing: null,
        asker: scripted(script, said),
        load: (plan) => tryToLoad(sources, plan, folder),
      });
      await writeFile(join(folder, 'mine.yaml'), writeMappingFile(mapping, comments));
      const findingsWith = async (file: string): Promise<unknown> => {
        const common = [
          'analyse',
          hillstrom,
          '--json',
          '--output',
          'json',
          '--output-path',
          join(folder, 'out'),
          '--only-audits',
          'hollow-wins,absent-holdouts',
        ];
        const { tables, findings } = JSON.parse((await runProgram([...common, '--mapping', file])).stdout);
        return { tables, findings };
      };
      expect(await findingsWith(join(folder, 'mine.yaml'))).toEqual(await findingsWith('examples/hillstrom.yaml'));
    }),
  );
});

describe('without a terminal', () => {
  it('ends by name and says what to use instead', async () => {
    const { code, stdout, stderr } = await runProgram(['init', 'sample-data/retailer']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('no-terminal');
    expect(stderr).toContain('inspect <exports> --save');
  });
});

const pseudoTerminal = '/usr/bin/script';
const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;

/** Runs `init` in a pseudo-terminal and presses keys each time the next text has been drawn. */
function press(folder: string, steps: readonly (readonly [seen: string, keys: string])[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(pseudoTerminal, ['-qec', `stty cols 100 rows 40; "${process.execPath}" "${main}" init "${folder}"`, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm' },
    });
    const left = [...steps];
    let drawn = '';
    child.stdout.on('data', (chunk: Buffer) => {
      drawn += chunk.toString();
      const [next] = left;
      if (next === undefined || !drawn.includes(next[0])) return;
      left.shift();
      drawn = '';
      child.stdin.write(next[1]);
    });
    child.on('close', resolve);
  });
}

describe.skipIf(!existsSync(pseudoTerminal))('on a terminal', { timeout: 20_000 }, () => {
  it('writes what was answered', () =>
    withFolder(async (folder) => {
      await write(folder, { 'members.csv': members, 'orders.csv': orders });
      const code = await press(folder, [
        ['Which currency', 'GBP\r'],
        ['last day', '\r'],
      ]);
      expect(code).toBe(0);
      const text = await readFile(join(folder, 'loyalty.yaml'), 'utf8');
      expect(parseMappingFile(text, 'loyalty.yaml').currency).toBe('GBP');
      expect(text).toContain('# it has one row per customer');
    }));

  it('leaves a mapping that is there alone unless told otherwise', () =>
    withFolder(async (folder) => {
      const mine = 'version: 1\n# mine\n';
      await write(folder, { 'members.csv': members, 'orders.csv': orders, 'loyalty.yaml': mine });
      const steps = [
        ['Which currency', '\r'],
        ['last day', '\r'],
        ['Replace', '\r'],
      ] as const;
      expect(await press(folder, steps)).toBe(0);
      expect(await readFile(join(folder, 'loyalty.yaml'), 'utf8')).toBe(mine);
    }));

  it('ends with 130 on Ctrl-C and writes nothing', () =>
    withFolder(async (folder) => {
      await write(folder, { 'members.csv': members, 'orders.csv': orders });
      expect(await press(folder, [['Which currency', '\u0003']])).toBe(130);
      expect(existsSync(join(folder, 'loyalty.yaml'))).toBe(false);
    }));
});
