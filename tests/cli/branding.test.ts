import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBranding } from '../../src/cli/branding.js';
import { NamedError } from '../../src/model/named-error.js';
import { plainBranding } from '../../src/report/branding.js';
import { withFolder } from './program.js';

/** The smallest start of a PNG; the reader looks at the signature. */
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);

async function read(text: string, files: Readonly<Record<string, Buffer>> = {}): Promise<unknown> {
  return withFolder(async (folder) => {
    await mkdir(join(folder, 'brand'));
    await writeFile(join(folder, 'brand', 'branding.yaml'), text);
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, 'brand', name), bytes);
    return readBranding(join(folder, 'brand', 'branding.yaml'), false).catch((error: unknown) => (error instanceof NamedError ? error.details : error));
  });
}

describe('the branding file', () => {
  test('without one the house stands for itself', async () => {
    expect(await readBranding(undefined, false)).toEqual(plainBranding);
  });

  test('is read, with a logo beside it as a data address', async () => {
    expect(await read('title: Audit\nclient: Northwind\nlogo: logo.png\naccent: "#7a1f5c"\nnumbers: german\ncurrency: EUR\n', { 'logo.png': png })).toEqual({
      ...plainBranding,
      title: 'Audit',
      client: 'Northwind',
      logo: `data:image/png;base64,${png.toString('base64')}`,
      accent: '#7a1f5c',
      numbers: 'german',
      currency: 'EUR',
    });
  });

  test.each([
    ['colour: red\n', 'invalid-branding', 1],
    ['title: Audit\naccent: "#ffff00"\n', 'invalid-branding', 2],
    ['title: Audit\naccent: red\n', 'invalid-branding', 2],
    ['title: [\n', 'branding-syntax', 2],
    ['title: a\ntitle: b\n', 'branding-syntax', 2],
    ['numbers: klingon\n', 'invalid-branding', 1],
    ['logo: missing.png\n', 'bad-logo', 1],
    ['logo: ../branding.yaml\n', 'bad-logo', 1],
    ['logo: /etc/hostname\n', 'bad-logo', 1],
    ['logo: logo.svg\n', 'bad-logo', 1],
  ])('%j is refused by name and line', async (text, name, line) => {
    expect(await read(text, { 'logo.svg': Buffer.from('<svg onload="alert(1)"/>') })).toMatchObject({ name, line, file: 'branding.yaml' });
  });
});
