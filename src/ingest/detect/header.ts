/** How much a header says about a column of the model, by its spelling alone. */
import type { CanonicalColumn } from '../../model/tables.js';

/** Without accents, because exports drop them at will: `Numéro` and `Numero`, `Kündigung` and `Kundigung`. */
function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll('œ', 'oe');
}

/** Letters and digits only, in lower case: `Customer-No.` and `customerno` are one spelling. */
export function normalise(header: string): string {
  return withoutAccents(header.toLowerCase()).replace(/[^\p{L}\p{N}]/gu, '');
}

/** Words of a header: `memberId`, `member_id` and `Member ID` are all member, id. */
export function wordsOf(header: string): string[] {
  return withoutAccents(header)
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Words that many systems use for many things: alone they are enough only when nothing better is there. */
const vague = new Set(
  'date type value name total status source level end start to from until spend amount points title event group cell sent delivered orders responses revenue id brand store subject description reason in measure score answer question timestamp created createdat since return history units discount net gross offer cancelled cancellation joined enrolled team goal aim medium channel segment cluster launch platform trigger treatment datum betrag umsatz chiffredaffaires montant statut stufe niveau palier quelle herkunft origine kanal canal gruppe groupe beginn ende debut fin kosten cout ziel objectif punkte rabatt remise reduction marge filiale magasin bezeichnung'.split(
    ' ',
  ),
);
/** These name the thing that a row is about, or a currency, and add nothing to the meaning of a column. */
const decoration = new Set(
  'member customer household campaign order transaction points gbp eur usd chf cad aud sek nok dkk pln the of in de du des la le les d l der die das'.split(
    ' ',
  ),
);

/**
 * @returns 1 for a specific spelling of the column, 0.9 for a vague one or one with words around it that add nothing, less for
 * a spelling inside a longer header, 0 for none.
 */
export function headerScore(header: string, column: CanonicalColumn): number {
  const name = normalise(header);
  if (name === '') return 0;
  const spellings = new Set([normalise(column.name), ...column.synonyms.map(normalise)]);
  if (spellings.has(name)) return vague.has(name) ? 0.9 : 1;
  const words = wordsOf(header);
  const core = words.filter((word) => !decoration.has(word)).join('');
  if (core !== '' && core.length < name.length && !['id', 'name', 'number', 'no', 'code', 'date'].includes(core) && spellings.has(core)) return 0.9;
  return containedScore(words, spellings);
}

/** The longest run of words that is a specific spelling, by the share of the header that it covers. */
function containedScore(words: readonly string[], spellings: ReadonlySet<string>): number {
  const length = words.join('').length;
  let longest = 0;
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= words.length; to += 1) {
      const run = words.slice(from, to).join('');
      if (run.length > longest && spellings.has(run) && !vague.has(run)) longest = run.length;
    }
  }
  return longest === 0 ? 0 : 0.5 + (0.35 * longest) / length;
}
