/** What every engine must do, whichever it is: the suite that a second engine has to pass before it may serve. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine, EngineOptions } from '../../src/engine/engine.js';
import { literal, sql } from '../../src/engine/sql.js';

export function engineContract(name: string, openEngine: (options: EngineOptions) => Promise<Engine>): void {
  describe(`engine contract: ${name}`, () => {
    let folder: string;
    let engine: Engine;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'loyalty-health-test-'));
      engine = await openEngine({ spillFolder: join(folder, 'spill') });
    });
    afterEach(async () => {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    });
    const value = async (text: Parameters<typeof sql<{ v: unknown }>>[1]): Promise<unknown> =>
      (await engine.rows(sql<{ v: unknown }>`SELECT ${text ?? sql`NULL`} AS v`))[0]?.v;
    const dialect = (): Engine['dialect'] => engine.dialect;

    test('gives back plain values: numbers, exact decimals, text, booleans, nothing', async () => {
      expect(await value(sql`CAST(7 AS BIGINT)`)).toBe(7);
      expect(await value(sql`CAST(12.3400 AS DECIMAL(18, 4))`)).toBe(12.34);
      expect(await value(sql`'0042'`)).toBe('0042');
      expect(await value(sql`TRUE`)).toBe(true);
      expect(await value(sql`NULL`)).toBe(null);
      expect(await value(sql`DATE '2024-02-29'`)).toBe('2024-02-29');
    });

    test('text that looks like a decimal stays text', async () => {
      expect(await value(sql`'12.50'`)).toBe('12.50');
    });

    test('refuses an integer that a number cannot hold', async () => {
      await expect(value(sql`CAST(9007199254740993 AS BIGINT)`)).rejects.toThrow('too large');
    });

    test('counts days from 1970 and reads zones', async () => {
      expect(await value(dialect().dayNumber(sql`DATE '1970-01-02'`))).toBe(1);
      expect(await value(dialect().dayNumber(sql`DATE '1969-12-31'`))).toBe(-1);
      expect(await value(dialect().dayNumber(dialect().parseIsoTimestamp(literal('2024-03-01T01:30:00+05:00'))))).toBe(19_782);
      expect(await value(dialect().parseIsoTimestamp(literal('next week')))).toBe(null);
      expect(await value(dialect().dayNumber(dialect().parseTimestamp(literal('31/12/2024'), '%d/%m/%Y')))).toBe(20_088);
      expect(await value(dialect().parseTimestamp(literal('12/31/2024'), '%d/%m/%Y'))).toBe(null);
    });

    test('puts an identifier into the same jackknife group as every other engine', async () => {
      expect(await value(dialect().bucket(literal('0000001'), 50))).toBe(
        Number.parseInt(createHash('md5').update('0000001').digest('hex').slice(0, 7), 16) % 50,
      );
    });

    test('matches and replaces patterns over the whole text', async () => {
      expect(await value(dialect().matches(literal('12a'), '[0-9]+'))).toBe(false);
      expect(await value(dialect().matches(literal('12'), '[0-9]+'))).toBe(true);
      expect(await value(dialect().replacePattern(literal('1,234,567'), ',', ''))).toBe('1234567');
    });

    test('a quote in a literal ends nothing', async () => {
      expect(await value(literal("Robert'); DROP TABLE members; --"))).toBe("Robert'); DROP TABLE members; --");
    });

    test('loads every cell as text, in file order', async () => {
      const path = join(folder, 'tx[1].csv');
      await writeFile(path, 'id,"a ""quoted"", name",date\n007,1E5,01/02/2024\n9007199254740993,"two\nlines",\n');
      expect(await engine.loadText('raw_0', { path, delimiter: ',', quote: '"', newline: '\n', columns: 3 })).toBe(2);
      expect(await engine.rows(sql`SELECT c0, c1, c2 FROM raw_0 ORDER BY ${dialect().loadOrder()}`)).toEqual([
        { c0: '007', c1: '1E5', c2: '01/02/2024' },
        { c0: '9007199254740993', c1: 'two\nlines', c2: '' },
      ]);
    });

    test('after the lock nothing reaches files, network or settings, and spilling still works', async () => {
      const path = join(folder, 'secret.csv');
      await writeFile(path, 'a\n1\n');
      await engine.lock();
      const attacks = [
        sql`SELECT * FROM read_csv(${literal(path)})`,
        sql`SELECT * FROM read_text(${literal(path)})`,
        sql`SELECT * FROM glob('*')`,
        sql`COPY (SELECT 1) TO ${literal(join(folder, 'out.csv'))}`,
        sql`ATTACH ${literal(join(folder, 'other.db'))}`,
        sql`INSTALL httpfs`,
        sql`LOAD httpfs`,
        sql`SELECT * FROM read_csv('https://localhost/x.csv')`,
        sql`SET enable_external_access = true`,
        sql`SET memory_limit = '100GB'`,
        sql`SET lock_configuration = false`,
        sql`EXPORT DATABASE ${literal(folder)}`,
      ];
      for (const attack of attacks) await expect(engine.run(attack), attack.text).rejects.toThrow();
      expect((await readdir(folder)).toSorted()).toEqual(expect.not.arrayContaining(['out.csv', 'other.db']));
      expect(await value(sql`1`)).toBe(1);
    });
  });
}
