/** Whether a colour can be read: contrast by WCAG 2.1, https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio. */

/** Level AA for text. */
export const leastContrast = 4.5;
const paper = { light: '#fdfcf9', dark: '#14181d' } as const;

const channels = (colour: string): [red: number, green: number, blue: number] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as [number, number, number];

/** Relative luminance, 0..1. @param colour `#rrggbb`. */
function luminanceOf(colour: string): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** 1..21. @param colour `#rrggbb` on the light page. */
export function contrastOnPage(colour: string): number {
  return contrast(colour, paper.light);
}

/** The same hue, mixed with white until it can be read on the dark page. @returns `#rrggbb`. */
export function onDarkPage(colour: string): string {
  const mixed = (share: number): string =>
    `#${channels(colour)
      .map((value) =>
        Math.round(value + (255 - value) * share)
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')}`;
  const shares = Array.from({ length: 21 }, (_, index) => index / 20);
  return mixed(shares.find((share) => contrast(mixed(share), paper.dark) >= leastContrast + 1) ?? 1);
}
