/**
 * The x-ray beam. Patient space is in centimetres: x to the patient's left
 * (right on the film), y downwards from the top of the lungs, z forwards from
 * the middle of the body. A ray is the line x = x0 + sx·z, y = y0 + sy·z, where
 * (x0, y0) is where it crosses the plane z = 0.
 */
export interface Beam {
  /** Change of x and y per centimetre of z, for each centimetre off the axis. */
  readonly divergence: number;
  readonly axisX: number;
  readonly axisY: number;
  /** Turn of the patient about the upright axis, as a tangent. */
  readonly turn: number;
  /** Tilt of the patient about the transverse axis, as a tangent. */
  readonly tilt: number;
}

/** How the film's pixels lie in the plane z = 0. */
export interface FilmGeometry {
  readonly width: number;
  readonly height: number;
  /** Centimetres a pixel in the plane z = 0. */
  readonly spacing: number;
  readonly centreX: number;
  readonly centreY: number;
  readonly cosRoll: number;
  readonly sinRoll: number;
}

/** The plane point under a pixel position (pixel centres at whole numbers). */
export function planePoint(
  film: FilmGeometry,
  column: number,
  row: number,
): [x: number, y: number] {
  const dx = (column - (film.width - 1) / 2) * film.spacing;
  const dy = (row - (film.height - 1) / 2) * film.spacing;
  return [
    film.centreX + dx * film.cosRoll - dy * film.sinRoll,
    film.centreY + dx * film.sinRoll + dy * film.cosRoll,
  ];
}

/** Where a point of the patient falls on the film, in pixels. */
export function projectPoint(
  beam: Beam,
  film: FilmGeometry,
  x: number,
  y: number,
  z: number,
): [column: number, row: number] {
  const scale = 1 + beam.divergence * z;
  const x0 = (x - z * (beam.turn - beam.divergence * beam.axisX)) / scale;
  const y0 = (y - z * (beam.tilt - beam.divergence * beam.axisY)) / scale;
  const dx = x0 - film.centreX;
  const dy = y0 - film.centreY;
  return [
    (dx * film.cosRoll + dy * film.sinRoll) / film.spacing +
      (film.width - 1) / 2,
    (dy * film.cosRoll - dx * film.sinRoll) / film.spacing +
      (film.height - 1) / 2,
  ];
}

/** Slope of the ray through (x0, y0) of the plane. */
export function slopeX(beam: Beam, x0: number): number {
  return beam.divergence * (x0 - beam.axisX) + beam.turn;
}

/** Slope of the ray through (x0, y0) of the plane. */
export function slopeY(beam: Beam, y0: number): number {
  return beam.divergence * (y0 - beam.axisY) + beam.tilt;
}

/** The same film with pixels `factor` times as large. */
export function coarser(film: FilmGeometry, factor: number): FilmGeometry {
  const width = Math.ceil(film.width / factor);
  const height = Math.ceil(film.height / factor);
  return {
    ...film,
    width,
    height,
    spacing: film.spacing * factor,
  };
}
