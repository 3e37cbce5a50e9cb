import { describe, expect, test } from 'vitest';
import { touchpointPhrases, touchpoints, touchpointsIn } from '../../../src/audits/experience/touchpoint-rules.js';
import { normaliseText } from '../../../src/derived/objective-rules.js';

describe('touchpointsIn', () => {
  test.each([
    ['nps_score', ['after-sales']],
    ['NpsScore; spend_12m', ['after-sales', 'purchases']],
    ['returns_90d, tier', ['after-sales', 'profile']],
    ['Redemption rate', ['purchases']],
    ['Return on investment', []],
    ['customer return rate', []],
    ['return visits', []],
    ['homeStore', ['shops']],
    ['everybody', []],
    ['turnreturns', []],
    [null, []],
  ] as const)('%s', (text, named) => {
    expect(touchpointsIn(text).map(({ touchpoint }) => touchpoint)).toEqual(named);
  });

  test('phrases are written as texts are compared, each once', () => {
    const all = touchpoints.flatMap((touchpoint) => touchpointPhrases[touchpoint]);
    expect(all.map(normaliseText)).toEqual(all);
    expect(new Set(all).size).toBe(all.length);
  });
});
