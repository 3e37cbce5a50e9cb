/** Seeded random numbers: the same seed gives the same draws on every machine. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A source of uniform numbers in [0, 1). */
export type Uniform = () => number;

/** The state starts almost empty, so the first numbers of neighbouring seeds resemble one another and are thrown away. */
const warmUpDraws = 64;

/** @param seed any integer. @returns uniform numbers with 53 random bits from xoroshiro128+ (Blackman & Vigna). */
export function seededUniform(seed: number): Uniform {
  const generator = xoroshiro128plus(seed);
  for (let draw = 0; draw < warmUpDraws; draw += 1) uniformFloat64(generator);
  return () => uniformFloat64(generator);
}
