/** The walk of `analyse`, as far as the shared tables, and then one question: what would a contact cap have changed? */
import { type AnalyseRequest, engineLimits } from './analyse.js';
import { auditContext } from './audit-context.js';
import { keepMeasuresBack } from './audits/kept-back.js';
import { capFrontier, usualCaps } from './audits/targeting/cap-frontier.js';
import { effectMeasures, effectSentences, frontierChart, frontierTable } from './audits/targeting/cap-frontier-exhibits.js';
import { designCapTest } from './audits/targeting/cap-test.js';
import type { Cap } from './derived/cap-replay.js';
import { deriveOnDemand } from './derived/derived.js';
import { describeWindow, observeWindow } from './derived/window.js';
import { openDuckdb } from './engine/duckdb/engine.js';
import { loadCanonical, openInputs, planMapping } from './ingest/ingest.js';
import { dayOf } from './model/days.js';
import { NamedError } from './model/named-error.js';
import { usualSmallCell } from './model/small-cell.js';
import type { CapSimulation } from './result/cap-simulation.js';

export interface CapRequest extends Omit<AnalyseRequest, 'onlyAudits' | 'skipAudits'> {
  readonly cap: Cap;
  /** Only messages of this channel are capped; null caps all. */
  readonly channel: string | null;
}

/** Reads the files and replays their contacts under the cap. @throws NamedError for anything that the user can mend. */
export async function simulateCap(request: CapRequest): Promise<CapSimulation> {
  const progress = (step: string): void => {
    request.signal?.throwIfAborted();
    request.onProgress?.(step);
  };
  const sources = await openInputs(request.files, request.workFolder, progress);
  const plan = planMapping(sources, request.mapping, request.answers);
  const engine = await openDuckdb({ spillFolder: request.workFolder, ...engineLimits(request) });
  const interrupt = (): void => engine.interrupt();
  request.signal?.addEventListener('abort', interrupt);
  try {
    progress('Loading tables');
    const smallCell = request.smallCell ?? usualSmallCell;
    const loaded = await loadCanonical(engine, sources, plan, smallCell);
    await engine.lock();
    if (loaded.filling.share('contacts', 'contacted_at') === 0) throw noDatedContacts();
    const chosenDay = request.asOf ?? plan.mapping.asOf ?? null;
    const window = await observeWindow(engine, chosenDay === null ? undefined : dayOf(chosenDay), loaded.hasMonthPrecision);
    const { valueBasis, filling, responseTypes } = loaded;
    const objectiveOverrides = plan.mapping.objectives ?? {};
    const derived = await deriveOnDemand(engine, { window, valueBasis, hasConsents: filling.rows('consents') > 0, responseTypes, objectiveOverrides });
    const context = auditContext(engine, derived, loaded, window, request.seed, objectiveOverrides, smallCell);
    progress('Replaying contacts');
    const frontier = await capFrontier(context, [request.cap, ...usualCaps.filter((cap) => !isSame(cap, request.cap))], { channel: request.channel });
    if (frontier.effects[0]?.contacts === 0) throw noContactsInChannel(request.channel);
    progress('Designing the test');
    const test = await designCapTest(context, frontier, request.cap);
    const measures = effectMeasures(frontier, context.policy);
    return {
      currency: loaded.currency,
      window: describeWindow(window),
      channel: request.channel,
      measures: keepMeasuresBack([...measures, ...test.measures], notPeople, smallCell),
      effect: effectSentences(measures),
      test: test.points,
      frontier: frontierTable(frontier, context.policy),
      chart: frontierChart(frontier, context.policy),
    };
  } finally {
    request.signal?.removeEventListener('abort', interrupt);
    await engine.close();
  }
}

/** Measures of the what-if that count neither members nor what they did. */
const notPeople = { notOfMembers: ['incrementalShare', 'neededPerArm', 'testDays', 'detectable'] };

const isSame = (one: Cap, other: Cap): boolean => JSON.stringify(one) === JSON.stringify(other);

function noDatedContacts(): NamedError {
  return new NamedError({
    name: 'no-dated-contacts',
    kind: 'input',
    message: 'No contact has a date of its own, so contacts cannot be replayed in order.',
    whatToDo: 'Add the date of each message (contacts: contacted_at); loyalty-health inspect shows what the files give.',
  });
}

function noContactsInChannel(channel: string | null): NamedError {
  return new NamedError({
    name: 'no-contacts-to-cap',
    kind: 'usage',
    message:
      channel === null ? 'There is no dated marketing contact inside the window.' : 'There is no dated marketing contact of that channel inside the window.',
    whatToDo: 'loyalty-health inspect lists the channels of the contacts; leave --channel out to cap all of them together.',
  });
}
