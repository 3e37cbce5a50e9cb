/** Does marketing stop when a member says no? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { breachesSql, type WithdrawalRow, withdrawalsSql } from './contact-after-opt-out.sql.js';
import { optOutEvidence, optOutMeasures } from './opt-out-measures.js';
import { optOutExplanation } from './opt-out-words.js';

/** From fewer members who said no, that none was contacted says next to nothing. */
const fewestWithdrawn = 10;
const fewestContacts = 50;
const blank = { evidence: [], charts: [], evidenceGrade: 'E4' as const };

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy } = context;
  const pressure = await derived.contactPressure();
  const [counts] = await engine.rows(withdrawalsSql(engine.dialect, pressure, window));
  if (counts === undefined || counts.words + counts.undated === 0) {
    return {
      ...blank,
      measures: [],
      notApplicable: 'The files record nobody who said no: neither an opt-out nor a permission that was withdrawn.',
      unlocks: [{ table: 'opt_outs', columns: ['member_id', 'occurred_at'], gain: 'shows whether marketing stops when a member says no' }],
    };
  }
  const rows = await engine.rows(breachesSql(engine.dialect, pressure, window));
  const measures = optOutMeasures(rows, counts, policy);
  const hasBreach = rows.some((row) => row.state === 'withdrawn');
  const fewest = Math.max(fewestWithdrawn, policy.smallCell);
  if (!hasBreach && (counts.members < fewest || counts.contacts < fewestContacts)) {
    const unlocks =
      counts.contacts === 0
        ? [{ table: 'contacts', columns: ['contacted_at'], gain: 'dates each contact, so that it can be held against the day of the no' }]
        : [];
    return {
      ...blank,
      measures,
      unlocks,
      notEnough: `That nobody was contacted after saying no means something from ${fewest} members who said so on a known day, for a channel that contacts go through, and ${fewestContacts} dated marketing contacts on; the files show fewer.`,
    };
  }
  const members = measures.find(({ id }) => id === 'membersContactedAfter')?.value ?? 0;
  return {
    measures,
    evidence: optOutEvidence(rows, counts, policy),
    charts: [],
    evidenceGrade: 'E4',
    members: { value: members, meaning: 'members contacted after they had said no' },
    caveats: caveatsOf(context, counts),
  };
}

function caveatsOf(context: AuditContext, { undated, elsewhere }: WithdrawalRow): string[] {
  const isMissing = (table: 'contacts' | 'opt_outs', column: string): boolean => context.filledShare(table, column) === 0;
  const caveats = ['Where the no has a date without a time, a contact on the same day is not counted, because which came first is not known.'];
  if (context.rowCount('opt_outs') > 0 && isMissing('opt_outs', 'channel')) {
    caveats.push('Opt-outs name no channel, so each counts for every channel until the member agrees again.');
  }
  if (isMissing('contacts', 'contacted_at')) {
    caveats.push(
      'Contacts have no date of their own and stand on the first day of their campaign; contacts later in a campaign that began before the no are missed.',
    );
  }
  if (isMissing('contacts', 'is_transactional')) {
    caveats.push('The files do not tell service messages, such as receipts, from marketing; all contacts count as marketing.');
  }
  if (undated > 0) caveats.push('Some withdrawals have no date and could not be checked.');
  if (elsewhere > 0)
    caveats.push('Some withdrawals are from a channel that no contact names; where that is another word for a channel in use, contacts after them are missed.');
  caveats.push('Contacts through systems that are not in these files cannot be seen.');
  return caveats;
}

export const contactAfterOptOut = defineAudit({
  id: 'contact-after-opt-out',
  category: 'targeting',
  question: 'Does marketing stop when a member says no?',
  why: 'Everybody has the right to refuse marketing. One message after the no is a breach of the law in many countries, and of trust everywhere.',
  problem: 'FP8',
  weight: 'critical',
  materialByNature: true,
  needs: { contacts: ['member_id'] },
  improves: {
    contacts: [
      { columns: ['contacted_at'], gain: 'dates each contact, so that none after the no is missed' },
      { columns: ['channel'], gain: 'holds each contact against the permission for its own channel' },
      { columns: ['is_transactional'], gain: 'leaves out service messages, which a no to marketing does not stop' },
    ],
    opt_outs: [{ columns: ['member_id', 'occurred_at', 'channel'], gain: 'dates each no and says which channel it was for' }],
    consents: [{ columns: ['status', 'valid_from'], gain: 'shows permissions that were withdrawn, and those given again' }],
  },
  minimum: { contacts: 1 },
  thresholds: {
    contactsAfterOptOut: {
      levels: { fail: 1 },
      source: {
        kind: 'regulator',
        citation: 'Information Commissioner’s Office (United Kingdom), “Respect people’s preferences”',
        note: 'The right to object to direct marketing is absolute: there are no grounds to refuse, so not one contact is tolerated.',
      },
    },
  },
  sums: [['contactsAfterOptOut', 'contactsWithinGrace']],
  rivals: [
    {
      explanation: 'The messages were receipts or recalls and not marketing.',
      check: 'Messages marked as service are left out.',
      open: 'Service messages without a mark.',
    },
    {
      explanation: 'The no was entered with the date of an earlier day, after the message had gone.',
      check: 'Messages within a few days of the no are shown apart from later ones.',
      open: 'The files do not say when an entry was made.',
    },
    {
      explanation: 'The member agreed again later.',
      check: 'A permission that was granted after the no ends it.',
      open: 'A consent that is kept in another system.',
    },
  ],
  measure,
  judge: (measures, { contactsAfterOptOut: level }) => {
    if ((measures.value('contactsAfterOptOut') ?? 0) >= (level?.fail ?? 1)) return { status: 'problem', severity: 'critical' };
    const doubtful = (measures.value('contactsAfterPermissionEnded') ?? 0) + (measures.value('contactsOfUnknownChannel') ?? 0);
    return doubtful > 0 ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: optOutExplanation,
});
