/** A column of the canonical model, and the spellings that several tables share. */

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
  /** Spellings that may mean something else as well: taken only when a data dictionary settles it, asked about otherwise. */
  readonly unsureSynonyms?: readonly string[];
}

type ColumnOptions = Omit<CanonicalColumn, 'name' | 'type' | 'meaning' | 'synonyms'>;
export const column = (name: string, type: ColumnType, meaning: string, synonyms: readonly string[] = [], options: ColumnOptions = {}): CanonicalColumn => ({
  name,
  type,
  meaning,
  synonyms,
  ...options,
});
export const required: ColumnOptions = { isRequired: true };

export const memberSynonyms = [
  'memberid',
  'customerid',
  'householdid',
  'loyaltynumber',
  'loyaltyid',
  'cardnumber',
  'membernumber',
  'customernumber',
  'customerno',
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
  'kundennummer',
  'kundennr',
  'kundenid',
  'kdnr',
  'mitgliedsnummer',
  'mitgliedsnr',
  'mitgliedernummer',
  'mitgliedsid',
  'kartennummer',
  'kundenkartennummer',
  'haushaltsid',
  'haushaltsnummer',
  'numeroclient',
  'nclient',
  'noclient',
  'numclient',
  'idclient',
  'identifiantclient',
  'codeclient',
  'numeroadherent',
  'idadherent',
  'numeromembre',
  'idmembre',
  'numerocarte',
  'numerofidelite',
  'numerocartefidelite',
  'idfoyer',
  'numerofoyer',
];
export const campaignSynonyms = [
  'campaignid',
  'campaign',
  'campaigncode',
  'campaignkey',
  'mailingid',
  'jobid',
  'sendid',
  'campaignno',
  'cmpid',
  'kampagnennummer',
  'kampagnennr',
  'kampagnenid',
  'kampagnencode',
  'kampagne',
  'codecampagne',
  'idcampagne',
  'numerocampagne',
  'campagne',
];
