/** The JSON Schemas in `schema/`, made from the zod definitions. */
import { z } from 'zod';
import { mappingFile } from './ingest/mapping/schema.js';
import { result } from './result/schema.js';

const documents = {
  result: { schema: result, title: 'Result of loyalty-health' },
  config: { schema: mappingFile, title: 'loyalty.yaml: column mapping and settings of loyalty-health' },
};

/** @returns JSON text of the schema of a document. */
export function publishedSchema(document: keyof typeof documents): string {
  const { schema, title } = documents[document];
  return JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'input' }) }, null, 2);
}
