/** The package ships no types. */
declare module 'csv-spectrum' {
  interface SpectrumCase {
    readonly name: string;
    readonly csv: Buffer;
    readonly json: Buffer;
  }
  export default function spectrum(use: (error: Error | null, cases: SpectrumCase[]) => void): void;
}
