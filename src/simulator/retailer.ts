/** A retailer’s year of loyalty exports with known truths: the product’s sample data, and what its audits are held against. */
import { type ConductTruths, conductTruths } from './retailer/conduct-truths.js';
import type { ExportedFile, SimulatedFile } from './retailer/export-format.js';
import { exportFiles } from './retailer/files.js';
import { type SimulatedProgramme, simulateProgramme } from './retailer/programme.js';
import { truthMarkdown } from './retailer/truth-markdown.js';
import { type RetailerTruths, truthsOf } from './retailer/truths.js';
import { type SimulatedYear, type SimulationOptions, simulateYear } from './retailer/year.js';

export type { ExportedFile, SimulatedFile } from './retailer/export-format.js';
export type { RetailerTruths } from './retailer/truths.js';
export type { SimulationOptions } from './retailer/year.js';

export interface SimulatedRetailer {
  readonly year: SimulatedYear;
  readonly programme: SimulatedProgramme;
  readonly truths: RetailerTruths;
  readonly conduct: ConductTruths;
  readonly exports: readonly ExportedFile[];
}

/** The retailer with everything that is known of it. The same options give the same result on every machine. */
export function simulateRetailerWithTruths(options: SimulationOptions = {}): SimulatedRetailer {
  const year = simulateYear(options);
  const programme = simulateProgramme(year);
  return { year, programme, truths: truthsOf(year), conduct: conductTruths(year, programme), exports: exportFiles(year, programme) };
}

/** The export files, and `TRUTH.md` beside them. */
export function simulateRetailer(options: SimulationOptions = {}): SimulatedFile[] {
  const { truths, conduct, exports } = simulateRetailerWithTruths(options);
  return [...exports.map(({ name, text }) => ({ name, text })), { name: 'TRUTH.md', text: truthMarkdown(truths, conduct, exports) }];
}

/** What is true of the simulated retailer, as data for tests. */
export function retailerTruths(options: SimulationOptions = {}): RetailerTruths {
  return truthsOf(simulateYear(options));
}
