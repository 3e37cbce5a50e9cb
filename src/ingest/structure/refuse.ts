/** Files that are no table of text: each is refused by name, with what to do about it. */
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { NamedError } from '../../model/named-error.js';

const refusal = (name: string, file: string, message: string, whatToDo: string): NamedError => new NamedError({ name, kind: 'input', message, whatToDo, file });

/** @returns facts of a regular file. @throws NamedError for anything else, or when it cannot be looked at. */
export async function statFile(path: string, file: string): Promise<Stats> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(error, file);
  });
  if (found.isDirectory()) {
    throw refusal('is-a-folder', file, `${file} is a folder, not a file.`, 'Give the folder itself as the argument, or the files in it.');
  }
  if (!found.isFile()) {
    throw refusal('not-a-regular-file', file, `${file} is a device, pipe or socket, not a file.`, 'Save the export as an ordinary file first.');
  }
  return found;
}

/** The named error for a failed read; an error that is not the file system's is given back as it is. */
export function unreadable(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return refusal('file-not-found', file, `${file} does not exist.`, 'Check the name and the folder.');
  if (code === 'EACCES' || code === 'EPERM') {
    return refusal('file-unreadable', file, `${file} may not be read.`, 'Give yourself the permission to read it, or close the program that has locked it.');
  }
  if (code === 'ENOSPC') {
    return refusal('disk-full', file, `The disk is full: ${file} cannot be unpacked or put in order.`, 'Free some space, or point TMPDIR to another disk.');
  }
  if (code === 'EIO' || code === 'EBUSY')
    return refusal('file-unreadable', file, `${file} could not be read from the disk.`, 'Copy it to a local disk and try again.');
  return error;
}

export function workbook(file: string): NamedError {
  return refusal('not-a-csv-file', file, `${file} is an Excel workbook (.xlsx), not a CSV file.`, 'Save the worksheet as “CSV UTF-8”.');
}

export function alreadyPacked(file: string): NamedError {
  return refusal('nested-archive', file, `${file} is an archive within an archive.`, 'Unpack the outer archive, and give what is in it.');
}

/** @throws NamedError for a tar archive, which begins with names and sizes between NUL bytes. */
export function refuseTapeArchive(head: Buffer, file: string): void {
  if (head.toString('latin1', 257, 262) !== 'ustar') return;
  throw refusal('not-a-csv-file', file, `${file} is a tar archive, not a CSV file.`, 'Unpack it first, for example with tar.');
}

export function emptyFile(file: string): NamedError {
  return refusal('empty-file', file, `${file} is empty.`, 'Export it again, or leave it out.');
}

const exportAgain = 'Open it in the program that made it and export it as CSV.';
const signatures: readonly { readonly bytes: string; readonly what: string; readonly whatToDo: string }[] = [
  { bytes: 'PK\u0003\u0004', what: 'a zip archive or an Excel workbook (.xlsx)', whatToDo: 'Unpack the archive, or save the worksheet as “CSV UTF-8”.' },
  { bytes: '\u001f\u008b', what: 'a gzip archive', whatToDo: 'Unpack it first, for example with gunzip.' },
  { bytes: '\u00d0\u00cf\u0011\u00e0', what: 'an old Excel workbook (.xls)', whatToDo: 'Save the worksheet as “CSV UTF-8”.' },
  { bytes: '%PDF-', what: 'a PDF document', whatToDo: exportAgain },
  { bytes: 'PAR1', what: 'a Parquet file', whatToDo: exportAgain },
  { bytes: 'SQLite format 3', what: 'a SQLite database', whatToDo: 'Export its tables as CSV.' },
  { bytes: '\u0089PNG', what: 'a picture', whatToDo: 'Leave it out.' },
  { bytes: '\u00ff\u00d8\u00ff', what: 'a picture', whatToDo: 'Leave it out.' },
];

/** @param head the first raw bytes. @throws NamedError when they are not those of a text table. */
export function refuseOtherFormats(head: Buffer, file: string): void {
  const start = head.toString('latin1', 0, 16);
  const known = signatures.find((signature) => start.startsWith(signature.bytes));
  if (known !== undefined) throw refusal('not-a-csv-file', file, `${file} is ${known.what}, not a CSV file.`, known.whatToDo);
  if (head.length >= 4 && (start.startsWith('\u00ff\u00fe\u0000\u0000') || start.startsWith('\u0000\u0000\u00fe\u00ff'))) {
    throw refusal('unsupported-encoding', file, `${file} is in UTF-32.`, 'Save it as UTF-8.');
  }
}

const markup = /^\s*(?:<!doctype|<html|<\?xml|<table|<workbook)/i;
const json = /^\s*(?:\{\s*"|\[\s*[{["])/;

/** @param text the head as UTF-8. @throws NamedError for markup, JSON and bytes that are no text. */
export function refuseOtherText(text: Buffer, file: string): void {
  const start = text.toString('utf8', 0, 512);
  if (markup.test(start))
    throw refusal('not-a-csv-file', file, `${file} is HTML or XML, not a CSV file.`, 'Open it in a spreadsheet and save it as “CSV UTF-8”.');
  if (json.test(start))
    throw refusal(
      'not-a-csv-file',
      file,
      `${file} is JSON, not a CSV file.`,
      'Export it as CSV, or as one JSON object a line in a file whose name ends in .ndjson.',
    );
  let strange = 0;
  for (const byte of text) if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) strange += 1;
  if (strange > text.length / 20 && strange > 8) {
    throw refusal('binary-file', file, `${file} is not text: it holds many control bytes.`, 'Export it as CSV, or leave it out.');
  }
}
