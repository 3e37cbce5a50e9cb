import { join, literal, type Sql, sql } from '../engine/sql.js';

/** Words by which exports say that something holds for every channel, in lower case. */
const words = ['all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous'];

/** Whether what was said holds for every channel: it names none, or says so in words. */
export const holdsEverywhere = (channel: Sql): Sql => sql`(NULLIF(trim(${channel}), '') IS NULL OR lower(trim(${channel})) IN (${join(words.map(literal))}))`;
