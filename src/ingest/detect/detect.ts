/** Roles and columns of files that no mapping names. What evidence cannot settle becomes a question, never a guess. */
import { type TableName, tableNamed } from '../../model/tables.js';
import type { FileEntry } from '../mapping/schema.js';
import type { Answers, Question } from '../plan/plan.js';
import type { Notes, Role } from '../plan/resolve.js';
import { type CustomerHeaders, chooseCustomers, recognise, recognisedFile } from '../recognisers/recognise.js';
import type { Source } from '../source.js';
import { isHeaderData } from '../structure/safe-header.js';
import { isDictionary, readDictionaries } from './dictionary.js';
import { entryFor } from './entry.js';
import { normalise } from './header.js';
import { askScore, matchTable, rounded, type Surroundings, sureScore, type TableMatches } from './matches.js';
import { profileColumns } from './profile.js';
import {
  absentColumns,
  ambiguousRole,
  flagQuestion,
  noHeaderRow,
  nothingRecognised,
  undeclaredTest,
  unknownHeaders,
  unlikeKeysQuestion,
  unlinkedQuestion,
  unnamedDatesQuestion,
} from './questions.js';
import { type RoleFacts, scoreRoles, testShape } from './roles.js';
import { isKey, type KnownCustomers, knownCustomers, type Link, linksOf, readValues } from './values.js';

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
  const customers = chooseCustomers(all);
  const known = knownCustomers(all);
  const files = new Map<number, DetectedFile>();
  const questions: Question[] = [];
  for (const source of wanted) {
    const found = recogniseFile(source, customers, answers) ?? detectFile(source, around, known, answers);
    files.set(source.index, found.file);
    questions.push(...found.questions);
  }
  questions.push(...unlikeKeysQuestion(wanted, new Map([...files].map(([index, { entry }]) => [index, entry]))));
  const isNothing = wanted.length === all.length && wanted.length > 0 && [...files.values()].every(({ entry }) => entry.ignore !== undefined);
  if (isNothing && !questions.some(({ isBlocking }) => isBlocking)) questions.push(nothingRecognised(wanted));
  return { files, questions };
}

/** A known export needs no scorer; a role that the user gave and that it does not have beats it. */
function recogniseFile(source: Source, customers: CustomerHeaders, answers: Answers): { file: DetectedFile; questions: readonly Question[] } | null {
  const chosen = answers.roles?.[source.file];
  const recogniser = recognise(source.header);
  if (recogniser === null || source.rowsRead === 0) return null;
  if (chosen !== undefined && !(recogniser.entry.tables ?? []).some(({ table }) => table === chosen)) return null;
  const { entry, notes, questions } = recognisedFile(recogniser, source, profileColumns(source), customers.get(source.index));
  const reason = entry.ignore ?? `${recogniser.vendor} ${recogniser.name}: ${recogniser.why}`;
  return { file: { entry, role: { reason, confidence: entry.ignore === undefined ? 1 : null }, notes }, questions };
}

function detectFile(
  source: Source,
  around: Surroundings,
  known: readonly KnownCustomers[],
  answers: Answers,
): { file: DetectedFile; questions: readonly Question[] } {
  const chosen = answers.roles?.[source.file];
  if (chosen === 'ignore') return leftOut(source, 'the user said so', []);
  if (isHeaderData(source) && source.sample.length > 0) return leftOut(source, 'its first row is data, and no row names the columns', [noHeaderRow(source)]);
  if (isDictionary(source)) return leftOut(source, 'it describes columns and holds no data itself', []);
  if (source.rowsRead === 0) return leftOut(source, 'it has a header and no rows', []);
  const facts = factsOf(source, around);
  const links = linksOf(facts.profiles, source.file, known);
  const shape = testShape(facts.profiles);
  const [best, second] = chosen === undefined ? scoreRoles(facts) : [{ role: chosen, score: 1, reason: 'the user said so' }];
  const isTest = shape !== null && !facts.matches('assignments').sure.has('campaign_id');
  if (isTest && chosen === undefined) {
    return leftOut(source, 'it is a test whose campaign and holdout are not named', [undeclaredTest(source, shape.arm, shape.outcomes)]);
  }
  if (best === undefined || best.score < askScore) return unknownFile(facts, links);
  if (best.score < sureScore || (second !== undefined && best.score - second.score < sureMargin - 1e-9)) {
    const others = [best, ...(second === undefined ? [] : [second])].map(({ role }) => role);
    return leftOut(source, `it could be ${others.join(' or ')}`, [ambiguousRole(source, others, readValues(facts.profiles))]);
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
    return leftOut(source, `it looks like ${best.role}, but ${names.join(', ')} cannot be found`, [
      absentColumns(source, best.role, names, readValues(facts.profiles)),
    ]);
  }
  return {
    file: { entry, role: { reason: best.reason, confidence: rounded(best.score) }, notes },
    questions: [
      ...questions,
      ...flagQuestion(source, facts.profiles),
      ...unlinkedQuestion(source, entry, links),
      ...unnamedDatesQuestion(facts, best.role, entry),
    ],
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

/** Headers that name things but no member are a look-up table; headers that say too little are a question about their values. */
function unknownFile(facts: RoleFacts, links: readonly Link[]): { file: DetectedFile; questions: readonly Question[] } {
  const { source, profiles } = facts;
  const values = readValues(profiles);
  const hasMember = facts.matches('contacts').sure.has('member_id');
  const hasCampaign = facts.matches('contacts').sure.has('campaign_id');
  const keys = profiles.filter(isKey).map(({ header }) => header);
  const isUnexplained = values.unnamed.length > 0 && (hasCampaign || values.isDated);
  if (keys.length > 0 && !hasMember && links.length === 0 && !isUnexplained) {
    return leftOut(source, `a look-up table (${keys.join(', ')}) in which nothing happens to a member`, []);
  }
  const isBlocking = values.isEvent || hasMember || links.length > 0;
  const questions = values.hasIdentifier ? [unknownHeaders(source, values, links, isBlocking)] : [];
  return leftOut(source, 'nothing in its headers says what happens to a member, a campaign, a sale or points', questions);
}
