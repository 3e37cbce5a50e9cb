/** The public interface: analyse exports, render a result, explain an audit. */
export { type AnalyseRequest, type Analysis, analyse } from './analyse.js';
export { audits } from './audits/index.js';
export { discoverFiles, type FoundFile } from './ingest/discover.js';
export { readMappingFile } from './ingest/mapping/file.js';
export { NamedError } from './model/named-error.js';
export { renderEvidenceCsv } from './report/evidence-csv.js';
export { renderHtml } from './report/html/page.js';
export { renderMarkdown } from './report/markdown.js';
export { type Result, result as resultSchema } from './result/schema.js';
