import { openDuckdb } from '../../src/engine/duckdb/engine.js';
import { engineContract } from './contract.js';

engineContract('DuckDB', openDuckdb);
