// The table of the calibration and the page around it.

const aims = { found: 0.9, alarms: 0.05, aroundLevel: 0.05 };
/** In fewer worlds the share of intervals that hold the truth is too uncertain to be judged. */
const fewestIntervals = 50;
const percent = (share) => `${Math.round(1000 * share) / 10} %`;
const shareOf = (count, of) => (of === 0 ? '–' : percent(count / of));
const coverageOf = ({ covered, intervals }) => covered / intervals;

/** What a line misses, in words; empty when it meets its aims. */
function misses(row) {
  const { seeds, found, answered, alarms, errors, intervals, level } = row;
  const isMeasured = intervals >= fewestIntervals;
  return [
    ...(errors > 0 ? [`stopped with an error ${errors} times`] : []),
    ...(found < aims.found * seeds ? ['finds too few'] : []),
    ...(answered === 0 ? ['no answer in the sound programme'] : []),
    ...(alarms > aims.alarms * answered ? ['false alarms'] : []),
    // A share of so many worlds is compared as a whole number: 85 of 100 meet an aim of 85 %.
    ...(intervals > 0 && !isMeasured ? ['too few worlds to judge the interval'] : []),
    ...(isMeasured && coverageOf(row) < level - aims.aroundLevel - 1e-9 ? ['intervals too narrow'] : []),
    ...(isMeasured && coverageOf(row) > level + aims.aroundLevel + 1e-9 ? ['intervals wider than needed'] : []),
  ];
}

export function tableOf(rows) {
  const lines = rows.map((row) => {
    const { audit, story, seeds, found, alarms, answered, watched, intervals, covered, level, measure } = row;
    const cells = [
      `[\`${audit}\`](audits/${audit}.md)`,
      story,
      seeds,
      shareOf(found, seeds),
      `${shareOf(alarms, answered)}${answered < seeds ? ` of ${answered}` : ''}`,
      shareOf(watched, answered),
      intervals === 0 ? '–' : `${shareOf(covered, intervals)}${intervals < seeds ? ` of ${intervals}` : ''} (\`${measure}\`, ${percent(level)})`,
      misses(row).join(', ') || 'yes',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| audit | planted | worlds of each kind | found | false alarms | “watch” in the sound programme | truth inside the interval (measure, level) | meets its aims |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

/** Wilson's interval of 95 % for a share. */
function wilson(hits, of) {
  const z = 1.959964;
  const share = hits / of;
  const centre = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

const aimWords = ({ most, least, from, to }) =>
  most === 0
    ? 'never'
    : most !== undefined
      ? `at most ${percent(most)}`
      : least !== undefined
        ? `at least ${percent(least)}`
        : `${percent(from)} to ${percent(to)}`;

/** Of so many worlds a share is compared as a whole number: 190 of 200 meet an aim of 95 %. */
function isMet({ hits, of, errors, aim: { most, least, from, to } }) {
  const share = hits / of;
  return errors === 0 && of > 0 && share <= (most ?? to ?? 1) + 1e-9 && share >= (least ?? from ?? 0) - 1e-9;
}

export function proofTableOf(rows) {
  const lines = rows.map((row) => {
    const { audit, asked, aim, seeds, hits, of, sum, meanOf, errors } = row;
    const { low, high } = wilson(hits, Math.max(1, of));
    const cells = [
      `[\`${audit}\`](audits/${audit}.md)`,
      asked,
      aimWords(aim),
      of === seeds ? seeds : `${of} in ${seeds} seeds`,
      of === 0 ? '–' : `${percent(hits / of)} (${percent(low)} to ${percent(high)})${sum === null ? '' : `; mean ${meanOf} ${(sum / of).toFixed(3)}`}`,
      isMet(row) ? 'yes' : errors > 0 ? `no: no answer ${errors} times` : 'no',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| audit | asked | aim | worlds or intervals | share, with its interval of 95 % | aim met |', '|---|---|---|---|---|---|', ...lines].join('\n');
}

function proofSectionOf(rows) {
  if (rows.length === 0) return '';
  const off = rows.filter((row) => !isMet(row));
  return `
## Proof

What is said of effects, of value and of the absence of a holdout is held against small worlds whose truth is known
([worlds](../src/simulator/worlds.ts), [rows](../tests/support/proof.ts)): the simulation knows what each member would have bought with the
campaign and without it, so the true effect is counted and not estimated. Intervals are those that the report prints. Rows of bounds and of
effects hold four worlds a seed, in which the campaign takes three orders of ten from those who do not respond, changes nothing, or adds a fifth
of an order or a whole one.

${proofTableOf(rows)}

${off.length === 0 ? 'Every aim is met.' : `${rows.length - off.length} of ${rows.length} aims are met.`} The interval says what the number of worlds leaves open; the aim is held against the share itself.
`;
}

/** What is to be known of some lines beside their counts; empty where nothing is. */
function notesOf(rows) {
  const lines = rows.filter(({ note }) => note).map(({ audit, note }) => `- \`${audit}\`: ${note}`);
  return lines.length === 0 ? '' : `\n## Notes on intervals\n\n${lines.join('\n')}\n`;
}

export function pageOf(rows, proofs, members) {
  const off = rows.filter((row) => misses(row).length > 0);
  const worlds = [...new Set(rows.map(({ seeds }) => seeds))].sort((a, b) => b - a).join(' or ');
  const summary =
    off.length === 0
      ? 'Every line meets its aims.'
      : `${rows.length - off.length} of ${rows.length} lines meet all their aims. The others:\n\n${off.map((row) => `- \`${row.audit}\`: ${misses(row).join(', ')}`).join('\n')}`;
  return `# Calibration

Does an audit find what is there, and keep quiet where nothing is? Each is run in simulated programmes
([\`src/simulator/programme/\`](../src/simulator/programme/plants.ts)) of two years and ${members} members, with about 12,000 orders and 9,000
messages: in ${worlds} programmes that an auditor would call sound, and in as many in which one problem is planted by turning a
dial or two. Fewer members where campaigns are what is counted, more where value is. A few audits ask about something that the sound programme
does not have, such as messages that do not arrive; theirs has it, handled as it should be.

- **found**: the finding is a \`problem\` where one is planted. Aim: at least 90 %.
- **false alarms**: the finding is a \`problem\` in the sound programme. Aim: at most 5 % of the worlds in which the audit answers at all.
- **truth inside the interval**: the interval of the audit's main measure holds the true value. Aim: within five points of the
  level, so 85 to 95 % for an interval of 90 %. The truth is the chance that the simulation draws with, or a count over a hundred and
  fifty times as many members, made by the simulator and never by the audit. A dash: no truth can be named without the audit's own
  arithmetic.

With 100 worlds the shares are uncertain themselves: where the true share is 90 %, 84 to 95 % come out in nineteen runs of twenty. All
lines use the same seeds, so what is unusual about a seed shows in several of them.

${tableOf(rows)}

${summary}
${notesOf(rows)}${proofSectionOf(proofs)}
## What it does not say

A plant is one way in which a problem can look, mostly a plain one; a fainter problem is found less often. The sound programme is sound
by these levels, not by every one a user may set. Thresholds that are conventions of the house are not proved by a calibration.

## How to make this page

\`\`\`
npm run calibrate -- --seeds 100 --members ${members} --write
npm run calibrate -- --seeds 100 --audits cap-breaches,leaky-bucket --write     # some lines again, the others stay
npm run calibrate -- --from 41 --seeds 100 --write     # go on after a run that was broken off with Ctrl-C when 40 seeds were done
npm run calibrate -- --proof --seeds 200 --write       # the section “Proof”; may run beside the others
\`\`\`

The same seeds give the same table. [\`calibration.json\`](calibration.json) and [\`calibration-proof.json\`](calibration-proof.json) hold the counts.
`;
}
