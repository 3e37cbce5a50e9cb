import { seededUniform, type Uniform } from '../statistics/random.js';

/**
 * A source of uniform numbers of its own for each part of a simulation, so that a change in one part leaves the others alone.
 * @param seed any integer. @param name the part, hashed with the seed (FNV-1a, 32 bits).
 */
export function openStream(seed: number, name: string): Uniform {
  let hash = 0x811c9dc5;
  for (const character of `${seed}:${name}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return seededUniform(hash);
}
