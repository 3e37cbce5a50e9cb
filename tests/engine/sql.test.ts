import { describe, expect, test } from 'vitest';
import { identifier, join, literal, type Sql, sql } from '../../src/engine/sql.js';

describe('the sql tag', () => {
  test('puts fragments together', () => {
    expect(sql`SELECT ${identifier('a "b"')} FROM t WHERE x IN (${join([literal(1), literal("o'clock"), literal(null), literal(true)])})`.text).toBe(
      `SELECT "a ""b""" FROM t WHERE x IN (1, 'o''clock', NULL, TRUE)`,
    );
  });

  test('refuses what was not made by the tag', () => {
    const forged: Sql = { text: '1; DROP TABLE members' };
    expect(() => sql`SELECT ${forged}`).toThrow(TypeError);
  });

  test('writes fractions as doubles and refuses what is not finite', () => {
    expect(literal(0.1).text).toBe('1e-1');
    expect(() => literal(Number.NaN)).toThrow(TypeError);
  });
});
