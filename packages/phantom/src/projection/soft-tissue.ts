import type { Materials } from "../anatomy/materials.ts";
import type { Anatomy } from "../anatomy/plan.ts";
import type { BodyOutline, RibCage } from "../anatomy/thorax.ts";
import { fractalNoise } from "../noise-field.ts";
import { Intervals } from "./intervals.ts";
import {
  planePoint,
  slopeX,
  slopeY,
  type Beam,
  type FilmGeometry,
} from "./ray.ts";
import { raySolid, type Crossing, type RaySolid } from "./solids.ts";

/** What the rays of a film met, one value a pixel. */
export interface SoftTissueMaps {
  /** Attenuation of everything smooth, in nepers; no bone, no small vessel. */
  readonly attenuation: Float32Array;
  /** Lung crossed, in centimetres, affected or not. */
  readonly lung: Float32Array;
  /** Affected lung crossed, in centimetres. */
  readonly affected: Float32Array;
  /** The whole body crossed, in centimetres. */
  readonly body: Float32Array;
}

/** Shape of a cross-section: 1 − p·u − (1 − p)·u³ under the root, u = (x/a)². */
const BODY_SHAPE = 0.15;
const CAGE_SHAPE = 0.75;

/**
 * Half of the depth at x of a cross-section with half width a and half depth b.
 * Bodies are boxier than an ellipse (shape 1), rib cages a little.
 */
function sectionDepth(x: number, a: number, b: number, shape: number): number {
  const u = (x / a) * (x / a);
  return u >= 1 ? 0 : b * Math.sqrt(1 - shape * u - (1 - shape) * u * u * u);
}

/**
 * Front or back surface of a section met by a ray: two rounds of fixed-point
 * iteration, enough because rays lean by less than a sixth.
 */
function surface(
  sign: -1 | 1,
  x0: number,
  sx: number,
  a: number,
  b: number,
  shape: number,
): number {
  let z = sign * b * 0.7;
  for (let i = 0; i < 2; i++) {
    z = sign * sectionDepth(x0 + sx * z, a, b, shape);
  }
  return z;
}

function crossBody(
  outline: BodyOutline,
  inset: number,
  x0: number,
  y: number,
  sx: number,
  out: Crossing,
): boolean {
  const a = outline.halfWidth.at(y) - inset;
  const b = outline.halfDepth.at(y) - inset;
  if (Math.abs(x0) >= a * 1.1) return false;
  out.start = surface(-1, x0, sx, a, b, BODY_SHAPE);
  out.end = surface(1, x0, sx, a, b, BODY_SHAPE);
  return out.end > out.start;
}

function crossCage(
  cage: RibCage,
  x0: number,
  y: number,
  sx: number,
  out: Crossing,
): boolean {
  if (y < 0 || y > cage.floor) return false;
  const a = cage.halfWidth.at(y);
  if (Math.abs(x0) >= a * 1.1) return false;
  let b = cage.halfDepth.at(y);
  const inner = cage.apexX - Math.abs(x0);
  if (inner > 0) {
    const v = inner / cage.apexReach.at(y);
    if (v >= 1) return false;
    b *= Math.sqrt(1 - v * v);
  }
  out.start = surface(-1, x0, sx, a, b, CAGE_SHAPE);
  out.end = surface(1, x0, sx, a, b, CAGE_SHAPE);
  return out.end > out.start;
}

/** Everything the smooth part of a film needs, prepared once. */
export class SoftTissueProjector {
  private readonly obstacles: readonly RaySolid[];
  private readonly domes: readonly (readonly [RaySolid, number])[];
  private readonly appendages: readonly RaySolid[];
  private readonly muscles: readonly RaySolid[];
  private readonly occupied = new Intervals(64);
  private readonly tissue = new Intervals(16);
  private readonly flesh = new Intervals(16);
  private readonly crossing: Crossing = { start: 0, end: 0 };
  private readonly cageCrossing: Crossing = { start: 0, end: 0 };
  private readonly patches: readonly RaySolid[];
  private readonly gas: readonly RaySolid[];

  constructor(
    private readonly anatomy: Anatomy,
    private readonly materials: Materials,
    private readonly beam: Beam,
    private readonly noiseSeed: number,
  ) {
    this.obstacles = anatomy.mediastinum.solids.map(raySolid);
    const { right, left } = anatomy.domes;
    this.domes = [
      [raySolid(right.solid), right.level],
      [raySolid(left.solid), left.level],
    ];
    const fat = anatomy.outline.fat;
    this.appendages = anatomy.appendages.map(raySolid);
    this.muscles = anatomy.appendages.map((e) =>
      raySolid({
        ...e,
        rx: Math.max(0.3 * e.rx, e.rx - fat),
        ry: Math.max(0.3 * e.ry, e.ry - fat),
        rz: Math.max(0.3 * e.rz, e.rz - fat),
      }),
    );
    this.patches = anatomy.disease.patches.map((p) => raySolid(p.solid));
    this.gas = anatomy.gas.map((g) => raySolid(g.solid));
  }

  /** Sums attenuation along the ray of every pixel. */
  project(film: FilmGeometry): SoftTissueMaps {
    const count = film.width * film.height;
    const maps: SoftTissueMaps = {
      attenuation: new Float32Array(count),
      lung: new Float32Array(count),
      affected: new Float32Array(count),
      body: new Float32Array(count),
    };
    for (let row = 0; row < film.height; row++) {
      const [startX, startY] = planePoint(film, 0, row);
      for (let column = 0; column < film.width; column++) {
        this.projectRay(
          startX + column * film.spacing * film.cosRoll,
          startY + column * film.spacing * film.sinRoll,
          row * film.width + column,
          maps,
        );
      }
    }
    return maps;
  }

  private projectRay(
    x0: number,
    y0: number,
    index: number,
    maps: SoftTissueMaps,
  ): void {
    const sx = slopeX(this.beam, x0);
    const sy = slopeY(this.beam, y0);
    const { soft, fat, lung } = this.materials;
    const whole = this.tissueLength(x0, y0, sx, sy, this.tissue, 0);
    if (whole <= 0) return;
    const fatDepth = this.anatomy.outline.fat;
    const muscle = this.tissueLength(x0, y0, sx, sy, this.flesh, fatDepth);
    const air = this.gasLength(x0, y0, sx, sy);
    const free = this.lungLength(x0, y0, sx, sy);
    const affected = free > 0 ? this.affectedLength(x0, y0, sx, sy) : 0;
    maps.body[index] = whole;
    maps.lung[index] = free;
    maps.affected[index] = affected;
    maps.attenuation[index] =
      fat * (whole - muscle) +
      soft * Math.max(0, muscle - free - air) +
      lung * free;
  }

  private tissueLength(
    x0: number,
    y0: number,
    sx: number,
    sy: number,
    union: Intervals,
    inset: number,
  ): number {
    union.clear();
    const c = this.crossing;
    if (crossBody(this.anatomy.outline, inset, x0, y0, sx, c)) {
      union.add(c.start, c.end);
    }
    const parts = inset > 0 ? this.muscles : this.appendages;
    for (const part of parts) {
      if (part(x0, y0, sx, sy, c)) union.add(c.start, c.end);
    }
    return union.coverage(-1000, 1000);
  }

  private gasLength(x0: number, y0: number, sx: number, sy: number): number {
    let sum = 0;
    const c = this.crossing;
    for (let i = 0; i < this.gas.length; i++) {
      const level = this.anatomy.gas[i]?.level ?? Infinity;
      if (y0 < level && this.gas[i]?.(x0, y0, sx, sy, c))
        sum += c.end - c.start;
    }
    return sum;
  }

  /** Lung that neither mediastinum nor belly occupies. */
  private lungLength(x0: number, y0: number, sx: number, sy: number): number {
    const cage = this.cageCrossing;
    this.occupied.clear();
    if (!crossCage(this.anatomy.cage, x0, y0, sx, cage)) return 0;
    const c = this.crossing;
    const dome = this.domes[x0 < 0 ? 0 : 1];
    if (dome) {
      if (y0 >= dome[1]) return 0;
      if (dome[0](x0, y0, sx, sy, c)) this.occupied.add(c.start, c.end);
    }
    for (const solid of this.obstacles) {
      if (solid(x0, y0, sx, sy, c)) this.occupied.add(c.start, c.end);
    }
    const length = cage.end - cage.start;
    return length - this.occupied.coverage(cage.start, cage.end);
  }

  /**
   * Affected lung on the ray of the last `lungLength`. The margins are frayed
   * by moving the ray a little, by noise, before asking the patches.
   */
  private affectedLength(
    x0: number,
    y0: number,
    sx: number,
    sy: number,
  ): number {
    if (this.patches.length === 0) return 0;
    const u = this.anatomy.subject.unit;
    const f = 0.55 / u;
    const s = this.noiseSeed;
    const wx = x0 + 1.5 * u * fractalNoise(s, x0 * f, y0 * f, 3);
    const wy = y0 + 1.5 * u * fractalNoise(s + 90, x0 * f, y0 * f, 3);
    const cage = this.cageCrossing;
    const before = this.occupied.coverage(cage.start, cage.end);
    const c = this.crossing;
    for (let i = 0; i < this.patches.length; i++) {
      const patch = this.anatomy.disease.patches[i];
      if (!patch || y0 < patch.top || y0 > patch.bottom) continue;
      if (this.patches[i]?.(wx, wy, sx, sy, c)) {
        this.occupied.add(
          Math.max(c.start, patch.back),
          Math.min(c.end, patch.front),
        );
      }
    }
    return this.occupied.coverage(cage.start, cage.end) - before;
  }
}
