/** The text of a query as people read it. */

/** What stays the same when a query is asked again with other numbers. */
export function shapeOf(text: string): string {
  return text
    .replaceAll(/\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b/gi, '0')
    .replaceAll(/_\d+"/g, '_0"')
    .replaceAll(/\s+/g, ' ');
}

/** Quoted text, a comment, a bracket; all else says nothing of depth. */
const telling = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|[()]/g;

/** Each line moved in by the brackets that are open there; fragments come from templates that stand at any depth. Line ends stay: a comment ends there. */
export function indented(text: string): string {
  let depth = 0;
  const lines: string[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    lines.push(' '.repeat(Math.max(0, line.startsWith(')') ? depth - 1 : depth)) + line);
    for (const [mark] of line.matchAll(telling)) depth += mark === '(' ? 1 : mark === ')' ? -1 : 0;
  }
  return lines.join('\n');
}
