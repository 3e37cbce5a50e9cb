import { describe, expect, test } from 'vitest';
import { duckdbDialect } from '../../src/engine/duckdb/dialect.js';
import type { EngineCore } from '../../src/engine/engine.js';
import { indented, shapeOf } from '../../src/engine/query-text.js';
import { recorded } from '../../src/engine/recorded.js';
import { literal, sql } from '../../src/engine/sql.js';

/** An engine that answers nothing, a moment later. */
function silentCore(): EngineCore & { readonly asked: string[] } {
  const asked: string[] = [];
  const wait = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    asked,
    dialect: duckdbDialect,
    version: 'none',
    run: async ({ text }) => {
      asked.push(text);
      await wait();
    },
    rows: async ({ text }) => {
      asked.push(text);
      await wait();
      return [];
    },
    loadText: async () => 0,
    lock: wait,
    interrupt: () => undefined,
    close: wait,
  };
}

describe('an engine that remembers what it was asked', () => {
  test('keeps the queries of each purpose, also when two are at work side by side', async () => {
    const engine = recorded(silentCore());
    await Promise.all(
      ['first', 'second'].map((purpose) =>
        engine.asking(purpose, async () => {
          await engine.rows(sql`SELECT 1 FROM ${literal(purpose)}`);
          await engine.run(sql`DROP TABLE ${literal(purpose)}`);
        }),
      ),
    );
    expect(engine.queries()).toEqual([
      {
        purpose: 'first',
        uses: [],
        statements: [
          { text: "SELECT 1 FROM 'first'", times: 1 },
          { text: "DROP TABLE 'first'", times: 1 },
        ],
      },
      {
        purpose: 'second',
        uses: [],
        statements: [
          { text: "SELECT 1 FROM 'second'", times: 1 },
          { text: "DROP TABLE 'second'", times: 1 },
        ],
      },
    ]);
  });

  test('keeps nothing that was asked for no purpose', async () => {
    const engine = recorded(silentCore());
    await engine.rows(sql`SELECT 1`);
    expect(engine.queries()).toEqual([]);
  });

  test('does shared work once, and knows everybody who draws on it', async () => {
    const core = silentCore();
    const engine = recorded(core);
    const table = (): Promise<string> =>
      engine.shared('facts', async () => {
        await engine.run(sql`CREATE TABLE facts AS SELECT 1 AS one`);
        return 'facts';
      });
    for (const purpose of ['first', 'second']) expect(await engine.asking(purpose, table)).toBe('facts');
    expect(core.asked).toHaveLength(1);
    expect(engine.queries().map(({ purpose, uses, statements }) => [purpose, uses, statements.length])).toEqual([
      ['first', ['facts'], 0],
      ['facts', [], 1],
      ['second', ['facts'], 0],
    ]);
  });

  test('writes a query once that is asked again with other numbers', async () => {
    const engine = recorded(silentCore());
    await engine.asking('first', async () => {
      for (const day of [1, 20, 3e-7]) await engine.rows(sql`SELECT count(*) FROM sales WHERE day >= ${literal(day)}`);
      await engine.rows(sql`SELECT count(*) FROM sales WHERE shop = ${literal('north')}`);
    });
    expect(engine.queries()[0]?.statements).toEqual([
      { text: 'SELECT count(*) FROM sales WHERE day >= 1', times: 3 },
      { text: "SELECT count(*) FROM sales WHERE shop = 'north'", times: 1 },
    ]);
  });
});

describe('the text of a query', () => {
  test('moves lines in by open brackets, whatever the template’s depth, and counts none in quotes or comments', () => {
    const text = `
        WITH a AS (
              -- why: a bracket ( in a comment
          SELECT ')' AS b, "(" AS c
            FROM (
      SELECT 1
            ) d
        )
        SELECT b FROM a`;
    expect(indented(text)).toBe(
      ['WITH a AS (', ' -- why: a bracket ( in a comment', ` SELECT ')' AS b, "(" AS c`, ' FROM (', '  SELECT 1', ' ) d', ')', 'SELECT b FROM a'].join('\n'),
    );
  });

  test('has the same shape with other numbers and other numbered names, not with other words', () => {
    expect(shapeOf('SELECT 1.5e0 FROM "queue_1"')).toBe(shapeOf('SELECT  2 \n FROM "queue_0"'));
    expect(shapeOf("SELECT 'a1'")).not.toBe(shapeOf("SELECT 'b1'"));
  });
});
