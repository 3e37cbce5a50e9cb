/**
 * Makes a new audit from the templates beside this script: audit, SQL, test, documentation page, and its line in the index.
 * What it makes is a small working audit that passes its own test; change question, query and words to your own.
 *
 * Usage: npm run new:audit <category>/<id>     e.g. npm run new:audit targeting/ignored-weekends
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const templates = fileURLToPath(new URL('audit-template/', import.meta.url));
const longestLine = 160;

/** Ends with a message for the one who typed the command. */
function refuse(message) {
  stderr.write(`${message}\n`);
  exit(2);
}

/** `ignored-weekends` → `ignoredWeekends`. */
const camelCase = (id) => id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** The categories that the contract knows. */
function categoriesOf(root) {
  const [, list = ''] = /export const categories = \[([^\]]*)\]/.exec(readFileSync(join(root, 'src/audits/audit.ts'), 'utf8')) ?? [];
  return [...list.matchAll(/'([^']+)'/g)].map(([, category]) => category);
}

/** The index with one import, in the order of the paths, and one entry more. */
function withLine(index, name, path) {
  const lines = index.split('\n');
  const imports = lines.flatMap((line, at) => (/^import .* from '(.*)';$/.test(line) ? [{ at, path: /from '(.*)'/.exec(line)[1] }] : []));
  const next = imports.find((known) => known.path > path);
  lines.splice(next?.at ?? (imports.at(-1)?.at ?? 0) + 1, 0, `import { ${name} } from '${path}';`);
  return lines.join('\n').replace(/(export const audits[^=]*= )\[([^\]]*)\];/, (_, head, list) => {
    const names = [...list.split(',').map((entry) => entry.trim()), name].filter((entry) => entry !== '');
    const short = `${head}[${names.join(', ')}];`;
    return short.length <= longestLine ? short : `${head}[\n${names.map((entry) => `  ${entry},\n`).join('')}];`;
  });
}

const [wanted = '', root = '.'] = argv.slice(2);
const [category = '', id = ''] = wanted.split('/');
if (!/^[a-z][a-z-]*\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(wanted))
  refuse('Usage: npm run new:audit <category>/<id>, in lower case with hyphens; the id is a noun of the failing state.');
if (/^(check|no|test)-/.test(id)) refuse(`Call the audit by its failing state, not “${id}”: e.g. “neglected-members”.`);
const categories = categoriesOf(root);
if (!categories.includes(category)) refuse(`There is no category “${category}”. Categories: ${categories.join(', ')}.`);

const files = {
  'audit.ts.txt': `src/audits/${category}/${id}.ts`,
  'audit.sql.ts.txt': `src/audits/${category}/${id}.sql.ts`,
  'audit.test.ts.txt': `tests/audits/${category}/${id}.test.ts`,
  'audit.md.txt': `docs/audits/${id}.md`,
};
const taken = Object.values(files).find((file) => existsSync(join(root, file)));
if (taken !== undefined) refuse(`${taken} is there already; nothing was written.`);

const name = camelCase(id);
for (const [template, file] of Object.entries(files)) {
  const text = readFileSync(join(templates, template), 'utf8')
    .replaceAll('__ID__', id)
    .replaceAll('__CATEGORY__', category)
    .replaceAll('__CAMEL__', name)
    .replaceAll('__PASCAL__', name.slice(0, 1).toUpperCase() + name.slice(1));
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  stdout.write(`made     ${file}\n`);
}
const indexFile = join(root, 'src/audits/index.ts');
writeFileSync(indexFile, withLine(readFileSync(indexFile, 'utf8'), name, `./${category}/${id}.js`));
stdout.write('changed  src/audits/index.ts\n');
stdout.write(`\nNow: npx vitest run tests/audits/${category}/${id}, then docs/adding-an-audit.md.\n`);
