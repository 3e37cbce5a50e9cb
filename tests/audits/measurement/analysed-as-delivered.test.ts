import { expect } from 'vitest';
import { analysedAsDelivered } from '../../../src/audits/measurement/analysed-as-delivered.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import type { WorldTables } from '../../support/world.js';

interface Plan {
  readonly treated?: number;
  readonly held?: number;
  /** The first so many of the treated did not get the message. */
  readonly bounced?: number;
  /** Members whose message bounced and who stand in no arm. */
  readonly bouncedOutside?: number;
  readonly hasResult?: (isHeld: boolean, index: number) => boolean;
  readonly hasPurchase?: (isHeld: boolean, index: number) => boolean;
  readonly reported?: number;
}

function world({ treated = 300, held = 300, bounced = 0, bouncedOutside = 0, hasResult, hasPurchase, reported }: Plan): WorldTables {
  const members = [
    ...Array.from({ length: treated }, (_, index) => ({ id: `t${index}`, isHeld: false, index })),
    ...Array.from({ length: held }, (_, index) => ({ id: `h${index}`, isHeld: true, index })),
  ];
  return {
    campaigns: `campaign_id,name,reported_recipients\na,Campaign a,${reported ?? ''}`,
    assignments: ['campaign_id,member_id,arm,assigned_at', ...members.map(({ id, isHeld }) => `a,${id},${isHeld ? 'holdout' : 'treatment'},2024-03-01`)].join(
      '\n',
    ),
    contacts: [
      'member_id,campaign_id,contacted_at,bounced',
      ...members.filter(({ isHeld }) => !isHeld).map(({ id, index }) => `${id},a,2024-03-02,${index < bounced}`),
      ...Array.from({ length: bouncedOutside }, (_, index) => `o${index},a,2024-03-02,true`),
    ].join('\n'),
    ...(hasResult === undefined
      ? {}
      : {
          outcomes: [
            'campaign_id,member_id,outcome,value,window_days',
            ...members.filter(({ isHeld, index }) => hasResult(isHeld, index)).map(({ id, index }) => `a,${id},margin,${index % 5 === 0 ? 7 : 0},90`),
          ].join('\n'),
        }),
    ...(hasPurchase === undefined
      ? {}
      : {
          transactions: [
            'transaction_id,member_id,occurred_at,net_amount',
            ...members.filter(({ isHeld, index }) => hasPurchase(isHeld, index)).map(({ id }) => `p${id},${id},2024-02-01,9`),
            ...members.map(({ id }) => `q${id},${id},2024-04-01,9`),
          ].join('\n'),
        }),
  };
}

const value = (finding: Finding, id: string): number | null | undefined => finding.measures.find((measure) => measure.id === id)?.value;
const why = (finding: Finding): unknown => finding.evidence[0]?.rows[0]?.at(-1);

auditTester(analysedAsDelivered, {
  healthy: [
    {
      name: 'everybody has a result, reached or not',
      tables: world({ bounced: 30, hasResult: () => true }),
      check: (finding) => {
        expect(value(finding, 'reached.1')).toBe(0.9);
        expect(finding.evidence[0]?.rows[0]?.slice(3, 7)).toEqual([0, 30, 0, 0]);
      },
    },
    {
      name: 'results are missing here and there',
      tables: world({ hasResult: (_isHeld, index) => index % 10 !== 0 }),
      check: (finding) => expect(finding.evidence[0]?.rows[0]?.slice(5, 7)).toEqual([30, 30]),
    },
    {
      name: 'both arms link to purchases before the test equally often',
      tables: world({ hasPurchase: (_isHeld, index) => index % 3 !== 0 }),
      check: (finding) => expect(finding.evidence[0]?.rows[0]?.slice(7, 9)).toEqual([200, 200]),
    },
    {
      name: 'the reported number of recipients is that of the members assigned',
      tables: world({ bounced: 60, hasResult: () => true, reported: 300 }),
    },
  ],
  watch: [
    {
      name: 'the reported number of recipients is that of the messages that arrived',
      tables: world({ bounced: 60, hasResult: () => true, reported: 240 }),
      check: (finding) => expect(why(finding)).toContain('reported number'),
    },
  ],
  problem: [
    {
      name: 'only those whom the message reached have results',
      tables: world({ bounced: 40, hasResult: (isHeld, index) => isHeld || index >= 40 }),
      check: (finding) => {
        expect(why(finding)).toBe(
          'results are missing in one arm more often than in the other; treated members whom the message did not reach have no results',
        );
        expect(finding.evidence[0]?.rows[0]?.slice(4, 7)).toEqual([40, 40, 0]);
        expect(finding.members?.value).toBe(600);
      },
    },
    {
      name: 'of the few who were not reached none has a result',
      tables: world({ bounced: 12, hasResult: (isHeld, index) => (isHeld ? index >= 5 : index >= 12) }),
      check: (finding) => expect(why(finding)).toBe('treated members whom the message did not reach have no results'),
    },
    {
      name: 'the treated arm was cleaned of bounces after the draw',
      tables: world({ bouncedOutside: 40 }),
      check: (finding) => expect(why(finding)).toContain('taken out of the treated arm'),
    },
    {
      name: 'the treated link to purchases before the test more often',
      tables: world({ hasPurchase: (isHeld, index) => index % 3 !== 0 || (!isHeld && index % 2 === 0) }),
      check: (finding) => expect(why(finding)).toContain('link to them'),
    },
  ],
  informative: [
    {
      name: 'no trace of who was left out',
      tables: world({}),
      check: (finding) => expect(value(finding, 'notTestable')).toBe(1),
    },
  ],
  notEnoughData: [{ name: 'a handful', tables: world({ treated: 20, held: 20 }) }],
  notApplicable: [{ name: 'nobody is held out', tables: world({ held: 0 }) }],
});
