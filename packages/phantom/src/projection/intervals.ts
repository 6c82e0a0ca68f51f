/**
 * A set of disjoint stretches of one ray, in centimetres of z. One object is
 * used for every ray of a film: a film has a million of them.
 */
export class Intervals {
  private readonly starts: Float64Array;
  private readonly ends: Float64Array;
  private count = 0;

  constructor(capacity: number) {
    this.starts = new Float64Array(capacity);
    this.ends = new Float64Array(capacity);
  }

  clear(): void {
    this.count = 0;
  }

  /** Adds a stretch to the union; an empty one changes nothing. */
  add(start: number, end: number): void {
    if (!(end > start)) return;
    let from = start;
    let to = end;
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const s = this.starts[i] ?? 0;
      const e = this.ends[i] ?? 0;
      if (e < from || s > to) {
        this.starts[kept] = s;
        this.ends[kept] = e;
        kept++;
      } else {
        from = Math.min(from, s);
        to = Math.max(to, e);
      }
    }
    if (kept >= this.starts.length) {
      throw new RangeError(`more than ${kept} stretches along one ray`);
    }
    this.starts[kept] = from;
    this.ends[kept] = to;
    this.count = kept + 1;
  }

  /** How much of [start, end] the union covers. */
  coverage(start: number, end: number): number {
    let sum = 0;
    for (let i = 0; i < this.count; i++) {
      const overlap =
        Math.min(end, this.ends[i] ?? 0) - Math.max(start, this.starts[i] ?? 0);
      if (overlap > 0) sum += overlap;
    }
    return sum;
  }
}
