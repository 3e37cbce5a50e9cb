/**
 * Words that mean the same in different exports. Audits compare with the words on the left, so every spelling ends there.
 * A closed list allows nothing else: there an unknown word is a fault, because counting it as anything would be a guess.
 */
interface Vocabulary {
  readonly isClosed: boolean;
  readonly words: Readonly<Record<string, readonly string[]>>;
}

/** By canonical table and column; spellings in lower case. */
const vocabularies: Readonly<Record<string, Vocabulary>> = {
  'consents.status': {
    isClosed: true,
    words: {
      granted: ['granted', 'yes', 'y', 'true', '1', 'opted in', 'opted-in', 'opt-in', 'optin', 'in', 'subscribed', 'active', 'given', 'consented'],
      withdrawn: ['withdrawn', 'no', 'n', 'false', '0', 'opted out', 'opted-out', 'opt-out', 'optout', 'out', 'unsubscribed', 'revoked', 'denied', 'inactive'],
    },
  },
  'points.type': {
    isClosed: true,
    words: {
      earn: ['earn', 'earned', 'accrual', 'accrued', 'collect', 'collected', 'credit', 'adding', 'addition', 'award', 'awarded', 'bonus', 'accumulated'],
      redeem: ['redeem', 'redeemed', 'redemption', 'spend', 'spent', 'spending', 'burn', 'burned', 'used', 'debit', 'subtraction'],
      expire: ['expire', 'expired', 'expiry', 'expiration', 'lapsed'],
      adjust: ['adjust', 'adjusted', 'adjustment', 'correction', 'manual', 'reversal', 'reversed', 'refund', 'cancelled'],
    },
  },
  'assignments.arm': {
    isClosed: false,
    words: {
      holdout: ['holdout', 'hold-out', 'hold out', 'control', 'control group', 'ctrl', 'no contact', 'held out'],
      treatment: ['treatment', 'treated', 'test', 'test group', 'target', 'target group', 'mailed', 'contacted'],
    },
  },
  'responses.type': {
    isClosed: false,
    words: {
      open: ['open', 'opened', 'opens'],
      click: ['click', 'clicked', 'clicks'],
      visit: ['visit', 'visited'],
      purchase: ['purchase', 'purchased', 'buy', 'bought', 'order', 'ordered', 'conversion', 'converted', 'sale'],
      redemption: ['redemption', 'redeem', 'redeemed'],
      code: ['code', 'code used', 'promo code', 'voucher'],
      reply: ['reply', 'replied'],
    },
  },
  'opt_outs.type': {
    isClosed: false,
    words: {
      unsubscribe: ['unsubscribe', 'unsubscribed', 'unsub', 'opt-out', 'opt out', 'optout'],
      'spam complaint': ['spam complaint', 'spam', 'complaint', 'abuse'],
      erasure: ['erasure', 'erased', 'deleted', 'gdpr', 'forget me', 'right to be forgotten'],
    },
  },
  'service_events.type': {
    isClosed: false,
    words: {
      complaint: [
        'complaint',
        'complaints',
        'complained',
        'customer complaint',
        'grievance',
        'beschwerde',
        'reklamation',
        'réclamation',
        'reclamation',
        'plainte',
      ],
      return: ['return', 'returns', 'returned', 'product return', 'refund', 'refunded', 'retoure', 'retour', 'remboursement'],
      dispute: ['dispute', 'disputes', 'disputed', 'chargeback', 'charge back', 'charge-back', 'payment dispute', 'litige'],
      contact: ['contact', 'service contact', 'enquiry', 'inquiry', 'query', 'question', 'support', 'support request', 'anfrage', 'demande'],
    },
  },
  'outcomes.outcome': {
    isClosed: false,
    words: { visit: ['visit', 'visits', 'visited'], conversion: ['conversion', 'converted', 'conversions'], spend: ['spend', 'revenue', 'sales'] },
  },
  ...Object.fromEntries(
    ['contacts', 'consents', 'opt_outs'].map((table) => [
      `${table}.channel`,
      {
        isClosed: false,
        words: {
          email: ['email', 'e-mail', 'mail', 'newsletter'],
          sms: ['sms', 'text', 'text message'],
          post: ['post', 'direct mail', 'letter', 'dm', 'print'],
          app: ['app', 'push', 'app push', 'push notification'],
          phone: ['phone', 'telephone', 'call'],
        },
      },
    ]),
  ),
};

/** Spelling → word, for one column; undefined where its words are free. */
export function vocabularyOf(table: string, column: string): { readonly isClosed: boolean; readonly spellings: ReadonlyMap<string, string> } | undefined {
  const vocabulary = vocabularies[`${table}.${column}`];
  if (vocabulary === undefined) return undefined;
  const spellings = new Map(Object.entries(vocabulary.words).flatMap(([word, list]) => list.map((spelling) => [spelling, word] as const)));
  return { isClosed: vocabulary.isClosed, spellings };
}
