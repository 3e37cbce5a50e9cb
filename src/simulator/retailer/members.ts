import { dayOf } from '../../model/days.js';
import { drawBeta, drawGamma, drawIndex, drawLognormal } from '../../statistics/draws.js';
import type { Uniform } from '../../statistics/random.js';
import { firstDay, lastDay } from './calendar.js';

/** Stores that were taken over in 2022 and whose members never reached the e-mail platform. */
export const unconnectedStores: readonly string[] = ['S20', 'S21', 'S22', 'S23'];
const storeCount = 24;
const oldestJoinDay = dayOf('2019-03-01');
const joinSources = ['Till', 'Website', 'App', 'Referral'];

export interface SimulatedMember {
  /** Position in the list, from 0. */
  readonly index: number;
  readonly memberId: string;
  readonly joinDay: number;
  /** First day that the membership no longer exists, or null. */
  readonly closedDay: number | null;
  readonly homeStore: string;
  readonly isConnected: boolean;
  readonly joinSource: string;
  readonly tier: string;
  /** Poisson rate of orders a month. */
  readonly ordersPerMonth: number;
  /** Mean net value of an order, in pounds. */
  readonly basketValue: number;
  /** Probability of responding to a campaign of appeal 1. */
  readonly readiness: number;
}

/**
 * The members of the scheme. Orders a month are gamma-distributed over members and Poisson within one, which makes a stationary
 * negative binomial customer base; readiness to respond is beta-distributed and has nothing to do with the rate of buying.
 */
export function simulateMembers(uniform: Uniform, count: number): SimulatedMember[] {
  const joinDays = Array.from({ length: count }, () => drawJoinDay(uniform)).sort((a, b) => a - b);
  return joinDays.map((joinDay, index) => {
    const homeStore = `S${String(drawIndex(uniform, storeCount) + 1).padStart(2, '0')}`;
    const isConnected = !unconnectedStores.includes(homeStore);
    const ordersPerMonth = drawGamma(uniform, 1.3, 1.3 / 0.78);
    const basketValue = drawLognormal(uniform, 36, 0.25);
    const isClosing = uniform() < 0.03;
    const closedDay = firstDay + 30 + drawIndex(uniform, 330);
    return {
      index,
      memberId: String(104_000 + index * 3 + drawIndex(uniform, 3)).padStart(8, '0'),
      joinDay,
      closedDay: isClosing && closedDay > joinDay + 30 ? closedDay : null,
      homeStore,
      isConnected,
      joinSource: joinSources[drawIndex(uniform, joinSources.length)] ?? 'Till',
      tier: tierOf(ordersPerMonth * basketValue * 12),
      ordersPerMonth,
      basketValue,
      readiness: drawBeta(uniform, 0.6, 9),
    };
  });
}

/** Three in four joined before the year, evenly; the others evenly within it. */
function drawJoinDay(uniform: Uniform): number {
  if (uniform() < 0.78) return oldestJoinDay + drawIndex(uniform, firstDay - oldestJoinDay);
  return firstDay + drawIndex(uniform, lastDay - firstDay - 20);
}

function tierOf(yearlySpend: number): string {
  if (yearlySpend >= 700) return 'Gold';
  return yearlySpend >= 250 ? 'Silver' : 'Bronze';
}
