/** The frontier of contact caps as a table and a picture. */

import { mostMessages } from '../../derived/cap-replay.sql.js';
import type { LinesChart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { isFew, tellableNested } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import { type CapEffect, type CapFrontier, capWords, netOf } from './cap-frontier.js';

/** A row of the frontier, and which of its counts may be told. */
interface ShownEffect extends CapEffect {
  readonly tellsResponses: boolean;
  readonly tellsOptOuts: boolean;
}

/** The caps worth showing: of the usual ones that save nothing only the strictest, because the looser save nothing either. */
function shownEffects({ effects }: CapFrontier, { smallCell }: Policy): readonly ShownEffect[] {
  // Whom a stricter cap reaches a looser one need not: the difference of two rows is a group of members, too.
  const toldBy = (of: (effect: CapEffect) => number, whole: (effect: CapEffect) => number): boolean[] =>
    tellableNested(effects.map(of), smallCell, effects.slice(0, 1).map(whole));
  const members = toldBy(
    ({ affected }) => affected,
    (effect) => effect.members,
  );
  const responses = toldBy(
    ({ lostResponses }) => lostResponses,
    (effect) => effect.responses,
  );
  const optOuts = toldBy(
    ({ avoidedOptOuts }) => avoidedOptOuts,
    (effect) => effect.optOuts,
  );
  const [own, ...usual] = effects.flatMap((effect, index): ShownEffect[] =>
    members[index] ? [{ ...effect, tellsResponses: responses[index] ?? false, tellsOptOuts: optOuts[index] ?? false }] : [],
  );
  const idle = usual.findIndex(({ saved }) => saved === 0);
  return own === undefined ? [] : [own, ...(idle < 0 ? usual : usual.slice(0, idle + 1))];
}

/** Fewer members than this behind a row would point at them; what they did is then not shown. */
const isShown = ({ affected }: CapEffect, { smallCell }: Policy): boolean => !isFew(affected, smallCell);

/** A handful of responses: their margin is nearly that of one purchase. */
const hasFewResponses = ({ lostResponses }: CapEffect, { smallCell }: Policy): boolean => isFew(lostResponses, smallCell);
const shownNet = (effect: CapEffect, { incremental }: CapFrontier, policy: Policy): ReturnType<typeof netOf> =>
  hasFewResponses(effect, policy) ? null : netOf(effect, incremental.low);

/** The lower bound of the responses foregone; a few are not told. */
function leastLost({ lostResponses }: CapEffect, { incremental }: CapFrontier, { smallCell }: Policy): number | null {
  const least = Math.floor(lostResponses * incremental.low);
  return isFew(least, smallCell) ? null : least;
}

export function frontierTable(frontier: CapFrontier, policy: Policy): EvidenceTable {
  const { effects, incremental, hasMargin } = frontier;
  const hasMoney = hasMargin && effects.some((effect) => effect.saved > 0 && netOf(effect, incremental.low) !== null);
  return {
    id: 'what-a-cap-would-save',
    title: 'What a contact cap would have saved, and what it could have cost',
    columns: [
      { id: 'cap', label: 'Cap, for each member', unit: 'text' },
      { id: 'saved', label: 'Contacts saved', unit: 'count' },
      { id: 'savedShare', label: 'Share of contacts', unit: 'share' },
      { id: 'affected', label: 'Members with less contact', unit: 'count' },
      { id: 'lostLow', label: 'Responses foregone, at least', unit: 'count' },
      { id: 'lostHigh', label: 'at most', unit: 'count' },
      { id: 'avoided', label: 'Opt-outs avoided, at most', unit: 'count' },
      ...(hasMoney
        ? [
            { id: 'cost', label: 'Cost saved', unit: 'money' as const },
            { id: 'netLow', label: 'Left over, at worst', unit: 'money' as const },
            { id: 'netHigh', label: 'at best', unit: 'money' as const },
          ]
        : []),
    ],
    rows: shownEffects(frontier, policy).map((effect) => {
      const net = effect.tellsResponses ? shownNet(effect, frontier, policy) : null;
      const counts = [effect.saved, effect.contacts === 0 ? null : effect.saved / effect.contacts, effect.affected];
      const lost = effect.tellsResponses ? [leastLost(effect, frontier, policy), effect.lostResponses] : [null, null];
      const losses = [...lost, effect.tellsOptOuts ? effect.avoidedOptOuts : null];
      return [capWords(effect.cap), ...counts, ...losses, ...(hasMoney ? [effect.savedCost, net?.low ?? null, net?.high ?? null] : [])];
    }),
    note: `${frontierNote(frontier, hasMoney)}${hasMoney ? ` What is left over is not shown where fewer than ${policy.smallCell} responses stand behind it.` : ''} An empty cell stands for fewer than ${policy.smallCell}, or for what would give away so few.`,
  };
}

/** Where the lower bound of what a cap would have cost comes from. */
function lowerBound(least: number, tests: number): string {
  if (tests === 0) return 'is nought, because no holdout test in the files shows that responses need their message';
  return least > 0
    ? 'counts only the part of their value that the holdout tests in the files show to be additional, taken at the lower end of its interval'
    : 'is nought, because the holdout tests in the files do not show beyond chance that any of the value credited to responses is additional';
}

function frontierNote(frontier: CapFrontier, hasMoney: boolean): string {
  const money = hasMoney ? ' Left over is the cost saved less the margin credited to those responses.' : '';
  const part = frontier.replayedShare < 1 ? ` Counted on a random part of the members, ${Math.round(frontier.replayedShare * 100)} in 100.` : '';
  const unnamed = frontier.hasUnnamed
    ? ' Contacts that name no campaign are saved like others, but no response can be linked to them, so theirs are missing from what is foregone.'
    : '';
  const alone =
    frontier.leftAlone === 0
      ? ''
      : ` Identifiers with more than ${mostMessages} contacts are hardly persons (here ${frontier.leftAlone}); the caps leave theirs as they are.`;
  return `A model, not a measurement: the contacts of the past replayed under each cap.${part}${alone}${unnamed} The upper bound counts every response whose campaign would not have reached the member; the lower bound ${lowerBound(frontier.incremental.low, frontier.tests)}.${money} A randomised test of the cap would settle it.`;
}

/** The frontier as shares, from the strictest cap to the loosest. */
export function frontierChart(frontier: CapFrontier, policy: Policy): LinesChart {
  const shown = shownEffects(frontier, policy)
    .filter(({ contacts }) => contacts > 0)
    .toSorted((a, b) => b.saved - a.saved);
  const line = (label: string, emphasis: 'strong' | 'normal' | 'muted', of: (effect: ShownEffect) => number | null): LinesChart['lines'] => {
    const points = shown.flatMap((effect, x) => {
      const y = of(effect);
      const interval = emphasis === 'strong' ? effect.savedInterval : null;
      return y === null ? [] : [{ x, y, low: interval?.low ?? null, high: interval?.high ?? null }];
    });
    return points.length === 0 ? [] : [{ label, emphasis, points }];
  };
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  return {
    kind: 'lines',
    id: 'cap-frontier',
    title: 'What a contact cap would have saved, and what it could have cost',
    description:
      'The contacts of the past replayed under caps from strict to loose: the share of contacts saved, of responses foregone at most, and of opt-outs avoided at most.',
    isStepped: false,
    xLabel: 'Cap, for each member',
    xUnit: 'text',
    xNames: shown.map(({ cap }) => capWords(cap).replace('at most ', '')),
    yLabel: 'Share of all',
    yUnit: 'share',
    lines: [
      ...line('Contacts saved', 'strong', ({ saved, contacts }) => share(saved, contacts)),
      ...line('Responses foregone, at most', 'normal', ({ tellsResponses, lostResponses, responses }) =>
        tellsResponses ? share(lostResponses, responses) : null,
      ),
      ...line('Opt-outs avoided, at most', 'muted', ({ tellsOptOuts, avoidedOptOuts, optOuts }) => (tellsOptOuts ? share(avoidedOptOuts, optOuts) : null)),
    ],
    counts: null,
    xReferences: [],
    yReferences: [],
  };
}

/** The first cap of the frontier as measures. */
export function effectMeasures(frontier: CapFrontier, policy: Policy): Measure[] {
  const { effects, incremental, tests, hasMargin } = frontier;
  const [effect] = effects;
  if (effect === undefined) return [];
  const { contacts, saved, savedInterval, affected, members, responses, optOuts } = effect;
  const isHidden = !isShown(effect, policy);
  const hidden = { value: null, why: `Fewer than ${policy.smallCell} members would get less contact: what they did is not shown.` };
  const net = shownNet(effect, frontier, policy);
  const interval =
    savedInterval === null
      ? {}
      : { interval: { ...savedInterval, low: Math.max(0, savedInterval.low), level: policy.screenLevel, method: 'jackknife over groups of members' } };
  const count = (id: string, label: string, value: number, n: number): Measure => ({ id, label, unit: 'count', n, ...(isHidden ? hidden : { value }) });
  const money = (id: string, label: string, value: number | null, why: string): Measure => ({
    id,
    label,
    unit: 'money',
    n: saved,
    ...(isHidden ? hidden : value === null ? { value, why } : { value }),
  });
  const few = `Fewer than ${policy.smallCell} responses: what they brought is not shown.`;
  const noMargin = hasFewResponses(effect, policy) ? few : hasMargin ? 'Responses have no amounts, or contacts no cost.' : 'The files have no margin.';
  return [
    { id: 'capContacts', label: `Dated marketing contacts, replayed under ${capWords(effect.cap)}`, value: contacts, unit: 'count', n: contacts },
    { id: 'contactsSaved', label: 'Contacts that the cap would have saved', value: saved, unit: 'count', n: contacts },
    {
      id: 'contactsSavedShare',
      label: 'Share of contacts that the cap would have saved',
      value: contacts === 0 ? null : saved / contacts,
      unit: 'share',
      n: contacts,
      ...interval,
    },
    {
      id: 'capAffected',
      label: 'Members with less contact under the cap',
      value: isHidden ? null : affected,
      unit: 'count',
      n: members,
      ...(isHidden ? { why: hidden.why } : {}),
    },
    count('responsesForegoneLeast', 'Responses foregone, at least', Math.floor(effect.lostResponses * incremental.low), responses),
    count('responsesForegoneMost', 'Responses foregone, at most', effect.lostResponses, responses),
    count('optOutsAvoided', 'Opt-outs avoided, at most', effect.avoidedOptOuts, optOuts),
    {
      id: 'incrementalShare',
      label: 'Part of credited value that holdout tests in the files show to be additional',
      value: tests === 0 ? null : incremental.estimate,
      unit: 'share',
      n: tests,
      ...(tests === 0
        ? { why: 'No holdout test in the files has credited amounts and a margin.' }
        : { interval: { low: incremental.low, high: incremental.high, level: policy.screenLevel, method: 'differences of means, held between 0 and 1' } }),
    },
    money('capSavedCost', 'Cost of the contacts saved', effect.savedCost, 'Neither contacts nor campaigns have a cost.'),
    money('capNetLeast', 'Cost saved less margin foregone, at worst', net?.low ?? null, noMargin),
    money('capNetMost', 'Cost saved less margin foregone, at best', net?.high ?? null, noMargin),
  ];
}

/** What the first cap would have changed, as sentence templates. */
export function effectSentences(measures: readonly Measure[]): string[] {
  const known = (id: string): number | null => measures.find((measure) => measure.id === id)?.value ?? null;
  if (known('contactsSaved') === 0) return ['{capContacts.label}: {capContacts}. No member ever exceeds this cap, so it would change nothing.'];
  const range = measures.find(({ id }) => id === 'contactsSavedShare')?.interval === undefined ? '' : ', {contactsSavedShare.interval}';
  const saved = `{capContacts.label}: {capContacts}. The cap would have saved {contactsSaved} of them ({contactsSavedShare}${range}).`;
  if (known('capAffected') === null) return [`${saved} Too few members would notice to say more.`];
  const additional = measures.find(({ id }) => id === 'incrementalShare');
  const bound = ` The lower bound ${lowerBound(additional?.interval?.low ?? 0, additional?.n ?? 0)}.`;
  const money =
    known('capNetLeast') === null
      ? known('capSavedCost') === null
        ? ''
        : ' The contacts saved cost {capSavedCost}; what they brought is not given in margin.'
      : ' The contacts saved cost {capSavedCost}; less the margin credited to those responses, between {capNetLeast} and {capNetMost} is left.';
  return [
    `${saved} {capAffected} members would have heard less.`,
    `Between {responsesForegoneLeast} and {responsesForegoneMost} responses would have been foregone, and at most {optOutsAvoided} opt-outs avoided.${bound}${money}`,
    'This is a model of the past, not a measurement: nobody knows what these members would have done without the messages. Validate it with the randomised test below.',
  ];
}
