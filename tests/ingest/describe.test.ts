import { describe, expect, it } from 'vitest';
import { describeInputs, maskCell } from '../../src/ingest/describe.js';
import { planFiles } from '../support/ingest.js';

describe('what inspect shows', () => {
  it('masks identifiers, names, addresses and anything with an @, and shows the rest', async () => {
    const { sources, plan } = await planFiles({
      'members.csv':
        'member_id,Tier,First Name,Postal Code,Join Date,remark\nAB-12,Gold,Ada,M2Z 4K1,2024-01-02,a@b.example\nAB-13,Silver,Bob,EC1A 1BB,2024-01-03,call later\n',
    });
    const [description] = describeInputs(sources, plan);
    const samples = Object.fromEntries((description?.columns ?? []).map((column) => [column.header, column.samples]));
    expect(samples).toEqual({
      member_id: ['XX-99', 'XX-99'],
      Tier: ['Gold', 'Silver'],
      'First Name': ['Xxx', 'Xxx'],
      'Postal Code': ['X9X 9X9', 'XX9X 9XX'],
      'Join Date': ['2024-01-02', '2024-01-03'],
      remark: ['x@x.xxxxxxx', 'xxxx xxxxx'],
    });
    expect(description).toMatchObject({ file: 'members.csv', rows: 2, roles: ['members'], isUsed: true, confidence: 1 });
    expect(description?.columns.find(({ header }) => header === 'Tier')).toMatchObject({ mappedTo: ['members.tier'], confidence: 1 });
  });

  it('keeps the shape of a cell in any script and nothing else', () => {
    expect(maskCell('Élodie Ünsal 27 — 李')).toBe('Xxxxxx Xxxxx 99 — x');
  });
});
