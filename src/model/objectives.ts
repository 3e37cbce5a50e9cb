/** The eight kinds of objective a campaign can have (methodology §2.1). */
export const objectives = ['acquisition', 'activation', 'sale', 'development', 'retention', 'win-back', 'service', 'brand'] as const;
export type Objective = (typeof objectives)[number];
