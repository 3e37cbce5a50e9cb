// Writes schema/*.schema.json from the built definitions.
import { mkdirSync, writeFileSync } from 'node:fs';
import { publishedSchema } from '../dist/published-schema.js';

mkdirSync(new URL('../schema/', import.meta.url), { recursive: true });
for (const document of ['result', 'config']) {
  writeFileSync(new URL(`../schema/${document}.schema.json`, import.meta.url), `${publishedSchema(document)}\n`);
}
