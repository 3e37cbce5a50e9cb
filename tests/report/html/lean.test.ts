import { expect, test } from 'vitest';
import { leanHtml } from '../../../src/report/html/lean.js';

test('leaves out the end tags of rows, cells and items, and of shapes that hold nothing', () => {
  expect(leanHtml('<table><tr><th scope="row">a</th><td>1</td></tr></table><ul><li>b</li></ul>')).toBe(
    '<table><tr><th scope="row">a<td>1</table><ul><li>b</ul>',
  );
  expect(leanHtml('<path class="a" d="M0 0h1"></path><circle r="4"></circle>')).toBe('<path class="a" d="M0 0h1"/><circle r="4"/>');
});

test('keeps the end tag of a shape with a name, and of all else', () => {
  const named = '<path d="M0 0h1"><title>a</title></path><text x="1">b</text><p>c</p>';
  expect(leanHtml(named)).toBe(named);
});
