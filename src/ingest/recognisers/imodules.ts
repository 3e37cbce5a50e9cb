/** What the exports of iModules have in common: https://support.imodules.com/hc/en-us/articles/228929707-Email-Metric-API */
import type { CustomerKey, Recogniser } from './recogniser.js';

export const recipientKeys: readonly CustomerKey[] = [
  { kind: 'constituent', header: 'recipientConstituentId' },
  { kind: 'email', header: 'recipientEmailAddress' },
];

/** The exports are made message by message and do not name it. */
export const messageByFile: NonNullable<Recogniser['cautions']>[number] = {
  name: 'campaign-named-by-file',
  column: null,
  message: '{file} does not name its message, so the file counts as one campaign and gives it its name.',
  whatToDo: 'Give the delivered and the opens file of a message the same name but for those words, or set campaign_id in the mapping.',
};
