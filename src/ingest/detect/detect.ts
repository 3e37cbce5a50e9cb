/** Roles and columns of files that no mapping names. What evidence cannot settle becomes a question, never a guess. */
import { type TableName, tableNamed } from '../../model/tables.js';
import type { FileEntry } from '../mapping/schema.js';
import type { Answers, Question } from '../plan/plan.js';
import type { Notes, Role } from '../plan/resolve.js';
import type { Source } from '../source.js';
import { isDictionary, readDictionaries } from './dictionary.js';
import { entryFor } from './entry.js';
import { normalise } from './header.js';
import { askScore, matchTable, rounded, type Surroundings, sureScore, type TableMatches } from './matches.js';
import { type ColumnProfile, profileColumns } from './profile.js';
import { flagColumns, type RoleFacts, scoreRoles, testShape } from './roles.js';

interface DetectedFile {
  readonly entry: FileEntry;
  readonly role: Role;
  readonly notes: Notes | null;
}

export interface Detected {
  readonly files: ReadonlyMap<number, DetectedFile>;
  readonly questions: readonly Question[];
}

const sureMargin = 0.1;

/** @param wanted files to decide. @param all every file of the run, because the others are evidence. */
export function detectFiles(wanted: readonly Source[], all: readonly Source[], answers: Answers): Detected {
  const around: Surroundings = { preferred: sharedMemberHeaders(all), descriptions: readDictionaries(all) };
  const files = new Map<number, DetectedFile>();
  const questions: Question[] = [];
  for (const source of wanted) {
    const found = detectFile(source, around, answers);
    files.set(source.index, found.file);
    questions.push(...found.questions);
  }
  const isNothing = wanted.length === all.length && wanted.length > 0 && [...files.values()].every(({ entry }) => entry.ignore !== undefined);
  if (isNothing && !questions.some(({ isBlocking }) => isBlocking)) questions.push(nothingRecognised(wanted));
  return { files, questions };
}

function detectFile(source: Source, around: Surroundings, answers: Answers): { file: DetectedFile; questions: readonly Question[] } {
  const chosen = answers.roles?.[source.file];
  if (chosen === 'ignore') return leftOut(source, 'the user said so', []);
  if (isDictionary(source)) return leftOut(source, 'it describes columns and holds no data itself', []);
  if (source.rowsRead === 0) return leftOut(source, 'it has a header and no rows', []);
  const facts = factsOf(source, around);
  const shape = testShape(facts.profiles);
  const [best, second] = chosen === undefined ? scoreRoles(facts) : [{ role: chosen, score: 1, reason: 'the user said so' }];
  const isTest = shape !== null && !facts.matches('assignments').sure.has('campaign_id');
  if (isTest && chosen === undefined) {
    return leftOut(source, 'it is a test whose campaign and holdout are not named', [undeclaredTest(source, shape.arm, shape.outcomes)]);
  }
  if (best === undefined || best.score < askScore) return leftOut(source, lookUpReason(facts.profiles), []);
  if (best.score < sureScore || (second !== undefined && best.score - second.score < sureMargin - 1e-9)) {
    const others = [best, ...(second === undefined ? [] : [second])].map(({ role }) => role);
    return leftOut(source, `it could be ${others.join(' or ')}`, [ambiguousRole(source, others)]);
  }
  const missing = tableNamed(best.role).columns.filter(
    ({ name, isRequired, mayBeEmpty }) => isRequired && !mayBeEmpty && !facts.matches(best.role).sure.has(name),
  );
  const { entry, notes, questions } = entryFor(best.role, facts);
  const [table] = entry.tables ?? [];
  const given = new Set([...Object.keys(table?.columns ?? {}), table?.unpivot?.name, table?.unpivot?.value]);
  const absent = missing.filter(({ name }) => !given.has(name));
  if (absent.length > 0) {
    const names = absent.map(({ name }) => name);
    return leftOut(source, `it looks like ${best.role}, but ${names.join(', ')} cannot be found`, [absentColumns(source, best.role, names)]);
  }
  return {
    file: { entry, role: { reason: best.reason, confidence: rounded(best.score) }, notes },
    questions: [...questions, ...flagQuestion(source, facts.profiles), ...unlinkedQuestion(source, entry)],
  };
}

function factsOf(source: Source, around: Surroundings): RoleFacts {
  const profiles = profileColumns(source);
  const known = new Map<TableName, TableMatches>();
  return {
    source,
    profiles,
    matches: (table) => {
      const found = known.get(table) ?? matchTable(tableNamed(table), profiles, around);
      known.set(table, found);
      return found;
    },
  };
}

/** Spellings of the customer's number that at least two files share. */
function sharedMemberHeaders(all: readonly Source[]): ReadonlySet<string> {
  const column = tableNamed('members').columns.find(({ name }) => name === 'member_id');
  const spellings = new Set([...(column?.synonyms ?? []), 'memberid']);
  const counts = new Map<string, number>();
  for (const name of all.flatMap(({ header }) => [...new Set(header.map(normalise))])) {
    if (spellings.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, files]) => files >= 2).map(([name]) => name));
}

function leftOut(source: Source, reason: string, questions: readonly Question[]): { file: DetectedFile; questions: readonly Question[] } {
  return { file: { entry: { file: source.file, ignore: reason }, role: { reason, confidence: null }, notes: null }, questions };
}

function lookUpReason(profiles: readonly ColumnProfile[]): string {
  const keys = profiles.filter(({ words }) => words.some((word) => ['id', 'upc', 'sku', 'code', 'key'].includes(word))).map(({ header }) => header);
  if (keys.length === 0) return 'nothing in it names a member, a campaign, a sale or points';
  return `a look-up table (${keys.join(', ')}) in which nothing happens to a member`;
}

function question(source: Source, name: string, message: string, whatToDo: string, isBlocking = true): Question {
  return { name, file: source.file, column: null, isBlocking, message, whatToDo };
}

function undeclaredTest(source: Source, arm: ColumnProfile, outcomes: readonly ColumnProfile[]): Question {
  const names = outcomes.map(({ header }) => `“${header}”`).join(', ');
  return question(
    source,
    'undeclared-test',
    `${source.file} looks like one row per customer of a test: an arm in “${arm.header}” and outcomes in ${names}. It does not name the campaign, nor which arm is the holdout, and neither is guessed.`,
    'Give a mapping with --mapping that sets campaign_id, the value of the holdout and the member id; examples/hillstrom.yaml is one to copy.',
  );
}

function ambiguousRole(source: Source, roles: readonly string[]): Question {
  return question(
    source,
    'ambiguous-role',
    `${source.file} could be ${roles.join(' or ')}, and nothing in it settles which.`,
    `Say --role "${source.file}=${roles[0]}", or =ignore to leave it out, or name its table in a mapping (--mapping).`,
  );
}

function absentColumns(source: Source, role: string, names: readonly string[]): Question {
  return question(
    source,
    'missing-required-column',
    `${source.file} looks like ${role}, but no column is ${names.join(' or ')}.`,
    `Name ${names.join(', ')} in a mapping (--mapping loyalty.yaml), or write “ignore” there to leave the file out.`,
  );
}

function nothingRecognised(sources: readonly Source[]): Question {
  return {
    name: 'nothing-recognised',
    file: sources.map(({ file }) => file).join(', '),
    column: null,
    isBlocking: true,
    message: `None of the ${sources.length} files could be recognised as members, sales, campaigns, contacts, responses or points.`,
    whatToDo: 'Say what the files and columns are in a mapping (--mapping loyalty.yaml); examples/ holds three to copy.',
  };
}

function unlinkedQuestion(source: Source, { tables: entries }: FileEntry): Question[] {
  const sales = entries?.find(({ table }) => table === 'transactions');
  if (sales === undefined || sales.columns.member_id !== undefined) return [];
  const message = `No column of ${source.file} names the customer, so all its sales count as unlinked.`;
  return [question(source, 'no-customer-column', message, 'If one does, set “member_id” under transactions in the mapping.', false)];
}

function flagQuestion(source: Source, profiles: readonly ColumnProfile[]): Question[] {
  const flags = flagColumns(profiles);
  if (flags.length === 0) return [];
  const names = flags.map(({ header }) => header).join(', ');
  const message = `${names} look like one flag per campaign; whether they are contacts or responses is not said, so they are left out.`;
  return [question(source, 'campaign-flags', message, 'Add a table “responses” or “contacts” with “unpivot” for them to the mapping.', false)];
}
