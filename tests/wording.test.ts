/**
 * No sentence of the program says that one thing made another happen, unless chance decided who got it. Read from the source, so that a
 * sentence which no test happens to produce is read as well; what comes out of the audits is read again by `auditTester`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Literal, literalsOf, tagTextOf } from './support/literals.js';

/** Verbs and nouns of cause (methodology §3.6 and §11.2), in every form. */
const causal = /\b(caus(?:ed|es|ing)|drove|driv(?:e|es|en|ing)|impact(?:ed|s|ing|ful)?|due to|(?:up)?lift(?:ed|s|ing)?|damag(?:e|ed|es|ing)|thanks to)\b/gi;

/** Rooms whose literals reach a page. Names of files, campaigns of the simulated retailer and errors about damaged archives are no findings. */
const speaking = /^(audits|derived|holdout|opinion|report|statistics|simulate-cap)\b/;

/** What may be said all the same: that there is none, a drive for new members, and what Forrester found missing. */
const denials = [/\bno uplift (?:can|should) be (?:stated|published)/gi, /\bthe next such drive\b/gi, /\bwhat drives customer value is not studied\b/gi];

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.sql.ts') && speaking.test(file))
  .map((file) => `src/${file}`)
  .sort();

const claims = (text: string): string[] => denials.reduce((rest, denial) => rest.replaceAll(denial, ''), text).match(causal) ?? [];
/** A single word is an identifier, or one that a rule looks for in the client’s own lists. */
const isSentence = ({ text }: Literal): boolean => text.trim().includes(' ');

describe('sentences', () => {
  test('there are files to read, and every room that speaks is among them', () => {
    expect(files.length).toBeGreaterThan(200);
    for (const room of ['audits', 'opinion', 'report', 'holdout']) expect(files.some((file) => file.startsWith(`src/${room}/`))).toBe(true);
  });

  test.each(files)('%s claims no cause', (file) => {
    const source = readFileSync(file, 'utf8');
    const literals = [...literalsOf(source), ...(file.endsWith('.tsx') ? tagTextOf(source) : [])].filter(isSentence);
    expect(literals.flatMap(({ line, text }) => claims(text).map((word) => `line ${line}: ${word}`))).toEqual([]);
  });
});

describe('the reader of literals', () => {
  test('takes strings and templates, and neither comments nor code nor regular expressions', () => {
    const source = [
      "// it 'caused' this",
      "const a = 'plain'; /* `no` */",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the source that is read holds a template
      'const b = `one ${f("two")} three`;',
      'const c = /[\'"]x/.test(a) ? "yes" : a / 2;',
    ].join('\n');
    expect(literalsOf(source)).toEqual([
      { line: 2, text: 'plain' },
      { line: 3, text: 'two' },
      { line: 3, text: 'one   three' },
      { line: 4, text: 'yes' },
    ]);
  });

  test('a claim is seen in every form, and a denial is none', () => {
    expect(claims('The offer lifted sales and drove visits.')).toEqual(['lifted', 'drove']);
    expect(claims('For these campaigns no uplift can be stated.')).toEqual([]);
    expect(claims('The rise is due to the offer; its impact was large.')).toEqual(['due to', 'impact']);
  });
});
