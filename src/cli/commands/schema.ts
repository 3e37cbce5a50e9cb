/** `schema`: the published JSON Schemas, made from the same definitions that the program checks with. */
import { publishedSchema } from '../../published-schema.js';
import { print } from '../terminal.js';

export function schemaCommand(options: { readonly of: 'result' | 'config' }): void {
  print(publishedSchema(options.of));
}
