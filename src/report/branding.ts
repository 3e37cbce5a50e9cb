/** Whose report it is: what a consultant puts on it. Nothing here changes a figure or a verdict. */
import type { NumberStyle } from './format.js';

export interface Branding {
  readonly title: string;
  readonly client: string | null;
  readonly engagement: string | null;
  readonly author: string | null;
  /** `data:image/png;base64,…` or jpeg; never an address. */
  readonly logo: string | null;
  /** `#rrggbb`, dark enough to be read on the page; null for the house colour. */
  readonly accent: string | null;
  /** Stands after the house’s own disclaimer and never in its place. */
  readonly disclaimer: string | null;
  /** ISO 4217 code to write where the files name no currency. */
  readonly currency: string | null;
  readonly numbers: NumberStyle;
}

export const plainBranding: Branding = {
  title: 'Loyalty programme review',
  client: null,
  engagement: null,
  author: null,
  logo: null,
  accent: null,
  disclaimer: null,
  currency: null,
  numbers: 'english',
};

/** The same without the names of people and organisations. */
export function withoutNames(branding: Branding): Branding {
  return { ...branding, title: plainBranding.title, client: null, engagement: null, author: null, logo: null, disclaimer: null };
}
