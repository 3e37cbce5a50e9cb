/** Figures that speak of fewer members than this could point to one of them, and are not shown. */
export const usualSmallCell = 10;

/** No run shows figures of fewer. */
export const leastSmallCell = 5;
