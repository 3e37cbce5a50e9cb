/**
 * An engine that remembers what was asked of it and for what, so that a report can show the queries behind each number, and that
 * does shared work once. Made around every engine, whatever runs the SQL.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Engine, EngineCore, TextFile } from './engine.js';
import { indented, shapeOf } from './query-text.js';
import type { Sql } from './sql.js';

/** The queries of one purpose. */
export interface QueryRecord {
  /** An audit, or the name of shared work. */
  readonly purpose: string;
  /** Shared work that it draws on, in the order of asking. */
  readonly uses: readonly string[];
  /** In the order of asking. One that was asked again with other numbers stands once, as it was asked first. */
  readonly statements: readonly { readonly text: string; readonly times: number }[];
}

interface OpenRecord {
  readonly purpose: string;
  readonly uses: Set<string>;
  /** By shape. */
  readonly statements: Map<string, { readonly text: string; times: number }>;
}

export function recorded(core: EngineCore): Engine {
  return new RecordedEngine(core);
}

class RecordedEngine implements Engine {
  readonly #core: EngineCore;
  readonly #records = new Map<string, OpenRecord>();
  readonly #shared = new Map<string, Promise<unknown>>();
  /** What is being asked for; it follows each chain of calls, so that work side by side is kept apart. */
  readonly #asking = new AsyncLocalStorage<OpenRecord>();

  constructor(core: EngineCore) {
    this.#core = core;
  }

  get dialect(): Engine['dialect'] {
    return this.#core.dialect;
  }

  get version(): string {
    return this.#core.version;
  }

  run(statement: Sql): Promise<void> {
    this.#note(statement);
    return this.#core.run(statement);
  }

  rows<Row>(query: Sql<Row>): Promise<Row[]> {
    this.#note(query);
    return this.#core.rows(query);
  }

  shared<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#asking.getStore()?.uses.add(name);
    const known = this.#shared.get(name);
    if (known !== undefined) return known as Promise<T>;
    const fresh = this.asking(name, work);
    this.#shared.set(name, fresh);
    return fresh;
  }

  asking<T>(purpose: string, work: () => Promise<T>): Promise<T> {
    const record = this.#records.get(purpose) ?? { purpose, uses: new Set(), statements: new Map() };
    this.#records.set(purpose, record);
    return this.#asking.run(record, work);
  }

  queries(): QueryRecord[] {
    return [...this.#records.values()].map(({ purpose, uses, statements }) => ({
      purpose,
      uses: [...uses],
      statements: [...statements.values()].map(({ text, times }) => ({ text: indented(text), times })),
    }));
  }

  loadText(table: string, file: TextFile): Promise<number> {
    return this.#core.loadText(table, file);
  }

  lock(): Promise<void> {
    return this.#core.lock();
  }

  interrupt(): void {
    this.#core.interrupt();
  }

  close(): Promise<void> {
    return this.#core.close();
  }

  #note({ text }: Sql): void {
    const record = this.#asking.getStore();
    if (record === undefined) return;
    const shape = shapeOf(text);
    const known = record.statements.get(shape);
    if (known === undefined) record.statements.set(shape, { text, times: 1 });
    else known.times += 1;
  }
}
