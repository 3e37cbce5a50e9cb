/** What the mapping says about the whole run reaches it, or stops it by name. */
import { describe, expect, it } from 'vitest';
import { ingest } from '../../support/ingest.js';

const text = 'member_id,campaign_id,event_date,event\n1,A,2024-01-03,Clicked\n2,A,2024-01-03,open\n3,A,2024-01-04,order\n';
const mapping = (types: string): string => `version: 1
${types}files:
  - file: r.csv
    tables: [{ table: responses, columns: { member_id: member_id, campaign_id: campaign_id, responded_at: event_date, type: event } }]
`;
const typesOf = (types: string): Promise<readonly string[] | null> =>
  ingest({ 'r.csv': text }, { mapping: mapping(types) }, async ({ loaded }) => loaded.responseTypes);

describe('responseTypes of the mapping', () => {
  it('are put in the model’s own words', async () => {
    expect(await typesOf('')).toBeNull();
    expect(await typesOf('responseTypes: [Clicks, bought, click]\n')).toEqual(['click', 'purchase']);
  });

  it('stop the run when no response is of a type, because nobody would have responded', async () => {
    await expect(typesOf('responseTypes: [click, redemtion]\n')).rejects.toMatchObject({ name: 'unknown-response-type', details: { kind: 'config' } });
  });
});
