/** Neutral names for names: the same one for the same thing wherever it stands, numbered in the order in which they are asked for. */
import { isWording, type KnownName, type NameKind } from './names.js';

/** What the surroundings of a text call the things that stand there. */
const hints: Readonly<Record<NameKind, RegExp>> = {
  arm: /\barms?\b|variant/i,
  campaign: /campaign|^test$/i,
  category: /categor/i,
  channel: /channel/i,
  column: /column/i,
  file: /file/i,
  note: /reason/i,
  offer: /offer|code/i,
  segment: /segment|division|group/i,
  source: /source|acqui/i,
  team: /team|owner/i,
  theme: /theme|brand/i,
  tier: /tier|recogn/i,
  unit: /unit|shop|store/i,
  wording: /goal|objective|measure|type|kind|written/i,
};

const fold = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();
const wordsOf = (text: string): string[] =>
  fold(text)
    .replace(/[-‐]/g, '')
    .match(/[\p{L}\p{N}]+/gu) ?? [];
const isNumber = (text: string): boolean => /^[\d\s.,-]+$/.test(text);
const letters = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
const isInsideWord = (text: string, at: number): boolean =>
  at > 0 && at < text.length && /[\p{L}\p{N}_]/u.test(text.charAt(at - 1)) && /[\p{L}\p{N}_]/u.test(text.charAt(at));

const sentenceCase = (substitute: string, text: string): string =>
  /^\p{Lu}/u.test(text) ? substitute.charAt(0).toUpperCase() + substitute.slice(1) : substitute;

/** Texts longer than this stand nowhere but as a whole. */
const longestInside = 200;

export class Substitutes {
  readonly #known = new Map<string, KnownName[]>();
  /** Texts as they may stand inside others: as written, or in lower case. */
  readonly #inside = new Set<string>();
  readonly #numbers = new Map<NameKind, Map<string, number>>();
  readonly #house: ReadonlySet<string>;
  #longest = 0;

  /** @param house words of the program's own sentences; text made of them says nothing of anybody. */
  constructor(names: readonly KnownName[], house: readonly string[]) {
    this.#house = new Set(house.flatMap(wordsOf));
    for (const name of names) this.#add(name);
  }

  #add(name: KnownName): void {
    const key = fold(name.name);
    const known = this.#known.get(key) ?? [];
    if (key === '' || known.some(({ kind }) => kind === name.kind)) return;
    this.#known.set(key, [...known, name]);
    if (letters(name.name) < 3 || name.name.length > longestInside) return;
    for (const text of [name.name, name.name.toLowerCase()]) this.#inside.add(text);
    this.#longest = Math.max(this.#longest, name.name.length);
  }

  #isPlain(text: string): boolean {
    return wordsOf(text).every((word) => this.#house.has(word) || /^\d+$/.test(word));
  }

  /** @returns null for what is no name. @param around what the surroundings call it. */
  #nameOf(text: string, around: string): KnownName | null {
    const known = this.#known.get(fold(text)) ?? [];
    const hinted = known.find(({ kind }) => hints[kind].test(around));
    const name = hinted ?? (isNumber(text) || (known.length > 1 && this.#isPlain(text)) ? undefined : known[0]);
    if (name === undefined) return null;
    return isWording(name.kind) && !isNumber(text) && this.#isPlain(text) ? null : name;
  }

  #substitute({ kind, thing }: KnownName): string {
    const numbers = this.#numbers.get(kind) ?? new Map<string, number>();
    this.#numbers.set(kind, numbers);
    const number = numbers.get(thing) ?? numbers.size + 1;
    numbers.set(thing, number);
    return `${kind} ${number}`;
  }

  /** A text that may be a name and nothing else; null where it is none. */
  whole(text: string, around: string): string | null {
    const name = this.#nameOf(text, around);
    return name === null ? null : this.#substitute(name);
  }

  /** A text that may be a name, or have names in it. */
  text(text: string, around: string): string {
    return this.whole(text, around) ?? this.#within(text, around);
  }

  #within(text: string, around: string): string {
    let done = '';
    let at = 0;
    while (at < text.length) {
      const found = isInsideWord(text, at) ? null : this.#longestAt(text, at, around);
      done += found === null ? text.charAt(at) : at === 0 ? sentenceCase(found.substitute, text) : found.substitute;
      at += found === null ? 1 : found.length;
    }
    return done;
  }

  #longestAt(text: string, at: number, around: string): { substitute: string; length: number } | null {
    for (let end = Math.min(text.length, at + this.#longest); end > at; end -= 1) {
      const part = text.slice(at, end);
      if (!this.#inside.has(part) || isInsideWord(text, end)) continue;
      // A word of the program's own, and not plainly written as a name: the sentence means the word.
      const isOwnWord = this.#isPlain(part) && !part.trim().includes(' ') && (at === 0 || part === part.toLowerCase());
      const name = isOwnWord || isNumber(part) ? null : this.#nameOf(part, around);
      if (name !== null) return { substitute: this.#substitute(name), length: part.length };
    }
    return null;
  }
}
