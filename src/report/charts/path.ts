/** Path data in as few bytes as it can be: steps from point to point, in tenths of a unit, which are finer than any screen. */

export type Point = readonly [number, number];

/** Tenths of a unit as SVG writes them: “.5”, “-3”, “12.4”. */
function inUnits(tenths: number): string {
  return String(tenths / 10).replace(/^(-?)0\./, '$1.');
}

const tenths = (value: number): number => Math.round(value * 10);

/** Whether a step leads on along the axis that the last one followed, and not back. */
function goesOn(last: Point, step: Point): boolean {
  const isLevel = last[1] === 0 && step[1] === 0 && last[0] * step[0] > 0;
  return isLevel || (last[0] === 0 && step[0] === 0 && last[1] * step[1] > 0);
}

/** Steps in tenths, those along one line joined and those that lead nowhere left out. */
function stepsOf(points: readonly Point[]): [number, number][] {
  const steps: [number, number][] = [];
  for (const [index, [x, y]] of points.entries()) {
    const [fromX, fromY] = points[index - 1] ?? [x, y];
    const step: [number, number] = [tenths(x) - tenths(fromX), tenths(y) - tenths(fromY)];
    const last = steps.at(-1);
    if (step[0] === 0 && step[1] === 0) continue;
    if (last !== undefined && goesOn(last, step)) steps[steps.length - 1] = [last[0] + step[0], last[1] + step[1]];
    else steps.push(step);
  }
  return steps;
}

/** @returns a line through the points; nothing without points. */
export function linePath(points: readonly Point[]): string {
  const [first] = points;
  if (first === undefined) return '';
  let path = `M${inUnits(tenths(first[0]))} ${inUnits(tenths(first[1]))}`;
  let command = '';
  for (const [across, down] of stepsOf(points)) {
    const [own, ...numbers] = down === 0 ? ['h', across] : across === 0 ? ['v', down] : ['l', across, down];
    const written = numbers
      .map((number) => inUnits(Number(number)))
      .join(' ')
      .replace(' -', '-');
    const isSame = own === command;
    path += isSame && written.startsWith('-') ? written : `${isSame ? ' ' : own}${written}`;
    command = String(own);
  }
  return path;
}

/** A closed area with these corners. */
export function areaPath(points: readonly Point[]): string {
  return points.length === 0 ? '' : `${linePath(points)}z`;
}

/** A rectangle. */
export function boxPath({ x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): string {
  return areaPath([
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ]);
}

/** A disc: all but a tenth of a unit of its edge is one arc, which closes itself. */
export function discPath(x: number, y: number, radius: number): string {
  const r = inUnits(tenths(radius));
  return `${linePath([[x + 0.05, y - radius]])}a${r} ${r} 0 1 1-.1 0z`;
}
