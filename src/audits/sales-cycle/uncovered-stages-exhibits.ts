/** The table and the picture of stages by objective. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import { joinSmallCells, tellableParts } from '../../statistics/small-cells.js';
import type { StageContactRow } from './uncovered-stages.sql.js';
import { fitting, objectiveNames, type StageCount, stageLabels, unread } from './uncovered-stages-measures.js';

interface Cell {
  readonly label: string;
  readonly contacts: number;
  /** At least so many different members: those of joined cells may be the same people. */
  readonly members: number;
}

/** What one stage got, by objective. */
function cellsOf(stage: string, contacts: readonly StageContactRow[], names: readonly string[]): Cell[] {
  return names.map((label) => {
    const own = contacts.filter((row) => row.stage === stage && (row.objective ?? unread) === label);
    return { label, contacts: own.reduce((sum, row) => sum + row.contacts, 0), members: own.reduce((sum, row) => sum + row.members, 0) };
  });
}

const meantWords = (count: StageCount, label: string): string => {
  if (label === unread) return 'not known';
  return fitting[count.stage].some((objective) => label.split(', ').includes(objective)) ? 'yes' : 'no';
};

export function stageEvidence(counts: readonly StageCount[], contacts: readonly StageContactRow[], smallCell: number): EvidenceTable[] {
  const names = objectiveNames(contacts);
  const told = tellableParts(
    counts.map((count) => count.contacts),
    smallCell,
  );
  const shown = counts.filter(({ members }) => members >= smallCell);
  const isTold = (count: StageCount): boolean => told[counts.indexOf(count)] ?? false;
  return [
    {
      id: 'stages',
      title: 'What members hear in each stage',
      columns: [
        { id: 'stage', label: 'Stage at the beginning of each four weeks', unit: 'text' },
        { id: 'members', label: 'Members ever in it', unit: 'count' },
        { id: 'membersNow', label: 'Members in it in the latest four weeks', unit: 'count' },
        { id: 'months', label: 'Months of membership', unit: 'number' },
        { id: 'contacts', label: 'Contacts', unit: 'count' },
        { id: 'rate', label: 'Contacts a month', unit: 'contactsPerMember' },
        { id: 'meant', label: 'Of these with an objective meant for the stage', unit: 'contactsPerMember' },
      ],
      rows: shown.map((count) => [
        stageLabels[count.stage],
        count.members,
        count.membersNow > 0 && count.membersNow < smallCell ? null : count.membersNow,
        ...(isTold(count) ? [count.months, count.contacts, count.rate.value, count.meant.value] : [null, null, null, null]),
      ]),
      note: `Stages with fewer than ${smallCell} members are left out, and contacts of fewer than ${smallCell} are not shown. Members stand in several stages over the year.`,
    },
    {
      id: 'objectives',
      title: 'Contacts by stage and objective',
      columns: [
        { id: 'stage', label: 'Stage', unit: 'text' },
        { id: 'objective', label: 'Objective of the campaign', unit: 'text' },
        { id: 'contacts', label: 'Contacts', unit: 'count' },
        { id: 'rate', label: 'Contacts a month', unit: 'contactsPerMember' },
        { id: 'meant', label: 'Meant for the stage', unit: 'text' },
      ],
      rows: shown.filter(isTold).flatMap((count) =>
        joinSmallCells(
          cellsOf(count.stage, contacts, names),
          ({ members }) => members === 0 || members >= smallCell,
          (left, right) => ({
            label: `${left.label}, ${right.label}`,
            contacts: left.contacts + right.contacts,
            members: Math.max(left.members, right.members),
          }),
        ).map((cell) => [stageLabels[count.stage], cell.label, cell.contacts, cell.contacts / count.months, meantWords(count, cell.label)]),
      ),
      note: `Objectives with fewer than ${smallCell} members in a stage are joined to their neighbour.`,
    },
  ];
}

export function stageChart(counts: readonly StageCount[], contacts: readonly StageContactRow[], smallCell: number): Chart {
  const names = objectiveNames(contacts);
  return {
    kind: 'matrix',
    id: 'coverage',
    title: 'What members hear in each stage',
    description: `One row a stage of a member’s life in the scheme, one column an objective of the campaigns, in each cell the contacts a member and month. Cells with fewer than ${smallCell} members and stages with too few members are left blank. {uncoveredStages} of {judgedStages} stages have next to nothing that is meant for them.`,
    rowsLabel: 'Stage',
    columnsLabel: 'Objective of the campaign',
    unit: 'number',
    columns: names,
    rows: counts.map((count) => ({
      label: stageLabels[count.stage],
      values: cellsOf(count.stage, contacts, names).map(({ contacts: sent, members }) =>
        !count.isJudged || (members > 0 && members < smallCell) ? null : sent / count.months,
      ),
    })),
  };
}
