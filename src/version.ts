/** The version of the package, read from package.json so that it is written in one place. */
import { readFileSync } from 'node:fs';

const { version: packageVersion } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

export const version: string = packageVersion;
