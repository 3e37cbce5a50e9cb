/**
 * Every audit has its file, SQL, test, documentation page and line in the index, under one name; and every path that the import
 * rules guard exists. Reads source text only, so nothing needs to be built. Exits with 1 and names what is missing.
 *
 * Usage: npm run check:audits
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';

const [root = '.'] = argv.slice(2);
const at = (path) => join(root, path);
const read = (path) => readFileSync(at(path), 'utf8');
const complaints = [];
const complainUnless = (isFine, sentence) => {
  if (!isFine) complaints.push(sentence);
};

/** Files that define an audit, with what they say of themselves. */
function auditFiles() {
  const folders = readdirSync(at('src/audits'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .flatMap(({ name: folder }) =>
      readdirSync(at(`src/audits/${folder}`)).map((file) => ({ folder, file: basename(file, '.ts'), path: `src/audits/${folder}/${file}` })),
    )
    .filter(({ path }) => path.endsWith('.ts') && !path.endsWith('.sql.ts'))
    .map((audit) => ({ ...audit, text: read(audit.path) }))
    .filter(({ text }) => /\bdefineAudit\(/.test(text))
    .map((audit) => {
      const [, name] = /export const (\w+) = defineAudit\(/.exec(audit.text) ?? [];
      const [, id] = /defineAudit\(\{\s*id: '([^']*)'/.exec(audit.text) ?? [];
      const [, category] = /^ {2}category: '([^']*)'/m.exec(audit.text) ?? [];
      return { ...audit, name, id, category };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Imports of the index, and the names in its list. */
function readIndex() {
  const text = read('src/audits/index.ts');
  const imports = [...text.matchAll(/^import \{ (\w+) \} from '\.\/([\w-]+)\/([\w-]+)\.js';$/gm)].map(([, name, folder, file]) => ({
    name,
    path: `src/audits/${folder}/${file}.ts`,
  }));
  const [, list = ''] = /export const audits[^=]*= \[([^\]]*)\]/.exec(text) ?? [];
  return {
    imports,
    listed: list
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  };
}

function checkAudit({ folder, file, path, text, name, id, category }, { imports, listed }) {
  complainUnless(id !== undefined, `${path}: the first property of defineAudit must be its id.`);
  complainUnless(name !== undefined, `${path}: the audit must be a named export.`);
  complainUnless(id === undefined || id === file, `${path}: the id “${id}” is not the name of the file.`);
  complainUnless(category === folder, `${path}: the category “${category ?? 'none'}” is not the name of the folder.`);
  const sqlFile = `src/audits/${folder}/${file}.sql.ts`;
  complainUnless(existsSync(at(sqlFile)), `${file}: its SQL is missing (${sqlFile}).`);
  const testFile = `tests/audits/${folder}/${file}.test.ts`;
  complainUnless(existsSync(at(testFile)), `${file}: its test is missing (${testFile}).`);
  if (existsSync(at(testFile)))
    complainUnless(read(testFile).includes(`auditTester(${name},`), `${testFile}: it does not hold ${name} against the laws of auditTester.`);
  const page = `docs/audits/${file}.md`;
  complainUnless(existsSync(at(page)), `${file}: its documentation page is missing (${page}).`);
  if (existsSync(at(page))) complainUnless(read(page).startsWith(`# ${file}\n`), `${page}: the first line must be “# ${file}”.`);
  const line = imports.find((known) => known.path === path);
  complainUnless(line !== undefined && line.name === name, `${file}: src/audits/index.ts does not import it.`);
  complainUnless(listed.includes(name), `${file}: src/audits/index.ts does not list it.`);
  complainUnless(!/\bcatch\s*[({]/.test(text), `${path}: an audit may not catch exceptions.`);
}

/** Paths that the import rules of biome.json speak of: their rooms, and the rooms that they close. */
function guardedPaths() {
  const rules = JSON.parse(read('biome.json')).overrides ?? [];
  return rules.flatMap(({ includes = [], linter }) => {
    const rooms = includes
      .filter((pattern) => pattern.startsWith('src/') || pattern.startsWith('!src/'))
      .map((pattern) => pattern.replace(/^!/, '').replace(/\/\*\*$/, ''));
    const patterns = linter?.rules?.style?.noRestrictedImports?.options?.patterns ?? [];
    const closed = patterns
      .flatMap(({ group }) => group)
      .map(
        (pattern) =>
          `src/${pattern
            .replace(/^(\.\.\/)+/, '')
            .replace(/\/\*\*$/, '')
            .replace(/\.js$/, '.ts')}`,
      );
    return [...rooms, ...closed];
  });
}

const audits = auditFiles();
const index = readIndex();
complainUnless(audits.length > 0, 'src/audits holds no audit at all.');
for (const audit of audits) checkAudit(audit, index);
for (const { name, path } of index.imports) {
  complainUnless(
    audits.some((audit) => audit.path === path),
    `src/audits/index.ts: ${name} comes from ${path}, which defines no audit.`,
  );
}
for (const name of index.listed)
  complainUnless(
    index.imports.some((known) => known.name === name),
    `src/audits/index.ts: ${name} is listed but not imported.`,
  );
if (existsSync(at('docs/audits'))) {
  for (const page of readdirSync(at('docs/audits')).filter((file) => file.endsWith('.md') && file !== 'README.md')) {
    complainUnless(
      audits.some(({ file }) => `${file}.md` === page),
      `docs/audits/${page}: no audit has this name.`,
    );
  }
}
for (const path of new Set(guardedPaths())) complainUnless(existsSync(at(path)), `biome.json: the import rules guard ${path}, which does not exist.`);

if (complaints.length > 0) {
  stderr.write(`${complaints.join('\n')}\n`);
  exit(1);
}
stdout.write(`${audits.length} audits: each has its file, SQL, test, page and line in the index.\n`);
