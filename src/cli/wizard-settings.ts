/** The wizard's questions about the whole run: currency, size of the scheme, last day. */
import type { Loaded } from '../ingest/ingest.js';
import type { MappingFile } from '../ingest/mapping/schema.js';
import { isCalendarDate } from '../model/days.js';
import type { Asker } from './wizard-asker.js';
import { optionalNumber } from './wizard-choices.js';

type Settings = Pick<MappingFile, 'currency' | 'population' | 'asOf'>;

/** Asks what neither the exports nor the mapping say. @returns the settings to add. */
export async function askSettings({ loaded, mapping, asker }: { loaded: Loaded; mapping: MappingFile; asker: Asker }): Promise<Settings> {
  const settings: Settings = {};
  if (loaded.valueBasis !== null && loaded.currency === null) {
    const currency = await asker.text('Which currency are the amounts in?', 'three letters, e.g. GBP; empty leaves the amounts without one', (text) =>
      /^(?:[A-Z]{3})?$/.test(text) ? null : 'Write three capital letters, e.g. GBP, or nothing.',
    );
    if (currency !== '') settings.currency = currency;
  }
  const isListed = loaded.inputs.some(({ roles }) => roles.includes('members')) && !loaded.issues.some(({ type }) => type === 'unlisted-members');
  if (!isListed && mapping.population === undefined) {
    const named = loaded.filling.rows('members');
    const message = `The exports name ${named} members, and no file lists them all. How many has the scheme?`;
    const population = await optionalNumber(asker, message, 'empty where nobody knows: only those that the files name count then');
    if (population !== null) settings.population = population;
  }
  const last = loaded.lastEvent;
  if (mapping.asOf === undefined && last !== null) {
    const asOf = await asker.text('Which is the last day to look at?', `YYYY-MM-DD; empty for the last event in the files, ${last}`, (text) =>
      text === '' || isCalendarDate(text) ? null : 'Write a calendar date as YYYY-MM-DD, or nothing.',
    );
    if (asOf !== '') settings.asOf = asOf;
  }
  return settings;
}
