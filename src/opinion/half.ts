/** One half of the opinion. */
import type { Finding, Opinion } from '../result/schema.js';
import { severityRank } from './materiality.js';

export interface Half {
  readonly kind: Opinion['kind'];
  readonly title: string;
  readonly paragraph: string;
  readonly basis: readonly string[];
}

export const isMaterial = (finding: Finding): boolean => finding.status === 'problem' && severityRank(finding.severity) >= severityRank('high');

export const listed = (findings: readonly Finding[]): string => findings.map((finding) => finding.id).join(', ');

/** What speaks of effects and of the proof for them; everything else speaks of how the programme is run. */
const aboutEffects = new Set(['hollow-wins', 'decoupled-success']);
export const isAboutEffects = ({ category, id }: Finding): boolean => category === 'measurement' || aboutEffects.has(id);
