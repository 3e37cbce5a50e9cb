/**
 * The canonical tables: every source file becomes rows of one of these.
 * Types are the model's own; the engine's dialect says how each is stored.
 */

/**
 * - `member`, `campaign`: an identifier that stays text in the source and becomes a dense integer key
 *   (`member_key`, `campaign_key`) in the engine, because text keys make joins five to ten times slower.
 * - `id`, `text`: text, never converted.
 * - `amount`: exact decimal with four places (money, points).
 * - `number`: exact decimal with six places (shares, scores).
 * - `integer`, `boolean`, `date`, `timestamp`: as the names say; timestamps are UTC.
 */
export type ColumnType = 'member' | 'campaign' | 'id' | 'text' | 'amount' | 'number' | 'integer' | 'boolean' | 'date' | 'timestamp';

export interface CanonicalColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** One plain phrase, shown by `inspect` and in the documentation. */
  readonly meaning: string;
  /** Without these columns a row of the table says nothing and is quarantined. */
  readonly isRequired?: true;
  /** The column may be mapped but a single row may leave it empty even though it is required of the table. */
  readonly mayBeEmpty?: true;
  /** Personal data: never shown in samples, logs, errors or reports. */
  readonly isPersonal?: true;
  /** Header spellings seen in exports, compared after lower-casing and removing everything but letters and digits. */
  readonly synonyms: readonly string[];
}

export interface CanonicalTable {
  readonly name: TableName;
  readonly rowMeans: string;
  readonly columns: readonly CanonicalColumn[];
}

export const tableNames = [
  'members',
  'consents',
  'transactions',
  'campaigns',
  'contacts',
  'assignments',
  'responses',
  'outcomes',
  'opt_outs',
  'points',
  'tiers',
  'service_events',
  'offers',
  'surveys',
  'maturity_answers',
] as const;
export type TableName = (typeof tableNames)[number];

type ColumnOptions = Omit<CanonicalColumn, 'name' | 'type' | 'meaning' | 'synonyms'>;
const column = (name: string, type: ColumnType, meaning: string, synonyms: readonly string[] = [], options: ColumnOptions = {}): CanonicalColumn => ({
  name,
  type,
  meaning,
  synonyms,
  ...options,
});
const required: ColumnOptions = { isRequired: true };

const memberSynonyms = [
  'memberid',
  'customerid',
  'householdid',
  'loyaltynumber',
  'loyaltyid',
  'cardnumber',
  'membernumber',
  'customernumber',
  'custid',
  'subscriberkey',
  'subscriberid',
  'contactid',
  'userid',
  'clientid',
  'shopperid',
  'accountid',
  'profileid',
  'customerkey',
  'memberno',
];
const campaignSynonyms = ['campaignid', 'campaign', 'campaigncode', 'campaignkey', 'mailingid', 'jobid', 'sendid', 'campaignno', 'cmpid'];

export const tables: readonly CanonicalTable[] = [
  {
    name: 'members',
    rowMeans: 'a customer in the scheme',
    columns: [
      column('member_id', 'member', 'the customer’s number in the scheme', memberSynonyms, { isRequired: true, isPersonal: true }),
      column('enrolled_at', 'date', 'when the customer joined', [
        'enrolledat',
        'enrolmentdate',
        'enrollmentdate',
        'joindate',
        'joinedat',
        'joined',
        'signupdate',
        'registrationdate',
        'registeredat',
        'membersince',
        'createdat',
        'dateadded',
        'firstenrolled',
        'enrolled',
      ]),
      column('acquisition_source', 'text', 'where the customer came from', [
        'acquisitionsource',
        'source',
        'enrollmenttype',
        'enrolmenttype',
        'acquisitionchannel',
        'signupsource',
        'joinsource',
        'enrolmentchannel',
        'leadsource',
      ]),
      column('acquisition_campaign_id', 'text', 'the campaign that brought the customer', ['acquisitioncampaignid', 'acquisitioncampaign', 'joincampaign']),
      column('acquisition_discount_share', 'number', 'discount given on joining, as a share', ['acquisitiondiscountshare', 'welcomediscount']),
      column('tier', 'text', 'the customer’s level in the scheme', [
        'tier',
        'loyaltycard',
        'level',
        'loyaltytier',
        'status tier',
        'membershiptier',
        'cardtype',
        'tiername',
        'loyaltylevel',
        'viptier',
      ]),
      column('segment', 'text', 'a segment the organisation uses', ['segment', 'customersegment', 'historysegment', 'rfmsegment', 'cluster']),
      column('business_unit', 'text', 'the part of the organisation', ['businessunit', 'bu', 'brand', 'banner', 'division', 'store', 'homestore']),
      column('status', 'text', 'active or closed, as the source says', ['memberstatus', 'status', 'accountstatus']),
      column('closed_at', 'date', 'when the membership ended', [
        'closedat',
        'cancelledat',
        'cancellationdate',
        'canceldate',
        'closedate',
        'terminationdate',
        'churndate',
        'leftat',
        'cancelled',
        'cancellation',
      ]),
      column('spend_total', 'amount', 'total spend, where there are no transactions', [
        'spendtotal',
        'totalspent',
        'totalspend',
        'lifetimespend',
        'history',
        'totalrevenue',
        'clv',
        'lifetimevalue',
        'totalordervalue',
      ]),
      column('orders_total', 'integer', 'number of orders, where there are no transactions', [
        'orderstotal',
        'totalorders',
        'ordercount',
        'numberoforders',
        'orders',
      ]),
      column('first_purchase_at', 'date', 'first purchase', ['firstpurchaseat', 'firstpurchase', 'firstorderdate', 'firstpurchasedate']),
      column('last_purchase_at', 'date', 'last purchase', ['lastpurchaseat', 'lastpurchase', 'lastorderdate', 'lastpurchasedate']),
      column('totals_period_days', 'integer', 'the period that the totals cover, in days', ['totalsperioddays']),
    ],
  },
  {
    name: 'consents',
    rowMeans: 'a member’s permission in a channel',
    columns: [
      column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
      column('channel', 'text', 'e-mail, SMS, post, app, phone', ['channel', 'medium', 'consentchannel'], required),
      column('status', 'text', 'granted or withdrawn', ['status', 'consent', 'consentstatus', 'permission', 'optin', 'optinstatus', 'subscribed'], required),
      column('valid_from', 'timestamp', 'from when', ['validfrom', 'from', 'consentdate', 'updatedat', 'effectivefrom', 'givenat']),
      column('valid_to', 'timestamp', 'until when', ['validto', 'to', 'until', 'effectiveto']),
      column('reason', 'text', 'why', ['reason']),
    ],
  },
  {
    name: 'transactions',
    rowMeans: 'a basket or order',
    columns: [
      column(
        'transaction_id',
        'id',
        'the basket’s or order’s number',
        [
          'transactionid',
          'orderid',
          'basketid',
          'receiptid',
          'ordernumber',
          'invoiceno',
          'invoice',
          'invoicenumber',
          'receiptno',
          'ticketid',
          'txnid',
          'receiptnumber',
          'salesid',
        ],
        required,
      ),
      column('member_id', 'member', 'the customer; empty for an unlinked sale', memberSynonyms, { isRequired: true, mayBeEmpty: true, isPersonal: true }),
      column(
        'occurred_at',
        'timestamp',
        'when',
        [
          'occurredat',
          'transactiontimestamp',
          'transactiondate',
          'orderdate',
          'date',
          'timestamp',
          'purchasedate',
          'invoicedate',
          'purchasedat',
          'createdat',
          'orderedat',
          'saledate',
          'receiptdate',
          'paidat',
          'datetime',
        ],
        required,
      ),
      column(
        'net_amount',
        'amount',
        'what was paid, after discounts',
        [
          'netamount',
          'salesvalue',
          'amount',
          'total',
          'netsales',
          'revenue',
          'ordertotal',
          'spend',
          'net',
          'totalamount',
          'ordervalue',
          'netvalue',
          'nettotal',
          'amountpaid',
        ],
        required,
      ),
      column('gross_amount', 'amount', 'before discounts', ['grossamount', 'gross', 'grosssales', 'listamount', 'subtotal', 'grosstotal']),
      column('discount_amount', 'amount', 'discount given', ['discountamount', 'discount', 'totaldiscount', 'retaildisc', 'discounttotal', 'discountvalue']),
      column('margin_amount', 'amount', 'contribution margin', ['marginamount', 'margin', 'grossmargin', 'contribution', 'profit', 'contributionmargin']),
      column('currency', 'text', 'currency code', ['currency', 'currencycode']),
      column('channel', 'text', 'shop, web, app', ['channel', 'saleschannel', 'orderchannel']),
      column('business_unit', 'text', 'shop or division', ['businessunit', 'storeid', 'store', 'shop', 'branch', 'division', 'storecode', 'location']),
      column('category', 'text', 'main category', ['category', 'productcategory', 'department']),
      column('promo_code', 'text', 'code used', ['promocode', 'discountcode', 'couponcode', 'vouchercode', 'voucher']),
      column('is_return', 'boolean', 'a return or refund', ['isreturn', 'return', 'refund', 'isrefund', 'returned']),
      column('original_transaction_id', 'id', 'the order that is returned', ['originaltransactionid', 'originalorderid']),
      column('points_earned', 'amount', 'points earned', ['pointsearned', 'earnedpoints']),
      column('points_redeemed', 'amount', 'points redeemed', ['pointsredeemed', 'redeemedpoints', 'pointsused']),
    ],
  },
  {
    name: 'campaigns',
    rowMeans: 'a campaign',
    columns: [
      column('campaign_id', 'campaign', 'the campaign’s code', campaignSynonyms, required),
      column('name', 'text', 'its name', ['name', 'campaignname', 'title', 'description', 'campaigntitle', 'mailingname', 'subject', 'emailname']),
      column('objective', 'text', 'what it was for', ['objective', 'goal', 'purpose', 'campaignobjective', 'aim', 'campaigngoal', 'campaigntype', 'type']),
      column('starts_at', 'date', 'first day', [
        'startsat',
        'startdate',
        'start',
        'launchdate',
        'senddate',
        'launch',
        'validfrom',
        'sentdate',
        'senttime',
        'launchedat',
      ]),
      column('ends_at', 'date', 'last day', ['endsat', 'enddate', 'end', 'validto', 'closedate', 'expirydate', 'finishdate']),
      column('business_unit', 'text', 'who ran it', ['businessunit', 'bu', 'brand', 'division', 'department']),
      column('brand_platform', 'text', 'brand theme', ['brandplatform', 'brandtheme', 'platform']),
      column('cost', 'amount', 'what it cost', ['cost', 'budget', 'totalcost', 'spend', 'campaigncost']),
      column('primary_kpi', 'text', 'the measure of success', ['primarykpi', 'kpi', 'successmetric', 'mainkpi']),
      column('kpi_horizon_days', 'integer', 'when success is measured, in days', ['kpihorizondays', 'horizondays', 'measurementwindowdays']),
      column('attribution_window_days', 'integer', 'days after contact in which a sale is credited', ['attributionwindowdays', 'attributionwindow']),
      column('targeting_columns', 'text', 'what the selection used', ['targetingcolumns', 'targeting', 'selectioncriteria', 'audience', 'segments']),
      column('offer_type', 'text', 'kind of offer', ['offertype', 'offer', 'mechanic', 'incentive']),
      column('discount_depth_share', 'number', 'depth of discount as a share', ['discountdepthshare', 'discountdepth', 'discountpct']),
      column('mentions_programme', 'boolean', 'mentions the scheme', ['mentionsprogramme', 'mentionsprogram']),
      column('staff_briefed_at', 'date', 'when the front line was briefed', ['staffbriefedat', 'briefingdate', 'staffbriefing']),
      column('planned_holdout_share', 'number', 'share that was to be held out', [
        'plannedholdoutshare',
        'holdoutshare',
        'controlshare',
        'controlgroupshare',
        'holdoutpct',
      ]),
      column('owner', 'text', 'role or team that owns it', ['owner', 'campaignowner', 'team']),
      column('reported_recipients', 'integer', 'recipients, as reported', ['reportedrecipients', 'recipients', 'totalrecipients', 'sent', 'delivered']),
      column('reported_responses', 'integer', 'responses, as reported', ['reportedresponses', 'responses', 'conversions', 'orders', 'placedorders']),
      column('reported_revenue', 'amount', 'revenue, as reported', ['reportedrevenue', 'revenue', 'attributedrevenue']),
      column('reported_opt_outs', 'integer', 'opt-outs, as reported', ['reportedoptouts', 'unsubscribes', 'optouts']),
    ],
  },
  {
    name: 'contacts',
    rowMeans: 'a message sent to a member',
    columns: [
      column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
      column('campaign_id', 'campaign', 'the campaign', campaignSynonyms, required),
      column('contacted_at', 'timestamp', 'when', [
        'contactedat',
        'sentat',
        'senddate',
        'sentdate',
        'contactdate',
        'eventdate',
        'date',
        'timestamp',
        'senttime',
        'maildate',
        'deliveredat',
        'sendtime',
      ]),
      column('channel', 'text', 'e-mail, SMS, post, app, phone', ['channel', 'medium', 'sendchannel']),
      column('delivered', 'boolean', 'arrived', ['delivered', 'isdelivered']),
      column('bounced', 'boolean', 'did not arrive', ['bounced', 'isbounced', 'bounce']),
      column('offer_id', 'id', 'the offer', ['offerid', 'offer', 'offercode', 'couponid']),
      column('is_transactional', 'boolean', 'a service message, not marketing', ['istransactional', 'transactional', 'servicemessage']),
      column('trigger_type', 'text', 'batch or what triggered it', ['triggertype', 'trigger']),
      column('segment_used', 'text', 'segment that selected the member', ['segmentused', 'segment', 'targetsegment']),
      column('cost', 'amount', 'cost of this message', ['cost', 'unitcost', 'contactcost']),
    ],
  },
  {
    name: 'assignments',
    rowMeans: 'a member’s place in a test, apart from being contacted',
    columns: [
      column('campaign_id', 'campaign', 'the campaign', campaignSynonyms, required),
      column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
      column(
        'arm',
        'text',
        'treatment or holdout, or the name of a variant',
        ['arm', 'testgroup', 'group', 'cell', 'testcell', 'variant', 'controlgroup', 'treatment', 'abgroup', 'testcontrol'],
        required,
      ),
      column('assigned_at', 'timestamp', 'when', ['assignedat', 'assigneddate', 'assignmentdate', 'date']),
    ],
  },
  {
    name: 'responses',
    rowMeans: 'a reaction',
    columns: [
      column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
      column('campaign_id', 'campaign', 'the campaign', campaignSynonyms, required),
      column('responded_at', 'timestamp', 'when', [
        'respondedat',
        'responsedate',
        'redemptiondate',
        'redeemedat',
        'clickdate',
        'eventdate',
        'date',
        'timestamp',
        'clickedat',
        'conversiondate',
      ]),
      column('type', 'text', 'click, visit, code, purchase, redemption, reply; an open is kept and never counts', [
        'type',
        'responsetype',
        'eventtype',
        'event',
        'action',
      ]),
      column('amount', 'amount', 'value of the reaction', ['amount', 'value', 'revenue', 'ordervalue', 'spend']),
    ],
  },
  {
    name: 'outcomes',
    rowMeans: 'a member’s measured result in a campaign, where the source gives it ready',
    columns: [
      column('campaign_id', 'campaign', 'the campaign', campaignSynonyms, required),
      column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
      column('outcome', 'text', 'visit, conversion, spend, …', ['outcome', 'metric', 'measure'], required),
      column('value', 'amount', 'the result', ['value', 'result'], required),
      column('window_days', 'integer', 'days after the contact', ['windowdays']),
    ],
  },
  {
    name: 'opt_outs',
    rowMeans: 'a withdrawal of permission',
    columns: [
      column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
      column('channel', 'text', 'the channel', ['channel', 'medium']),
      column(
        'occurred_at',
        'timestamp',
        'when',
        ['occurredat', 'unsubscribedat', 'optoutdate', 'unsubscribedate', 'eventdate', 'date', 'optedoutat', 'unsubdate'],
        required,
      ),
      column('type', 'text', 'unsubscribe, spam complaint, erasure', ['type', 'reason', 'optouttype']),
      column('campaign_id', 'campaign', 'the campaign that prompted it', campaignSynonyms),
    ],
  },
  {
    name: 'points',
    rowMeans: 'a line of the points ledger',
    columns: [
      column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
      column('occurred_at', 'timestamp', 'when', ['occurredat', 'date', 'createdat', 'timestamp', 'transactiondate', 'postedat', 'entrydate'], required),
      column('type', 'text', 'earn, redeem, expire, adjust', ['type', 'transactiontype', 'entrytype', 'movement'], required),
      column('points', 'amount', 'points, as a positive number', ['points', 'pointsamount', 'units', 'value', 'pointschange'], required),
      column('value_amount', 'amount', 'what the points are worth', ['valueamount', 'dollarcostpointsredeemed', 'pointsvalue', 'pointvalue']),
      column('expires_at', 'date', 'when they expire', ['expiresat', 'expirydate', 'expirationdate']),
    ],
  },
  {
    name: 'tiers',
    rowMeans: 'a period in a tier',
    columns: [
      column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
      column('tier', 'text', 'the tier', ['tier', 'level', 'tiername', 'loyaltytier'], required),
      column('valid_from', 'date', 'from', ['validfrom', 'from', 'startdate', 'tierstart', 'tierstartdate', 'since'], required),
      column('valid_to', 'date', 'until', ['validto', 'to', 'enddate', 'tierend', 'tierenddate', 'until']),
    ],
  },
  {
    name: 'service_events',
    rowMeans: 'a complaint, return, dispute or service contact',
    columns: [
      column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
      column('occurred_at', 'timestamp', 'when', ['occurredat', 'openedat', 'casedate', 'complaintdate', 'date', 'createdat'], required),
      column('type', 'text', 'complaint, return, dispute, contact', ['type', 'casetype', 'eventtype', 'reason'], required),
      column('channel', 'text', 'the channel', ['channel']),
      column('business_unit', 'text', 'the part of the organisation', ['businessunit', 'store', 'department']),
      column('resolved_at', 'timestamp', 'when it was settled', ['resolvedat', 'closedat', 'resolutiondate']),
      column('cost', 'amount', 'what it cost', ['cost', 'handlingcost']),
    ],
  },
  {
    name: 'offers',
    rowMeans: 'an offer',
    columns: [
      column('offer_id', 'id', 'the offer’s code', ['offerid', 'couponid', 'couponupc', 'offercode', 'vouchercode'], required),
      column('type', 'text', 'kind of offer', ['offertype', 'type', 'mechanic'], required),
      column('value', 'amount', 'value', ['value', 'offervalue', 'discount']),
      column('category', 'text', 'category', ['category', 'productcategory']),
    ],
  },
  {
    name: 'surveys',
    rowMeans: 'an answer of a member',
    columns: [
      column('member_id', 'member', 'the customer', memberSynonyms, { isRequired: true, isPersonal: true }),
      column('answered_at', 'timestamp', 'when', ['answeredat', 'surveydate', 'responsedate', 'date'], required),
      column('measure', 'text', 'nps, csat, …', ['measure', 'metric', 'question', 'surveytype'], required),
      column('score', 'number', 'the answer', ['score', 'nps', 'csat', 'rating', 'answer'], required),
    ],
  },
  {
    name: 'maturity_answers',
    rowMeans: 'a respondent’s answer to the questionnaire',
    columns: [
      column('respondent_id', 'id', 'who answered', ['respondentid', 'respondent'], { isRequired: true, isPersonal: true }),
      column('business_unit', 'text', 'where', ['businessunit', 'bu']),
      column('role', 'text', 'role of the respondent', ['role', 'function']),
      column('item_id', 'id', 'the question', ['itemid', 'item', 'question'], required),
      column('level', 'text', '1 to 4, or DK', ['level', 'answer', 'score'], required),
      column('evidence', 'text', 'what supports the answer', ['evidence', 'evidenceref']),
    ],
  },
];

const tableByName = new Map(tables.map((table) => [table.name, table]));

/** @throws Error when the name is not a canonical table. */
export function tableNamed(name: TableName): CanonicalTable {
  const table = tableByName.get(name);
  if (table === undefined) throw new Error(`No canonical table is called ${name}.`);
  return table;
}

/** The name a canonical column has in the engine: references become dense integer keys. */
export function storedName(column: CanonicalColumn): string {
  if (column.type === 'member') return 'member_key';
  if (column.type === 'campaign') return 'campaign_key';
  return column.name;
}
