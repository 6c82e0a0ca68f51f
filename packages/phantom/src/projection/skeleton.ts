import type { Tube, TubePoint } from "../anatomy/bones.ts";
import type { Materials } from "../anatomy/materials.ts";
import type { Anatomy } from "../anatomy/plan.ts";
import type { Vertebra } from "../anatomy/spine.ts";
import { projectPoint, type Beam, type FilmGeometry } from "./ray.ts";
import {
  TubePainter,
  type FilmPoint,
  type TubeProfile,
} from "./tube-painter.ts";

/** Longest path through a tube seen end on, against its thickness. */
const MAX_OBLIQUE = 3.2;

/**
 * How much longer the ray's path through a tube is for running along it: one
 * over the sine of the angle between tube and ray.
 */
function obliqueness(a: TubePoint, b: TubePoint): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const dz = b.z - a.z;
  const across = dx * dx + dy * dy;
  const all = across + dz * dz;
  return all === 0
    ? 1
    : Math.min(MAX_OBLIQUE, Math.sqrt(all / (across || 1e-9)));
}

/** A tube's points on the film. */
function filmPoints(tube: Tube, beam: Beam, film: FilmGeometry): FilmPoint[] {
  return tube.points.map((p, i) => {
    const [column, row] = projectPoint(beam, film, p.x, p.y, p.z);
    const near = tube.points[i + 1] ?? p;
    const before = tube.points[i - 1] ?? p;
    return {
      column,
      row,
      radius: Math.max(0.8, p.radius / film.spacing),
      gain: p.radius * tube.flatness * p.presence * obliqueness(before, near),
    };
  });
}

/** Attenuation of a shell of dense bone around spongy bone, per half width. */
function boneProfile(tube: Tube, materials: Materials): TubeProfile {
  const inner = 1 - tube.shell;
  return (q, below) => {
    const outerChord = 2 * Math.sqrt(1 - q * q);
    const r = q / inner;
    const innerChord = r < 1 ? 2 * inner * Math.sqrt(1 - r * r) : 0;
    // The lower edge of a rib is the thinner one.
    const shell = (outerChord - innerChord) * (below ? 0.8 : 1);
    return materials.denseBone * shell + materials.spongyBone * innerChord;
  };
}

/** Edge that rises from 0 to 1 around `limit`, `soft` wide on each side. */
function edge(distance: number, limit: number, soft: number): number {
  const t = Math.max(0, Math.min(1, (limit - distance) / (2 * soft) + 0.5));
  return t * t * (3 - 2 * t);
}

/** Adds one vertebra: body with end plates, pedicles, processes. */
function paintVertebra(
  map: Float32Array,
  v: Vertebra,
  materials: Materials,
  beam: Beam,
  film: FilmGeometry,
): void {
  const [cx, cy] = projectPoint(beam, film, v.x, v.y, v.z);
  const s = film.spacing;
  const reachX = (v.halfWidth * 2.2) / s;
  const reachY = (v.halfHeight * 2.4) / s;
  const left = Math.max(0, Math.floor(cx - reachX));
  const right = Math.min(film.width - 1, Math.ceil(cx + reachX));
  const top = Math.max(0, Math.floor(cy - reachY));
  const bottom = Math.min(film.height - 1, Math.ceil(cy + reachY));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const x = (column - cx) * s;
      const y = (row - cy) * s;
      const index = row * film.width + column;
      map[index] = (map[index] ?? 0) + vertebraAt(v, x, y, materials);
    }
  }
}

/** Attenuation of a vertebra at a place relative to its middle. */
function vertebraAt(
  v: Vertebra,
  x: number,
  y: number,
  materials: Materials,
): number {
  const { halfWidth: w, halfHeight: h } = v;
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  // Bodies are waisted: narrower in the middle than at their end plates.
  const waist = w * (0.88 + 0.12 * (ay / h) * (ay / h));
  const soft = 0.07 * w;
  const body = edge(ax, waist, soft) * edge(ay, h, soft);
  const round = Math.sqrt(Math.max(0.15, 1 - (ax / (waist * 1.02)) ** 2));
  const plate = edge(Math.abs(ay - h * 0.95), 0.09 * h, 0.09 * h);
  const rim = edge(Math.abs(ax - waist * 0.94), 0.05 * w, 0.06 * w);
  let sum =
    body * 2 * v.halfDepth * round * materials.spongyBone +
    edge(ax, waist, soft) *
      plate *
      0.75 *
      v.halfDepth *
      materials.denseBone *
      0.3 +
    rim * edge(ay, h, soft) * 0.14 * w * materials.denseBone;
  // Pedicles: two rings seen end on.
  const px = (ax - 0.66 * w) / (0.2 * w);
  const py = (y + 0.25 * h) / (0.36 * h);
  const ring = Math.sqrt(px * px + py * py);
  sum +=
    edge(Math.abs(ring - 0.85), 0.2, 0.18) * 0.22 * w * materials.denseBone;
  // Spinous process: a drop below the middle.
  const qx = x / (0.17 * w);
  const qy = (y - v.spinousDrop) / (0.5 * h);
  sum +=
    edge(Math.sqrt(qx * qx + qy * qy), 0.9, 0.25) *
    0.3 *
    w *
    materials.denseBone;
  // Transverse processes.
  const tx = (ax - 1.25 * w) / (0.62 * w);
  const ty = (y + 0.3 * h + 0.12 * ax) / (0.26 * h);
  sum +=
    edge(Math.sqrt(tx * tx + ty * ty), 0.85, 0.25) *
    0.16 *
    w *
    materials.denseBone;
  return sum;
}

/** Attenuation all bones add, in nepers, one value a pixel. */
export function projectSkeleton(
  anatomy: Anatomy,
  materials: Materials,
  beam: Beam,
  film: FilmGeometry,
): Float32Array {
  const map = new Float32Array(film.width * film.height);
  const painter = new TubePainter(film.width, film.height);
  for (const tube of [...anatomy.ribs, ...anatomy.shoulders]) {
    painter.paint(
      map,
      filmPoints(tube, beam, film),
      boneProfile(tube, materials),
    );
  }
  for (const vertebra of anatomy.spine) {
    paintVertebra(map, vertebra, materials, beam, film);
  }
  return map;
}
