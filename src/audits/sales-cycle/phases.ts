/** The phase of a contact: days since the last purchase, divided by the days that the member usually lets pass. */

/** Steps of the phase in one whole cycle; 20 are steps of 0.05. */
export const phaseSteps = 20;
export const stepsOfPhase = (phase: number): number => Math.round(phase * phaseSteps);

/** Members silent for longer are at risk of not coming back at all, and no part of the comparison (as in the stages of life). */
export const longestPhase = 3;

/**
 * Members are compared with those who bought on about as many days of the year before, so that choosing frequent buyers does not look
 * like timing: the most days of each band; more belong to the last.
 */
export const frequencyBands = [1, 2, 3, 5, 7, 10, 14, 20, 28, 40] as const;

/** Methodology §7.2: just bought below 0.25, in the window from 0.75 to 1.25, late above 2. The high end does not belong to a class. */
export const phaseClasses = [
  { id: 'justBought', label: 'just bought (below a quarter)', low: 0, high: 0.25 },
  { id: 'early', label: 'a quarter to a half', low: 0.25, high: 0.5 },
  { id: 'middle', label: 'a half to three quarters', low: 0.5, high: 0.75 },
  { id: 'inWindow', label: 'about due (three quarters to five quarters)', low: 0.75, high: 1.25 },
  { id: 'over', label: 'five quarters to two', low: 1.25, high: 2 },
  { id: 'late', label: 'late (two to four)', low: 2, high: 4 },
  { id: 'veryLate', label: 'very late (four and more)', low: 4, high: 1000 },
] as const;
