/** Three worlds with headers that are known, and the same headers in German and French; the files keep their names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface World {
  readonly name: string;
  /** File → records, the header first. */
  readonly files: Readonly<Record<string, readonly (readonly string[])[]>>;
}

const retailer = join(import.meta.dirname, '../../../sample-data/retailer');
const delimiters: Readonly<Record<string, string>> = { 'campaign_calendar.csv': ';', 'campaign_responses.csv': '|' };

/** Points, tiers, service, permissions and offers stand on words that only a dictionary of English exports knows; these tests are about the rest. */
const specialFiles = new Set(['points_ledger.csv', 'tier_history.csv', 'service_cases.csv', 'marketing_preferences.csv', 'offer_catalogue.csv']);

/** Every so many rows of the committed sample; none of its cells is quoted. */
function sampleRetailer(): World {
  const names = readdirSync(retailer).filter((name) => name.endsWith('.csv') && !specialFiles.has(name));
  const read = (name: string): string[][] =>
    readFileSync(join(retailer, name), 'utf8')
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .filter((_, index, all) => index % Math.ceil(all.length / 400) === 0)
      .map((line) => line.split(delimiters[name] ?? ','));
  return { name: 'sample retailer', files: Object.fromEntries(names.map((name) => [name, read(name)])) };
}

const rows = (count: number, row: (index: number) => readonly (string | number)[]): string[][] =>
  Array.from({ length: count }, (_, index) => row(index).map(String));
const day = (index: number): string => `2017-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;

/** Small whole numbers for households and campaigns, line items instead of baskets, as in a grocer’s panel. */
const grocer: World = {
  name: 'grocer',
  files: {
    'campaign_descriptions.csv': [['campaign_id', 'start_date', 'end_date'], ...rows(12, (index) => [index + 1, day(index), day(index + 1)])],
    'campaigns.csv': [['campaign_id', 'household_id'], ...rows(300, (index) => [1 + (index % 12), 1 + ((index * 7) % 150)])],
    'coupon_redemptions.csv': [
      ['household_id', 'coupon_upc', 'campaign_id', 'redemption_date'],
      ...rows(200, (index) => [1 + ((index * 11) % 400), 51380041000 + (index % 50), 1 + (index % 12), day(index)]),
    ],
    'demographics.csv': [['household_id', 'age', 'income'], ...rows(250, (index) => [index + 1, '45-54', '50-74K'])],
    'transactions.csv': [
      ['household_id', 'store_id', 'basket_id', 'product_id', 'quantity', 'sales_value', 'retail_disc', 'transaction_timestamp'],
      ...rows(400, (index) => [
        1 + ((index * 13) % 400),
        300 + (index % 20),
        31625220000 + Math.floor(index / 3),
        940000 + (index % 90),
        1 + (index % 3),
        `${1 + (index % 9)}.${10 + (index % 80)}`,
        `0.${10 + (index % 50)}`,
        `${day(Math.floor(index / 3))}T19:06:53Z`,
      ]),
    ],
  },
};

/** Year and month in two columns, and points earned and redeemed side by side. */
const airline: World = {
  name: 'airline',
  files: {
    'Flight Activity.csv': [
      ['Loyalty Number', 'Year', 'Month', 'Distance', 'Points Accumulated', 'Points Redeemed', 'Dollar Cost Points Redeemed'],
      ...rows(400, (index) => [
        100018 + Math.floor(index / 4) * 7,
        2017 + (index % 2),
        1 + (index % 12),
        1500 + index,
        `${150 + index}.5`,
        index % 9 ? 0 : 300,
        index % 9 ? 0 : 24,
      ]),
    ],
    'Loyalty History.csv': [
      ['Loyalty Number', 'Loyalty Card', 'Enrollment Type', 'Enrollment Year', 'Enrollment Month', 'Cancellation Year', 'Cancellation Month'],
      ...rows(200, (index) => [
        100018 + index * 7,
        ['Star', 'Nova', 'Aurora'][index % 3] ?? '',
        'Standard',
        2012 + (index % 6),
        1 + (index % 12),
        index % 8 ? '' : 2018,
        index % 8 ? '' : 1 + (index % 12),
      ]),
    ],
  },
};

export const worlds = (): readonly World[] => [sampleRetailer(), grocer, airline];

/** Original header → German, French. Every header of the three worlds is here. */
export const translations: Readonly<Record<string, readonly [german: string, french: string]>> = {
  'Campaign Code': ['Kampagnencode', 'Code campagne'],
  'Campaign Name': ['Kampagnenname', 'Nom de la campagne'],
  Objective: ['Kampagnenziel', 'Objectif'],
  Start: ['Startdatum', 'Date de début'],
  End: ['Enddatum', 'Date de fin'],
  Cost: ['Kosten', 'Coût'],
  'Primary KPI': ['Hauptkennzahl', 'Indicateur principal'],
  'KPI Horizon Days': ['Messzeitraum in Tagen', 'Horizon en jours'],
  'Attribution Window Days': ['Zurechnungsfenster in Tagen', 'Fenêtre en jours'],
  'Offer Type': ['Angebotsart', 'Type d’offre'],
  'Discount Depth': ['Rabatthöhe', 'Profondeur'],
  'Planned Holdout Share': ['Geplanter Kontrollanteil', 'Part témoin prévue'],
  Owner: ['Verantwortlich', 'Responsable'],
  'Brand Theme': ['Markenthema', 'Thème de marque'],
  'Mentions Programme': ['Nennt das Programm', 'Mentionne le programme'],
  'Briefing Date': ['Briefingdatum', 'Date du briefing'],
  Targeting: ['Auswahlkriterien', 'Critères de ciblage'],
  'Customer Number': ['Kundennummer', 'Numéro client'],
  'Event Type': ['Ereignistyp', 'Type d’événement'],
  'Event Date': ['Ereignisdatum', 'Date de réponse'],
  Revenue: ['Umsatz', 'Chiffre d’affaires'],
  'Subscriber Key': ['Kunden-Nr.', 'N° client'],
  'Sent At': ['Versanddatum', 'Date d’envoi'],
  Channel: ['Kanal', 'Canal'],
  'Member ID': ['Mitgliedsnummer', 'Numéro d’adhérent'],
  'Join Date': ['Eintrittsdatum', 'Date d’adhésion'],
  'Sign-up Source': ['Anmeldequelle', 'Canal d’inscription'],
  Tier: ['Stufe', 'Niveau'],
  'Home Store': ['Stammfiliale', 'Magasin habituel'],
  Status: ['Mitgliedsstatus', 'Statut'],
  'Cancellation Date': ['Kündigungsdatum', 'Date de résiliation'],
  'Order ID': ['Bestellnummer', 'Numéro de commande'],
  'Order Date': ['Bestelldatum', 'Date de commande'],
  'Net Sales': ['Nettoumsatz', 'Montant net'],
  Discount: ['Rabatt', 'Remise'],
  Margin: ['Deckungsbeitrag', 'Marge brute'],
  Store: ['Filiale', 'Magasin'],
  'Store Code': ['Filialcode', 'Code magasin'],
  'Sales Channel': ['Vertriebskanal', 'Canal de vente'],
  Category: ['Kategorie', 'Catégorie'],
  'Offer Code': ['Angebotscode', 'Code offre'],
  'Test Group': ['Testgruppe', 'Groupe de test'],
  'Assigned Date': ['Zuteilungsdatum', 'Date d’affectation'],
  'Unsubscribe Date': ['Abmeldedatum', 'Date de désabonnement'],
  campaign_id: ['Kampagnen_ID', 'ID_campagne'],
  start_date: ['Startdatum', 'date_debut'],
  end_date: ['Enddatum', 'date_fin'],
  household_id: ['Haushalts_ID', 'ID_foyer'],
  coupon_upc: ['Gutschein_EAN', 'EAN_coupon'],
  redemption_date: ['Einlösedatum', 'date_utilisation'],
  age: ['Alter', 'âge'],
  income: ['Einkommen', 'revenu'],
  store_id: ['Filial_ID', 'ID_magasin'],
  basket_id: ['Warenkorb_ID', 'ID_panier'],
  product_id: ['Artikel_ID', 'ID_article'],
  quantity: ['Menge', 'quantité'],
  sales_value: ['Verkaufswert', 'montant'],
  retail_disc: ['Rabatt', 'remise'],
  transaction_timestamp: ['Zeitstempel', 'horodatage'],
  'Loyalty Number': ['Kundenkartennummer', 'Numéro de fidélité'],
  'Loyalty Card': ['Kundenkarte', 'Carte de fidélité'],
  'Enrollment Type': ['Anmeldeart', 'Type d’inscription'],
  'Enrollment Year': ['Eintrittsjahr', 'Année d’inscription'],
  'Enrollment Month': ['Eintrittsmonat', 'Mois d’inscription'],
  'Cancellation Year': ['Kündigungsjahr', 'Année de résiliation'],
  'Cancellation Month': ['Kündigungsmonat', 'Mois de résiliation'],
  Year: ['Jahr', 'Année'],
  Month: ['Monat', 'Mois'],
  Distance: ['Entfernung', 'Distance'],
  'Points Accumulated': ['Gesammelte Punkte', 'Points cumulés'],
  'Points Redeemed': ['Eingelöste Punkte', 'Points utilisés'],
  'Dollar Cost Points Redeemed': ['Kosten eingelöster Punkte', 'Coût des points utilisés'],
};
