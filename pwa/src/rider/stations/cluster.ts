// Puts map pins that would overlap into one: every two of them stay at least `apartPx` from each other. Pure.

export type Dot = { id: string; x: number; y: number };
export type Cluster = { id: string; x: number; y: number; members: string[] };

/**
 * `dots` in pixels, the nearest station first: the first of a heap is its anchor and gives it its id, so that
 * heaps do not jump about while the map moves. The dot `alone` (the chosen one) never joins others.
 */
export function cluster(dots: Dot[], apartPx: number, alone: string | null): Cluster[] {
  const heaps: Cluster[] = [];
  for (const dot of dots) {
    const heap =
      dot.id === alone
        ? undefined
        : heaps.find(({ id, x, y }) => id !== alone && Math.hypot(x - dot.x, y - dot.y) < apartPx);
    if (heap) heap.members.push(dot.id);
    else heaps.push({ ...dot, members: [dot.id] });
  }
  return heaps;
}
