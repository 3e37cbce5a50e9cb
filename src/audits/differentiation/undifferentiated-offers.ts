/** Does it matter who a member is for the offer that the member gets? */
import { remake } from '../../derived/remake.js';
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { bestOf, segmentationLabels, segmentInformation } from './offer-information.js';
import { relevanceMeasures } from './offer-relevance.js';
import {
  allGroups,
  boughtSql,
  type CellRow,
  cellsSql,
  mostOffers,
  type OfferLevel,
  type OfferRow,
  offerSendsSql,
  offersSql,
  relevanceSql,
  type Segmentation,
  segmentations,
  varietySql,
  weeksSql,
} from './undifferentiated-offers.sql.js';
import { offerChart, offerEvidence } from './undifferentiated-offers-exhibits.js';
import { offerMeasures, quarterOffers } from './undifferentiated-offers-measures.js';
import { explainOffers, levelWords } from './undifferentiated-offers-words.js';

const fewestContacts = 200;
const fewestMembers = 50;
/** An offer that is known for fewer of the contacts, or whose commonest codes cover fewer, does not speak for them. */
const [fewestKnown, fewestCovered] = [0.5, 0.8];
/** Above this many purchases, what members buy by category is looked up for a fifth of them. */
const mostPurchases = 5_000_000;
const categoryGroupsOf = (context: AuditContext): number => (context.rowCount('transactions') > mostPurchases ? allGroups / 5 : allGroups);
/** Tables that several questions below read, dropped after them. */
const scratch = { bought: 'offer_purchases', sends: 'offer_sends' } as const;
const levels: readonly OfferLevel[] = ['offer', 'offerType', 'campaignType'];

/** The finest way to tell offers apart that the files allow. */
async function offersOf({ engine, window }: AuditContext): Promise<{ readonly level: OfferLevel; readonly offers: readonly OfferRow[] } | null> {
  for (const level of levels) {
    const offers = await engine.rows(offersSql(engine.dialect, window, level));
    const { known = 0, all_contacts: all = 0 } = offers[0] ?? {};
    const covered = offers.slice(0, mostOffers).reduce((sum, { contacts }) => sum + contacts, 0);
    if (known >= fewestKnown * all && known > 0 && covered >= fewestCovered * known) return { level, offers };
  }
  return null;
}

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy } = context;
  const found = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  if (context.filledShare('contacts', 'contacted_at') === 0 && context.filledShare('campaigns', 'starts_at') === 0)
    return { ...found, notEnough: 'Neither contacts nor campaigns have a date, so offers of the same weeks cannot be compared.' };
  const known = await offersOf(context);
  if (known === null) {
    return {
      ...found,
      notApplicable: 'The files do not say what the contacts offered: most of them have neither an offer of their own nor a campaign with a kind of offer.',
      unlocks: [
        { table: 'contacts', columns: ['offer_id'], gain: 'shows whether different members get different offers' },
        { table: 'campaigns', columns: ['offer_type'], gain: 'the same, by kind of offer' },
      ],
    };
  }
  const { level, offers } = known;
  if ((offers[0]?.known ?? 0) < fewestContacts)
    return { ...found, notEnough: `Fewer than ${fewestContacts} marketing contacts inside the window have a known offer.` };
  const variety = await engine.rows(varietySql(engine.dialect, window, level));
  if (variety.reduce((sum, row) => sum + row.members, 0) < fewestMembers)
    return { ...found, notEnough: `Fewer than ${fewestMembers} members had a contact with a known offer.` };
  const kept = offers.slice(0, mostOffers).flatMap(({ offer }) => offer ?? []);
  const weeks = await engine.rows(weeksSql(engine.dialect, window, level, kept));
  const groups = categoryGroupsOf(context);
  const bought = await remake(engine, scratch.bought, boughtSql(engine.dialect, window, groups));
  const sends = await remake(engine, scratch.sends, offerSendsSql(engine.dialect, window, level, kept));
  const tables = { memberPeriods: await derived.memberPeriods(), hasTierHistory: context.rowCount('tiers') > 0, bought, sends };
  const cells = new Map<Segmentation, CellRow[]>();
  for (const segmentation of segmentations) cells.set(segmentation, await engine.rows(cellsSql(engine.dialect, window, kept, segmentation, tables)));
  const information = segmentations.map((segmentation) => segmentInformation(segmentation, cells.get(segmentation) ?? [], policy.screenLevel));
  const best = bestOf(information);
  const shown = best === null ? null : { name: segmentationLabels[best.segmentation], rows: cells.get(best.segmentation) ?? [] };
  const hasCategories =
    context.filledShare('offers', 'category') > 0 && context.filledShare('transactions', 'category') > 0 && context.filledShare('contacts', 'offer_id') > 0;
  const relevance = hasCategories ? relevanceMeasures(await engine.rows(relevanceSql(engine.dialect, window, bought, groups)), policy) : [];
  for (const name of Object.values(scratch)) await engine.run(engine.dialect.dropTable(name));
  return {
    ...found,
    measures: [...offerMeasures({ offers, weeks, variety, information }, context), ...relevance],
    evidence: offerEvidence(information, quarterOffers(weeks), shown, policy.smallCell),
    charts: shown === null ? [] : [offerChart(shown, policy.smallCell)],
    caveats: caveatsOf(context, level, offers.length > mostOffers),
  };
}

function caveatsOf(context: AuditContext, level: OfferLevel, isJoined: boolean): string[] {
  const caveats = [
    `Offers are told apart by ${levelWords[level]}; two offers that look alike there may be different for the customer.`,
    'Only what contacted members were offered is compared, among themselves and within quarters; who is not contacted at all is another finding. How the offers compare with those of competitors is in no file.',
    'Differences are not good in themselves: offers can follow segments and still be the wrong ones, or treat some members worse. Look at what each segment buys afterwards.',
  ];
  if (categoryGroupsOf(context) < allGroups && context.filledShare('transactions', 'category') > 0)
    caveats.push('What members buy by category is looked up for a random fifth of them, because there are so many purchases.');
  if (isJoined) caveats.push(`Beyond the ${mostOffers} commonest, offers are put together.`);
  if (context.rowCount('tiers') === 0 && context.filledShare('members', 'tier') > 0)
    caveats.push(
      'The tier is that of today, which what members bought after the offer helped to reach, so it may say a little more about the offer than it did on the day.',
    );
  if (context.filledShare('members', 'segment') > 0) caveats.push('The organisation’s segment is that of today, as above.');
  return caveats;
}

export const undifferentiatedOffers = defineAudit({
  id: 'undifferentiated-offers',
  category: 'differentiation',
  question: 'Do different members get different offers?',
  why: 'An offer that everybody gets shows no member that the scheme knows them, and any competitor can copy it.',
  problem: 'FP3',
  weight: 'medium',
  needs: { contacts: ['member_id', 'campaign_id'] },
  improves: {
    contacts: [
      { columns: ['offer_id'], gain: 'the offer of each message instead of the kind that its campaign states' },
      { columns: ['contacted_at'], gain: 'compares offers of the same weeks' },
    ],
    campaigns: [{ columns: ['offer_type'], gain: 'the kind of offer where messages carry no code' }],
    offers: [{ columns: ['type', 'category'], gain: 'the kind of each offer, and whether members buy in its category' }],
    members: [{ columns: ['tier', 'segment'], gain: 'offers by tier and by the organisation’s own segments' }],
    tiers: [{ columns: ['tier', 'valid_from'], gain: 'the tier on the day of the offer instead of that of today' }],
    transactions: [
      { columns: ['net_amount'], gain: 'offers by value and by stage of life in the scheme' },
      { columns: ['category'], gain: 'offers by favourite category, and whether they fit it' },
    ],
  },
  minimum: { contacts: fewestContacts },
  thresholds: {
    adjusted: {
      levels: { undifferentiated: 0.02, light: 0.1 },
      source: {
        kind: 'house',
        note: 'No published cut-off exists. The measure is adjusted mutual information over the smaller entropy (Vinh, Epps & Bailey 2010, Journal of Machine Learning Research 11): 0 is what chance gives, 1 is a segment that decides the offer.',
      },
    },
  },
  notOfMembers: ['divisions', 'offers', 'sameOfferShare', 'offersPerQuarter'],
  rivals: [
    {
      explanation: 'Few offers and few members make any two groups look alike.',
      check: 'What chance alone would give is taken away before anything is judged; rare offers and small groups are put together.',
      open: 'A difference that is smaller than the interval is not ruled out.',
    },
    {
      explanation: 'Offers differ in ways that the list does not record: words, pictures, the product shown.',
      check: 'Offers are told apart by the finest mark that enough contacts have: their own code, else their kind, else the kind that the campaign states.',
      open: 'What the list does not record.',
    },
    {
      explanation: 'The offers are equal on purpose, so that nobody is treated worse.',
      check: 'None: intent cannot be read from files.',
      open: 'Ask who decided it, and why.',
    },
  ],
  measure,
  judge: (measures, thresholds) => {
    const adjusted = measures.get('adjusted');
    const { undifferentiated = 0, light = 0 } = thresholds.adjusted ?? {};
    if (adjusted === undefined || adjusted.value === null)
      return (measures.value('offers') ?? 0) < 2 ? { status: 'watch', severity: 'low' } : { status: 'informative', severity: 'none' };
    const high = adjusted.interval?.high ?? adjusted.value;
    if (adjusted.value < undifferentiated && high < light) return { status: 'problem', severity: 'medium' };
    // The division that says most is looked at, so with few contacts one of several lies high by chance.
    const isShown = (adjusted.interval?.low ?? Number.NEGATIVE_INFINITY) > undifferentiated;
    return adjusted.value < light || !isShown ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: explainOffers,
});
