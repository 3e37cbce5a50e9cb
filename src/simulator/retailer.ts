/** A retailer’s year of loyalty exports with known truths: the product’s sample data, and what its audits are held against. */
import { type ExportedFile, exportFiles, type SimulatedFile } from './retailer/files.js';
import { truthMarkdown } from './retailer/truth-markdown.js';
import { type RetailerTruths, truthsOf } from './retailer/truths.js';
import { type SimulatedYear, type SimulationOptions, simulateYear } from './retailer/year.js';

export type { ExportedFile, SimulatedFile } from './retailer/files.js';
export type { RetailerTruths } from './retailer/truths.js';
export type { SimulationOptions } from './retailer/year.js';

export interface SimulatedRetailer {
  readonly year: SimulatedYear;
  readonly truths: RetailerTruths;
  readonly exports: readonly ExportedFile[];
}

/** The retailer with everything that is known of it. The same options give the same result on every machine. */
export function simulateRetailerWithTruths(options: SimulationOptions = {}): SimulatedRetailer {
  const year = simulateYear(options);
  return { year, truths: truthsOf(year), exports: exportFiles(year) };
}

/** The export files, and `TRUTH.md` beside them. */
export function simulateRetailer(options: SimulationOptions = {}): SimulatedFile[] {
  const { truths, exports } = simulateRetailerWithTruths(options);
  return [...exports.map(({ name, text }) => ({ name, text })), { name: 'TRUTH.md', text: truthMarkdown(truths, exports) }];
}

/** What is true of the simulated retailer, as data for tests. */
export function retailerTruths(options: SimulationOptions = {}): RetailerTruths {
  return truthsOf(simulateYear(options));
}
