import { describe, expect, test } from 'vitest';
import { inertHtml, inertLine, inertMarkdown, withoutControls } from '../../src/report/inert.js';
import { hostileTexts } from '../support/hostile-text.js';

test('controls, turned text and half pairs become U+FFFD; line breaks and whole pairs stay', () => {
  expect(withoutControls('a\0b\u001bc\u202Ed\uD800e\u0085')).toBe('a�b�c�d�e�');
  expect(withoutControls('a\nb\tc\r😀é')).toBe('a\nb\tc\r😀é');
});

test('HTML: apostrophe and backtick follow what Preact escapes', () => {
  expect(inertHtml("it's `x`")).toBe('it&#39;s &#96;x&#96;');
});

describe('Markdown', () => {
  test('plain prose stays readable', () => {
    expect(inertMarkdown('Win-back: 56.2 % (95 % interval), "yes"; E4. Next')).toBe('Win-back: 56.2 % (95 % interval), "yes"; E4. Next');
  });

  test.each([
    ['<script>', '\\<script\\>'],
    ['[a](javascript:x)', '\\[a\\](javascript\\:x)'],
    ['# h', '\\# h'],
    ['1. x', '1\\. x'],
    ['- x', '\\- x'],
    ['a | b', 'a \\| b'],
    ['a\n\nb', 'a b'],
    ['www.example.com', 'www\\.example\\.com'],
    ['https://e.com', 'https\\://e\\.com'],
    ['*b* _i_ `c`', '\\*b\\* \\_i\\_ \\`c\\`'],
    ['&lt;', '\\&lt;'],
    ['a\\b', 'a\\\\b'],
  ])('%j → %j', (text, expected) => {
    expect(inertMarkdown(text)).toBe(expected);
  });

  test.each(hostileTexts.map((text) => [text]))('%j is one line without bare markup', (text) => {
    const line = inertMarkdown(text);
    expect(line).not.toMatch(/[\r\n\0-\x08]/);
    expect(line).not.toMatch(/(?<!\\)[<>[\]|`*_#&!~]/);
  });
});

test('a terminal line carries no escape sequence', () => {
  expect(inertLine('a\u001b[31m\r\n b')).toBe('a�[31m b');
});
