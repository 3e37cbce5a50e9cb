import type { QueryEngine } from '../engine/engine.js';
import { identifier, type Sql } from '../engine/sql.js';

/** Makes a table anew, for work that is done several times. @returns its name. */
export async function remake(engine: QueryEngine, name: string, query: Sql): Promise<Sql> {
  await engine.run(engine.dialect.dropTable(name));
  await engine.run(engine.dialect.createTableAs(name, query));
  return identifier(name);
}
