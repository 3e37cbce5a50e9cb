import { type Recogniser, secondName } from './recogniser.js';

export const loylapCustomers: Recogniser = {
  vendor: 'LoyLap',
  name: 'customers export',
  signature: ['ID', 'Email', 'Date_Add', 'Account_Number', 'Cash_Balance', 'Stamp_Balance'],
  customer: [
    { kind: 'loylap', header: 'ID' },
    { kind: 'email', header: 'Email' },
  ],
  why: 'one row per customer of the scheme',
  entry: {
    tables: [{ table: 'members', columns: { member_id: 'ID', enrolled_at: 'Date_Add', status: 'Status' } }],
    unusedColumns: {
      Email: secondName,
      Account_Number: secondName,
      Date_Edit: 'any change of the record',
      Expiry_Date: 'when the card expires, not when the membership ended',
      Card_Brand: 'the brand of the card, not a tier',
      Cash_Balance: 'a balance without dates; the points ledger needs dated lines',
      Stamp_Balance: 'a balance without dates; the points ledger needs dated lines',
    },
  },
};
