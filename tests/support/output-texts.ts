/** Everything that can be read in the outputs of a run, whatever their format. */
import { strFromU8, unzipSync } from 'fflate';
import type { OutputFile } from '../../src/cli/files.js';

const zipped = /\.(xlsx|docx)$/;

/** Name → text; the parts of office files one by one. What a PDF says is compressed: ask `documentData` of it. */
export function outputTexts(files: readonly OutputFile[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { name, content } of files) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    if (!zipped.test(name)) texts.set(name, Buffer.from(bytes).toString(name.endsWith('.pdf') ? 'latin1' : 'utf8'));
    else for (const [part, packed] of Object.entries(unzipSync(bytes))) texts.set(`${name}/${part}`, strFromU8(packed));
  }
  return texts;
}

/** Entities resolved and escapes taken away, so that a word is found however a format writes it. */
export function plainText(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll('\u200b', '')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
}
