import type { Anatomy } from "../anatomy/plan.ts";
import type { VesselPoint } from "../anatomy/vessels.ts";
import { projectPoint, type Beam, type FilmGeometry } from "./ray.ts";
import { roundProfile, TubePainter, type FilmPoint } from "./tube-painter.ts";

/** A tube thinner than this many pixels is drawn this thick, but fainter. */
const THINNEST = 0.75;

function filmPoints(
  points: readonly VesselPoint[],
  beam: Beam,
  film: FilmGeometry,
): FilmPoint[] {
  return points.map((p) => {
    const [column, row] = projectPoint(beam, film, p.x, p.y, p.z);
    const radius = p.radius / film.spacing;
    const drawn = Math.max(THINNEST, radius);
    // Same area of the cross-section, spread over the drawn width.
    return { column, row, radius: drawn, gain: (p.radius * radius) / drawn };
  });
}

/** Centimetres of vessel that the rays cross. */
export function projectVessels(
  anatomy: Anatomy,
  beam: Beam,
  film: FilmGeometry,
): Float32Array {
  const map = new Float32Array(film.width * film.height);
  const painter = new TubePainter(film.width, film.height, false);
  for (const path of anatomy.vessels) {
    painter.paint(map, filmPoints(path.points, beam, film), roundProfile);
  }
  return map;
}

/** Centimetres of windpipe and main bronchi that the rays cross. */
export function projectAirways(
  anatomy: Anatomy,
  beam: Beam,
  film: FilmGeometry,
): Float32Array {
  const union = new Float32Array(film.width * film.height);
  const painter = new TubePainter(film.width, film.height);
  for (const airway of anatomy.airways) {
    const map = new Float32Array(union.length);
    painter.paint(map, filmPoints(airway.points, beam, film), roundProfile);
    // Where the tubes meet they share their air.
    for (let i = 0; i < union.length; i++) {
      union[i] = Math.max(union[i] ?? 0, map[i] ?? 0);
    }
  }
  return union;
}
