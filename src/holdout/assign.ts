/** Who is left out: decided by a salted hash of the customer number, so that anybody can repeat it and nobody can steer it. */
import { createHash } from 'node:crypto';

export type Arm = 'treatment' | 'holdout';

/** 2⁴⁸: six bytes of a hash are a whole number below it, exact in a double. */
const range = 2 ** 48;

/** Place of a member in 0..1 by SHA-256 of salt, campaign and number; members of another campaign fall elsewhere. */
export function placeOf(memberId: string, campaign: string, salt: string): number {
  return createHash('sha256').update(`${salt}\n${campaign}\n${memberId}`, 'utf8').digest().readUIntBE(0, 6) / range;
}

/** @param share of the audience to leave out, 0..1. */
export function armOf(memberId: string, campaign: string, salt: string, share: number): Arm {
  return placeOf(memberId, campaign, salt) < share ? 'holdout' : 'treatment';
}
