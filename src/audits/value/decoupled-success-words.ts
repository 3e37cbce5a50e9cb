/** The sentences: what the campaigns say, what the programme says, and which of the two spoke. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import { sameResponses } from './decoupled-success-campaigns.js';

/** Which answers the verdict rests on; see `judgeDecoupledSuccess`. */
function spokenBy({ status, severity }: Verdict): { readonly campaigns: boolean; readonly programme: boolean } {
  const isProblem = status === 'problem';
  return {
    campaigns: isProblem && (severity === 'high' || severity === 'critical'),
    programme: (isProblem && severity !== 'high') || status === 'watch',
  };
}

/** “{id}, {id.interval}”, or the value alone where its interval is not known. */
function told(measures: Measures, id: string): string {
  return measures.get(id)?.interval === undefined ? `{${id}}` : `{${id}}, {${id}.interval}`;
}

const scale = '1 would be the same order, 0 none, −1 the opposite one';

function campaignsOf(measures: Measures, verdict: Verdict): string {
  if (measures.get('rho')?.why === sameResponses) {
    return 'Across campaigns nothing can be said: nearly all of the {campaigns} that have both a response rate and a value against a holdout (members left out at random) have the same response rate, so there is no order to compare.';
  }
  if (measures.value('rho') === null) {
    return 'Across campaigns nothing can be said: {campaigns} of them have both a response rate and a value against a holdout (members left out at random), followed for long enough; {threshold.campaigns.least} are needed.';
  }
  if (measures.get('agreement')?.interval === undefined) {
    return 'Across {campaigns} campaigns it is too noisy to say whether those with more responses add more value: {reliability} of the differences in value between them is more than chance.';
  }
  const figure = `the agreement of the two orders, freed from the noise of the tests, is {agreement}, {agreement.interval}; ${scale}`;
  if (spokenBy(verdict).campaigns) {
    const isInverse = (measures.get('agreement')?.interval?.high ?? 0) < 0;
    const what = isInverse ? 'those with more responses add less value' : 'those with more responses are not those that add more value';
    return `Across {campaigns} campaigns with a holdout (members left out at random), ${what}: ${figure}.`;
  }
  if (verdict.status === 'healthy')
    return `Across {campaigns} campaigns with a holdout (members left out at random), those with more responses add more value: ${figure}.`;
  return `Across {campaigns} campaigns with a holdout (members left out at random), ${figure}.`;
}

function programmeOf(measures: Measures, verdict: Verdict): string {
  const isKnown = ['success.1', 'existing.1', 'success.2', 'existing.2'].every((id) => measures.value(id) !== null);
  if (!isKnown) return 'For the programme as a whole the files do not hold two quarters in a row that can be set against the year before.';
  const figures =
    `Against the same quarters a year before, the response rate of campaigns changed by ${told(measures, 'success.1')}, in the latest thirteen weeks and by ${told(measures, 'success.2')}, in the thirteen before; ` +
    `the value per existing customer (who had bought shortly before the quarter began) changed by ${told(measures, 'existing.1')}, and ${told(measures, 'existing.2')}.`;
  if (!spokenBy(verdict).programme) return figures;
  return verdict.status === 'problem' || verdict.severity === 'medium'
    ? `The programme as a whole diverges: its campaigns get more responses while existing customers bring less. ${figures}`
    : `The programme as a whole may diverge, though chance could make these figures: more responses, and existing customers who bring less. ${figures}`;
}

function speakerOf(verdict: Verdict): string {
  const spoken = spokenBy(verdict);
  if (spoken.campaigns && spoken.programme) return 'Both the comparison of campaigns and that of the quarters say so.';
  if (spoken.campaigns) return 'The comparison of campaigns says so.';
  if (spoken.programme) return 'The comparison of quarters says so, not that of campaigns.';
  if (verdict.status === 'healthy') return 'The comparison of campaigns says so.';
  return 'Neither comparison shows that success and value part, and neither shows that they go together.';
}

const consequences: Record<Verdict['status'], string> = {
  problem:
    'Whoever steers by responses steers by something that does not go with what customers are worth: money and praise follow the responses, and the value of the customers does not.',
  watch: 'If this goes on, the reports of the campaigns will look better every quarter while the customers whom they are for bring less.',
  healthy: 'Responses are a usable sign of value here, as long as holdouts go on checking it.',
  informative: 'Responses may or may not be a sign of value here: until that is known, budgets that follow them follow a figure that nobody has checked.',
};

const actions: Record<Verdict['status'], string> = {
  problem:
    'Judge campaigns by the value of everybody targeted against a random holdout, and pay for that rather than for responses; keep one holdout of the whole programme for a year to see what all campaigns together add.',
  watch:
    'Look at which customers bring less, and keep a random holdout of the whole programme for two quarters to see whether the campaigns have a part in it.',
  healthy: 'Go on giving large campaigns a random holdout, and repeat this comparison each year.',
  informative:
    'Give the next campaigns a random holdout of a size that can show an effect, and follow everybody for at least 90 days; eight such campaigns are the least that can be compared.',
};

export function explainDecoupledSuccess(measures: Measures, verdict: Verdict): Explanation {
  const money = verdict.status === 'problem' || verdict.status === 'watch' ? shortfallOf(measures) : '';
  return {
    condition: `${campaignsOf(measures, verdict)} ${programmeOf(measures, verdict)} ${speakerOf(verdict)}`,
    criterion:
      'House levels: responses and value go together when the whole interval of their agreement lies above {threshold.agreement.aligned}, are decoupled when it lies below it, and go against each other when it lies below nought; at least {threshold.campaigns.least} campaigns are compared, and at least {threshold.reliability.least} of the differences must be more than chance. ' +
      'The programme diverges when its response rate rose by {threshold.divergence.success} or more while the value per existing customer, and that of the same people, fell by {threshold.divergence.value} or more, in two quarters in a row and beyond chance, unless the rise is gone with the mix of objectives of the year before.',
    consequence: `${consequences[verdict.status]}${money}`,
    action: actions[verdict.status],
    wouldChangeOurMind:
      verdict.status === 'problem' || verdict.status === 'watch'
        ? 'More tests, or longer ones, in which the campaigns with more responses are those that add more value; a change in what counts as a response, or a market that fell for everybody in the same quarters.'
        : 'More tests with larger holdouts, in which the two orders part, or quarters in which responses rise while existing customers bring less.',
  };
}

function shortfallOf(measures: Measures): string {
  return measures.get('shortfall')?.interval === undefined
    ? ''
    : ' In the latest two quarters existing customers brought {shortfall} less than at the value of the year before, {shortfall.interval}.';
}
