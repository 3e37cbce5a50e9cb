/** Seeded random numbers: the same seed gives the same draws on every machine. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A source of uniform numbers in [0, 1). */
export type Uniform = () => number;

/** @param seed any integer. @returns uniform numbers with 53 random bits from xoroshiro128+ (Blackman & Vigna). */
export function seededUniform(seed: number): Uniform {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}
