/** Office files are archives, and the libraries that write them put the time of day into them. Here it is taken out again. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** The first day that an archive can name; in local parts, because that is how archives keep it. */
const longAgo = new Date(1980, 0, 1);
const longAgoText = '1980-01-01T00:00:00Z';

/** @param file an archive such as .xlsx or .docx. @returns the same content without any time; the same content gives the same bytes. */
export function withoutClock(file: Uint8Array): Uint8Array {
  const entries = Object.entries(unzipSync(file)).map(([name, bytes]): [string, Uint8Array] => [
    name,
    /^docProps\/.*\.xml$/.test(name) ? withoutTimes(bytes) : bytes,
  ]);
  return zipSync(Object.fromEntries(entries), { mtime: longAgo, level: 6, os: 3 });
}

function withoutTimes(bytes: Uint8Array): Uint8Array {
  return strToU8(strFromU8(bytes).replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, longAgoText));
}
