/** Which reachable members hear nothing, and what are they worth? */
import { type AuditContext, defineAudit, type Measurement, type Measures } from '../audit.js';
import { membersOf, neglectChart, neglectEvidence, neglectedMoney, neglectMeasures, reachableOf, type ValueTerms } from './neglect-measures.js';
import { contactStatesSql } from './neglected-members.sql.js';

const fewestMembers = 50;
const valueWords = { margin: 'margin', revenue: 'net sales', 'reported-total': 'reported spend' } as const;

/** null when nothing says what a member is worth. */
function valueTerms({ derived, thresholds }: AuditContext): ValueTerms | null {
  if (derived.valueBasis === null) return null;
  const levels = thresholds.neglectedValueShare;
  return { words: valueWords[derived.valueBasis], materialShare: (derived.valueBasis === 'margin' ? levels?.margin : levels?.revenue) ?? 0 };
}

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy } = context;
  const days = context.thresholds.neglectedDays?.days ?? 0;
  const query = contactStatesSql(engine.dialect, await derived.contactFacts(), await derived.memberFacts(), window, context.asOfDay - days + 1);
  const rows = await engine.rows(query);
  const reachable = membersOf(reachableOf(rows));
  if (reachable < fewestMembers) {
    const measures = [
      { id: 'reachableMembers', label: 'Members who can be contacted at the end of the window', value: reachable, unit: 'count' as const, n: reachable },
    ];
    return { measures, evidence: [], charts: [], evidenceGrade: 'E4', notEnough: `The question needs at least ${fewestMembers} members who can be contacted.` };
  }
  const terms = valueTerms(context);
  const words = terms?.words ?? null;
  const measures = neglectMeasures(rows, days, terms, policy);
  const money = neglectedMoney(measures, words);
  return {
    measures,
    evidence: neglectEvidence(rows, words, policy.smallCell),
    charts: [neglectChart(rows, words, policy.smallCell)],
    evidenceGrade: 'E4',
    ...(money === undefined ? {} : { money }),
    members: { value: measures.find(({ id }) => id === 'neglectedMembers')?.value ?? 0, meaning: 'reachable members without contact for a long time' },
    caveats: caveatsOf(context, days),
  };
}

function caveatsOf(context: AuditContext, days: number): string[] {
  const isMissing = (table: 'contacts' | 'campaigns' | 'members', column: string): boolean => context.filledShare(table, column) === 0;
  const caveats: string[] = [];
  if (!context.derived.hasConsents) {
    caveats.push(
      'Permissions are unknown: everybody who has not left or opted out counts as reachable, so some of these members may have asked not to be contacted.',
    );
  }
  if (isMissing('contacts', 'contacted_at') && isMissing('campaigns', 'starts_at')) {
    caveats.push('No contact has a date, so a contact at any time counts as recent.');
  } else if (context.window.days < days) {
    caveats.push(
      'The files cover less time than the number of days asked for, so members count as neglected who may have been contacted before the files begin.',
    );
  }
  if (isMissing('members', 'enrolled_at')) caveats.push('Joining dates are unknown, so new members count as neglected too.');
  if (context.derived.valueBasis === 'reported-total')
    caveats.push('Value is the spend that the members file reports; it may cover another period than the contacts.');
  if (context.rowCount('assignments') > 0)
    caveats.push('A test without an end that contacted nobody counts as a control group that is still kept out; others count until their campaign’s last day.');
  caveats.push('What these members are worth is what they buy without contact; it is not what contact would add.');
  return caveats;
}

/** Whom a test kept out was left alone on purpose. */
function heldOutSentence(measures: Measures): string {
  const has = (id: string): boolean => (measures.value(id) ?? 0) > 0;
  const who = [
    ...(has('heldOutMembers') ? ['{heldOutMembers} more were never contacted'] : []),
    ...(has('heldOutSince') ? ['{heldOutSince} more were contacted earlier only'] : []),
  ];
  return who.length === 0 ? '' : ` ${who.join(', and ')}, because a test kept them out, which is care and not neglect.`;
}

export const neglectedMembers = defineAudit({
  id: 'neglected-members',
  category: 'targeting',
  question: 'Which members hear nothing, and what are they worth?',
  why: 'Members who are never selected still buy; nobody looks after that trade until it is gone.',
  problem: 'FP8',
  weight: 'critical',
  needs: { contacts: ['member_id', 'campaign_id'] },
  improves: {
    consents: [{ columns: ['status'], gain: 'leaves out members who may not be contacted' }],
    members: [
      { columns: ['enrolled_at'], gain: 'leaves out members who joined too lately to be neglected, and shows neglect by time in the scheme' },
      { columns: ['tier'], gain: 'shows neglect by tier' },
    ],
    transactions: [{ columns: ['net_amount'], gain: 'says what the neglected members are worth' }],
    contacts: [{ columns: ['contacted_at'], gain: 'tells a contact of last week from one of last year' }],
  },
  minimum: { contacts: 50 },
  thresholds: {
    neglectedDays: {
      levels: { days: 180 },
      source: { kind: 'house', note: 'Half a year without a word. No published figure exists; set it to the longest silence that your programme intends.' },
    },
    neglectedValueShare: {
      levels: { revenue: 0.0075, margin: 0.0375 },
      source: {
        kind: 'convention',
        citation:
          'Audit practice: overall materiality of 1 % of revenue or 5 % of margin, performance materiality of 75 % of that (ISA 320 leaves the percentages to judgement).',
        note: 'By analogy with financial audits: an amount that would be material in the accounts is material here.',
      },
    },
  },
  notOfMembers: ['materialShare'],
  sums: [['neglectedMembers', 'neglectedThroughout']],
  neighbours: [['newMembers', 'neverContacted', 'neglectedThroughout']],
  rivals: [
    {
      explanation: 'They asked not to be contacted.',
      check: 'Only members with permission count, wherever the files hold permissions.',
      open: 'Without permissions some of these members may have refused.',
    },
    {
      explanation: 'They hear from the organisation in ways that are not in the files: post, staff, the app.',
      check: 'Every marketing message in the files counts, and one without a date counts as recent.',
      open: 'Channels outside the files.',
    },
    {
      explanation: 'They are held out of campaigns for a test.',
      check: 'Whoever a test kept out within the same days is left out of the count, contacted before or not.',
      open: 'Tests that are on no record.',
    },
  ],
  measure,
  judge: (measures) => {
    const share = measures.get('neglectedValueShare');
    if (share === undefined || share.value === null) return { status: 'informative', severity: 'none' };
    const material = measures.value('materialShare') ?? 0;
    if (share.value < material) return { status: 'healthy', severity: 'none' };
    // All of the value has no interval, and needs none.
    const certain = share.interval?.low ?? (share.value >= 1 ? 1 : 0);
    // The size of this effect is an amount of money, and materiality brings the severity down to what the amount deserves.
    return certain >= material ? { status: 'problem', severity: 'critical' } : { status: 'watch', severity: 'low' };
  },
  explain: (measures, { status }) => {
    const share = measures.get('neglectedValueShare');
    const hasShare = share !== undefined && share.value !== null;
    const range = share?.interval === undefined ? '' : ' ({neglectedValueShare.interval})';
    const [members, silent] = [measures.value('neglectedMembers'), measures.value('neglectedThroughout')];
    const inPart = silent === members ? ', nor any in the whole window' : '; {neglectedThroughout} of these had none in the whole window';
    const throughout = members === 0 ? '' : inPart;
    const heard = `{neglectedMembers} of {reachableMembers} members who can be contacted ({neglectedShare}) have had no marketing contact for {neglectedDays} or more${throughout}.`;
    const isNew = (measures.value('newMembers') ?? 0) > 0 ? ' {newMembers} more joined too recently to count and have not been contacted yet.' : '';
    const heldOut = heldOutSentence(measures);
    return {
      condition: `${heard}${hasShare ? ` They hold {neglectedValueShare}${range} of the value of all members.` : ''}${isNew}${heldOut}`,
      criterion: hasShare
        ? 'From {materialShare} of the value of all members on, what they hold is material: a level borrowed from financial audits.'
        : 'What these members are worth cannot be said, so there is no level to hold this against.',
      consequence:
        status === 'healthy'
          ? 'The members left without contact hold too little value to matter.'
          : hasShare
            ? 'Trade worth {neglectedValue} is left to itself: nobody learns what these members want, and nobody would notice if they went elsewhere.'
            : 'Nobody learns what these members want; what they are worth cannot be said from these files.',
      action:
        status === 'healthy'
          ? 'Keep watching the tables by tier and by time in the scheme, where a small group can be left out unseen.'
          : 'Check first whether leaving them out was a decision. Then send one useful message, not an offer, to a random half of them, hold the other half back, and compare sales over the following 90 days.',
      wouldChangeOurMind:
        'Permissions that show that these members may not be contacted, contacts in a channel that is not in these files, or such a test in which contact made no difference.',
    };
  },
});
