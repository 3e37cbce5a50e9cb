/** The page's only script: paper cannot be clicked, so everything that is folded opens for printing and folds again after it. */
export const script = `
addEventListener('beforeprint', () => {
  for (const part of document.querySelectorAll('details:not([open])')) { part.dataset.folded = ''; part.open = true; }
});
addEventListener('afterprint', () => {
  for (const part of document.querySelectorAll('details[data-folded]')) { delete part.dataset.folded; part.open = false; }
});
`;
