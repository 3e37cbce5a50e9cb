/** The explicit list of audits, in the order in which they run. */
import type { AuditDefinition } from './audit.js';

export const audits: readonly AuditDefinition[] = [];
