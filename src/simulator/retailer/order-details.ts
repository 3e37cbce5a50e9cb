import { drawIndex } from '../../statistics/draws.js';
import type { Uniform } from '../../statistics/random.js';
import type { SimulatedOrder } from './orders.js';

/** What the till notes of an order besides money. */
export interface OrderDetail {
  readonly channel: 'Store' | 'Web';
  readonly category: string;
}

const categories = ['Home', 'Garden', 'Kids', 'Beauty', 'Food'];
const webShare = 0.22;
/** Share of a member’s orders in the category that is theirs; the others fall on all of them evenly. */
const favouriteShare = 0.5;

/** Each member has a favourite category by position; channel and the other categories are chance. One detail an order, in its order. */
export function drawOrderDetails(uniform: Uniform, orders: readonly SimulatedOrder[]): OrderDetail[] {
  return orders.map(({ member }) => {
    const channel = uniform() < webShare ? 'Web' : 'Store';
    const isFavourite = uniform() < favouriteShare;
    const other = drawIndex(uniform, categories.length);
    const place = isFavourite && member !== null ? member % categories.length : other;
    return { channel, category: categories[place] ?? 'Home' };
  });
}
