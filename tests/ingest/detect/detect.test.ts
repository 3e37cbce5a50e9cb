import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ingest, planFiles, planPath } from '../../support/ingest.js';

/** Role and mapped columns of each file, as `table.column <- header`. */
async function mappedColumns(files: Record<string, string>): Promise<Record<string, readonly string[]>> {
  const { plan } = await planFiles(files);
  return Object.fromEntries(
    plan.files.map((file) => [file.file, file.columns.flatMap(({ header, mappedTo }) => mappedTo.map((target) => `${target} <- ${header}`))]),
  );
}
const rolesOf = async (files: Record<string, string>): Promise<Record<string, string>> => {
  const { plan } = await planFiles(files);
  return Object.fromEntries(plan.files.map((file) => [file.file, file.steps[0]?.table ?? 'left out']));
};
const many = (header: string, row: (index: number) => string): string => `${header}\n${Array.from({ length: 40 }, (_, index) => row(index)).join('\n')}\n`;

describe('roles', () => {
  it('tells contacts, responses, opt-outs and assignments apart, though all have a member and a campaign', async () => {
    const roles = await rolesOf({
      'campaign_sends.csv': many('campaign_id,customer_id,sent_at', (index) => `C${index % 3},M${index % 9},2024-01-02`),
      'campaign_responses.csv': many('campaign_id,customer_id,event_type,event_date', (index) => `C1,M${index % 9},click,2024-01-02`),
      'campaign_unsubscribes.csv': many('campaign_id,customer_id,unsubscribe_date', (index) => `C1,M${index % 9},2024-01-02`),
      'campaign_groups.csv': many('campaign_id,customer_id,test_group', (index) => `C1,M${index},${index % 2 === 0 ? 'Control' : 'Test'}`),
      'campaigns.csv': 'campaign_id,campaign_name,start_date,cost\nC1,Spring,2024-01-01,100\nC2,Summer,2024-06-01,90\n',
      'customers.csv': many('customer_id,join_date,tier', (index) => `M${index},2023-01-02,Gold`),
    });
    expect(roles).toEqual({
      'campaign_sends.csv': 'contacts',
      'campaign_responses.csv': 'responses',
      'campaign_unsubscribes.csv': 'opt_outs',
      'campaign_groups.csv': 'assignments',
      'campaigns.csv': 'campaigns',
      'customers.csv': 'members',
    });
  });

  it('knows ledgers, tiers, permissions and service events', async () => {
    const roles = await rolesOf({
      'points.csv': many('member_id,date,type,points', (index) => `M${index % 9},2024-01-02,earn,${index + 1}`),
      'tiers.csv': many('member_id,tier,valid_from,valid_to', (index) => `M${index % 9},Gold,2024-01-02,`),
      'consents.csv': many('member_id,channel,consent_status', (index) => `M${index % 9},email,${index % 2 === 0 ? 'yes' : 'no'}`),
      'complaints.csv': many('member_id,opened_at,case_type', (index) => `M${index % 9},2024-01-02,Delivery`),
      'prices.csv': many('product_id,list_price', (index) => `P${index},${index}`),
    });
    expect(roles).toEqual({
      'points.csv': 'points',
      'tiers.csv': 'tiers',
      'consents.csv': 'consents',
      'complaints.csv': 'service_events',
      'prices.csv': 'left out',
    });
  });

  it('knows a German and a French folder', async () => {
    const german = await rolesOf({
      'kunden.csv': many('Kundennummer;Vorname;PLZ;Eintrittsdatum', (index) => `8800${100 + index};Ada;10115;2024-01-02`),
      'bestellungen.csv': many('Bestell-Nr.;Kunden-Nr.;Bestelldatum;Betrag', (index) => `B${index};8800${100 + (index % 9)};2024-01-02;9,50`),
      'versand.csv': many('Kampagne;Kundennummer;Versanddatum', (index) => `K${index % 3};8800${100 + (index % 9)};2024-01-02`),
      'abmeldungen.csv': many('Kundennummer;Abmeldedatum', (index) => `8800${100 + index};2024-01-02`),
    });
    expect(german).toEqual({ 'kunden.csv': 'members', 'bestellungen.csv': 'transactions', 'versand.csv': 'contacts', 'abmeldungen.csv': 'opt_outs' });
    const french = await rolesOf({
      'clients.csv': many('Numéro client;Prénom;Code postal;Date d’adhésion', (index) => `8800${100 + index};Ada;75001;2024-01-02`),
      'commandes.csv': many('N° commande;N° client;Date de commande;Montant', (index) => `B${index};8800${100 + (index % 9)};2024-01-02;9,50`),
      'envois.csv': many('Code campagne;Numéro client;Date d’envoi', (index) => `K${index % 3};8800${100 + (index % 9)};2024-01-02`),
      'désabonnements.csv': many('Numéro client;Date de désabonnement', (index) => `8800${100 + index};2024-01-02`),
    });
    expect(french).toEqual({ 'clients.csv': 'members', 'commandes.csv': 'transactions', 'envois.csv': 'contacts', 'désabonnements.csv': 'opt_outs' });
  });

  it('a folder in which nothing is recognised is an error with a way out', async () => {
    await expect(ingest({ 'prices.csv': 'product_id,price\nP1,2\n' }, {}, async () => undefined)).rejects.toMatchObject({
      name: 'nothing-recognised',
      details: { kind: 'input', whatToDo: expect.stringContaining('--mapping') },
    });
  });

  it('the user’s word about a role settles it', async () => {
    const text = many('member_id,campaign_id', (index) => `M${index % 9},C1`);
    const { plan } = await planFiles({ 'list.csv': text }, { answers: { roles: { 'list.csv': 'responses' } } });
    expect(plan.files[0]?.steps[0]?.table).toBe('responses');
    await expect(planFiles({ 'list.csv': text }, { answers: { roles: { 'lists.csv': 'responses' } } })).rejects.toMatchObject({ name: 'unknown-file' });
  });
});

describe('columns', () => {
  it('a header is not enough: values must fit', async () => {
    const mapped = await mappedColumns({
      'customers.csv': many('customer_id,join_date,tier,home_store', (index) => `M${index},${index % 2 === 0 ? 'soon' : 'later'},Gold,S1`),
    });
    expect(mapped['customers.csv']).toEqual(['members.member_id <- customer_id', 'members.tier <- tier', 'members.business_unit <- home_store']);
  });

  it('two columns that could both be it are left out and asked about', async () => {
    const { plan } = await planFiles({
      'customers.csv': many('customer_id,join_date,registration_date,tier', (index) => `M${index},2024-01-02,2024-01-03,Gold`),
    });
    expect(plan.questions.map(({ name, isBlocking }) => [name, isBlocking])).toEqual([['uncertain-column', false]]);
    expect(plan.questions[0]?.message).toContain('“join_date” or “registration_date” could be members.enrolled_at');
    expect(plan.files[0]?.columns.filter(({ mappedTo }) => mappedTo.length > 0).map(({ header }) => header)).toEqual(['customer_id', 'tier']);
  });

  it('a lifetime value may be a forecast: asked about, unless a data dictionary says what it is', async () => {
    const customers = many('customer_id,tier,CLV', (index) => `M${index},Gold,${index}.50`);
    const alone = await planFiles({ 'customers.csv': customers });
    expect(alone.plan.questions.map(({ name }) => name)).toEqual(['uncertain-column']);
    const dictionary = (text: string): Record<string, string> => ({ 'customers.csv': customers, 'dictionary.csv': `Field,Description\nCLV,${text}\n` });
    const described = await mappedColumns(dictionary('Total of all invoices: invoice value ever'));
    expect(described['customers.csv']).toContain('members.spend_total <- CLV');
    const predicted = await planFiles(dictionary('Predicted spend of the next year'));
    expect(predicted.plan.questions.map(({ name }) => name)).toEqual(['uncertain-column']);
  });

  it('an e-mail address is the customer only where no number is', async () => {
    const mapped = await mappedColumns({
      'subscribers.csv': many('Email,join_date,tier', (index) => `m${index}@example.test,2024-01-02,Gold`),
    });
    expect(mapped['subscribers.csv']).toContain('members.member_id <- Email');
    const both = await mappedColumns({
      'customers.csv': many('customer_id,Email,join_date,tier', (index) => `M${index},m${index}@example.test,2024-01-02,Gold`),
    });
    expect(both['customers.csv']).toContain('members.member_id <- customer_id');
    expect(both['customers.csv']).not.toContain('members.member_id <- Email');
  });

  it('files that name customers by address and by number do not link, and that is said', async () => {
    const { plan } = await planFiles({
      'customers.csv': many('customer_id,join_date,tier', (index) => `M${index},2024-01-02,Gold`),
      'sends.csv': many('campaign_id,email,sent_at', (index) => `C1,m${index}@example.test,2024-01-02`),
    });
    expect(plan.questions.map(({ name, isBlocking }) => [name, isBlocking])).toEqual([['different-customer-keys', false]]);
    expect(plan.questions[0]?.message).toContain('sends.csv name customers by e-mail address and customers.csv by number');
  });

  it('customers under a header that says nothing are seen by their values, and asked about', async () => {
    const members = many('customer_id,join_date,tier', (index) => `8800${100 + index},2024-01-02,Gold`);
    const unnamed = await planFiles({
      'members.csv': members,
      'orders.csv': many('order_id,order_date,net_amount,zorbli', (index) => `B${index},2024-01-02,9.50,8800${100 + index}`),
    });
    expect(unnamed.plan.questions.map(({ name, isBlocking }) => [name, isBlocking])).toEqual([['no-customer-column', true]]);
    expect(unnamed.plan.questions[0]?.message).toContain('“zorbli” holds customers of “customer_id” in members.csv');
    const unknown = await planFiles({ 'members.csv': members, 'list.csv': many('store_code,zorbli', (index) => `S${index % 4},8800${100 + index}`) });
    expect(unknown.plan.questions.map(({ name, isBlocking }) => [name, isBlocking])).toEqual([['unknown-headers', true]]);
  });

  it('a look-up table is left out without a question', async () => {
    const { plan } = await planFiles({
      'members.csv': many('customer_id,join_date,tier', (index) => `M${index},2024-01-02,Gold`),
      'products.csv': many('product_id,brand,price', (index) => `P${index},Own,${index}.50`),
      'weather.csv': many('zorbli,quax', (index) => `sunny,${index % 2 === 0 ? 'warm' : 'cold'}`),
    });
    expect(plan.questions).toEqual([]);
    expect(plan.files.filter(({ leftOut }) => leftOut !== null).map(({ file }) => file)).toEqual(['products.csv', 'weather.csv']);
  });

  it('a type of campaign is an objective only when its words are', async () => {
    const campaigns = (types: readonly string[]): string =>
      `campaign_id,campaign_type,start_date\n${types.map((type, index) => `C${index},${type},2024-01-02`).join('\n')}\n`;
    expect((await mappedColumns({ 'campaigns.csv': campaigns(['Type A', 'Type B']) }))['campaigns.csv']).not.toContain('campaigns.objective <- campaign_type');
    expect((await mappedColumns({ 'campaigns.csv': campaigns(['Win-back', 'Retention']) }))['campaigns.csv']).toContain('campaigns.objective <- campaign_type');
  });

  it('points without a type stop the run; with signs the sign tells', async () => {
    const ledger = (sign: string): Record<string, string> => ({
      'ledger.csv': many('member_id,date,points', (index) => `M${index % 11},2024-01-02,${index % 2 === 0 ? sign : ''}5`),
    });
    await expect(ingest(ledger(''), {}, async () => undefined)).rejects.toMatchObject({ name: 'points-without-type' });
    await ingest(ledger('-'), {}, async ({ loaded }) => {
      const type = loaded.tables.find(({ table }) => table === 'points')?.columns.find(({ column }) => column === 'type');
      expect(type?.levels).toEqual([
        { value: 'earn', rows: 20 },
        { value: 'redeem', rows: 20 },
      ]);
    });
  });

  it('words such as NA in a column of numbers are read as empty, and said', async () => {
    const text = many('customer_id,tier,total_spent', (index) => `M${index},Gold,${index === 3 ? 'NA' : '5'}`);
    await ingest({ 'customers.csv': text }, {}, async ({ loaded }) => {
      expect(loaded.rejected).toEqual([]);
      expect(loaded.filling.filled('members', 'spend_total')).toBe(39);
      expect(loaded.issues.map(({ type }) => type)).toContain('words-for-empty');
    });
  });
});

const retailer = join(import.meta.dirname, '../../../sample-data/retailer');

describe.skipIf(!existsSync(retailer))('the sample retailer', () => {
  it('needs no question', async () => {
    const { plan } = await planPath(retailer);
    expect(plan.questions).toEqual([]);
    expect(Object.fromEntries(plan.files.map((file) => [file.file, file.steps.map(({ table }) => table)]))).toEqual({
      'campaign_calendar.csv': ['campaigns'],
      'campaign_responses.csv': ['responses'],
      'email_sends.csv': ['contacts'],
      'loyalty_members.csv': ['members'],
      'marketing_preferences.csv': ['consents'],
      'offer_catalogue.csv': ['offers'],
      'orders_2024_h1.csv': ['transactions'],
      'orders_2024_h2.csv': ['transactions'],
      'points_ledger.csv': ['points'],
      'service_cases.csv': ['service_events'],
      'test_groups.csv': ['assignments'],
      'tier_history.csv': ['tiers'],
      'unsubscribes.csv': ['opt_outs'],
    });
    expect(plan.files.flatMap(({ columns }) => columns).filter(({ mappedTo }) => mappedTo.length === 0)).toEqual([]);
  });
});
