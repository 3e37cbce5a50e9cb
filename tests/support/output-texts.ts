/** Everything that can be read in the outputs of a run, whatever their format. */
import { strFromU8, unzipSync, unzlibSync } from 'fflate';
import type { OutputFile } from '../../src/cli/files.js';

const zipped = /\.(xlsx|docx)$/;

/** The file as it stands, and behind it every stream that is packed: objects hide there, too. */
function pdfText(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes).toString('latin1');
  const streams = [...raw.matchAll(/\/FlateDecode[^>]*>>\s*stream\r?\n/g)].map(({ index, 0: head }) => {
    const from = index + head.length;
    return strFromU8(unzlibSync(bytes.subarray(from, raw.indexOf('endstream', from))), true);
  });
  return [raw, ...streams].join('\n');
}

/** Name → text; the parts of office files one by one. Letters of a PDF are drawn as shapes of its fonts: for what it says ask `documentData`. */
export function outputTexts(files: readonly OutputFile[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { name, content } of files) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    if (name.endsWith('.pdf')) texts.set(name, pdfText(bytes));
    else if (!zipped.test(name)) texts.set(name, Buffer.from(bytes).toString('utf8'));
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
