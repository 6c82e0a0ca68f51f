import { planAnatomy, type Anatomy } from "./anatomy/plan.ts";
import { lerp } from "./anatomy/curve.ts";
import {
  addQuantumNoise,
  detectorSignal,
  type Exposure,
} from "./detector/expose.ts";
import { develop, type Development } from "./detector/develop.ts";
import { layMarker } from "./detector/marker.ts";
import { projectAnatomy } from "./projection/project.ts";
import type { Beam, FilmGeometry } from "./projection/ray.ts";
import { visitStream, type Random } from "./random.ts";
import { lungBoxes, opacityBoxes } from "./truth.ts";
import type { Marker, Phantom, PhantomOptions } from "./types.ts";

const MAX_VALUE = 4095;
const MIN_SIDE = 64;
const MAX_SIDE = 4096;

function side(name: string, value: number): number {
  if (!Number.isInteger(value) || value < MIN_SIDE || value > MAX_SIDE) {
    throw new RangeError(
      `${name} must be a whole number from ${MIN_SIDE} to ${MAX_SIDE}, not ${value}`,
    );
  }
  return value;
}

function share(name: string, value: number | undefined): void {
  if (value !== undefined && !(value >= 0 && value <= 1)) {
    throw new RangeError(`${name} must be from 0 to 1, not ${value}`);
  }
}

function check(options: PhantomOptions): void {
  if (!Number.isInteger(options.seed)) {
    throw new RangeError(`seed must be a whole number, not ${options.seed}`);
  }
  const age = options.ageYears ?? 0;
  if (!(age >= 0 && age <= 120)) {
    throw new RangeError(`ageYears must be from 0 to 120, not ${age}`);
  }
  const visit = options.visit ?? 0;
  if (!Number.isInteger(visit) || visit < 0) {
    throw new RangeError(`visit must be a whole number from 0, not ${visit}`);
  }
  share("extent", options.extent);
  share("density", options.density);
}

/** Where film and patient stand: field, small turns and tilts of the patient. */
function frame(
  anatomy: Anatomy,
  width: number,
  height: number,
  random: Random,
): { beam: Beam; film: FilmGeometry } {
  const { subject } = anatomy;
  const u = subject.unit;
  const bedside = subject.view === "AP";
  const loose = random.between(0, 1);
  const fieldHalfWidth =
    subject.ribHalfWidth +
    subject.wall +
    subject.fat * 0.6 +
    lerp(-1.8, 2.2, loose) * lerp(1, 0.6, subject.childlike) * u;
  const top = -lerp(2.2, 5, loose) * u;
  const bottom = subject.lungHeight + lerp(5.5, 9.5, loose) * u;
  const spacing = Math.max(
    (2 * fieldHalfWidth) / width,
    (bottom - top) / height,
  );
  const roll = (bedside ? 0.035 : 0.018) * random.normal();
  // Room to spare goes to the belly rather than to the chin.
  const spare = height * spacing - (bottom - top);
  const centreY =
    (top + bottom) / 2 + (0.05 * spare + 0.6 * u * random.normal());
  const focus = bedside ? 100 : 170;
  return {
    film: {
      width,
      height,
      spacing,
      centreX: 0.5 * u * random.normal(),
      centreY,
      cosRoll: Math.cos(roll),
      sinRoll: Math.sin(roll),
    },
    beam: {
      divergence: (bedside ? -1 : 1) / focus,
      axisX: 0,
      axisY: centreY,
      turn: (bedside ? 0.05 : 0.025) * random.normal(),
      tilt: (bedside ? 0.06 : 0.025) * random.normal(),
    },
  };
}

function drawExposure(bedside: boolean, random: Random): Exposure {
  return {
    // A grid holds most of the scatter back; a bedside film has none.
    scatter: bedside ? random.between(0.6, 1.2) : random.between(0.15, 0.35),
    scatterReach: random.between(4, 6),
    dose: random.between(0.5, 1.8),
    blur: random.between(0.4, 0.9),
  };
}

function drawDevelopment(childlike: number, random: Random): Development {
  return {
    lungGrey: random.between(0.26, 0.42),
    denseGrey: random.between(0.78, 0.88),
    // Films of small children are sharpened more: little in them scatters.
    detail: random.between(0, 0.75) + 0.6 * childlike,
  };
}

/** Lays the side marker into an upper corner beside the shoulder. */
function mark(
  attenuation: Float32Array,
  width: number,
  height: number,
  wanted: Marker | undefined,
  random: Random,
): void {
  const drawn: Marker = random.chance(0.5)
    ? "R"
    : random.chance(0.8)
      ? "L"
      : "none";
  const size = Math.min(width, height);
  const letterHeight = size * random.between(0.035, 0.06);
  const inset = size * random.between(0.04, 0.1);
  const row = height * random.between(0.05, 0.28);
  const lean = random.between(-0.15, 0.15);
  const marker = wanted ?? drawn;
  if (marker === "none") return;
  // The patient's right is on the film's left.
  const column = marker === "R" ? inset : width - inset - 0.6 * letterHeight;
  layMarker(attenuation, width, height, marker, {
    column,
    row,
    letterHeight,
    lean,
  });
}

/** Blackens what the collimator's blades cover. */
function collimate(
  grey: Float32Array,
  width: number,
  height: number,
  random: Random,
): void {
  const left = width * random.between(0, 0.03);
  const right = width - 1 - width * random.between(0, 0.03);
  const top = height * random.between(0, 0.03);
  const bottom = height - 1 - height * random.between(0, 0.04);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = Math.min(x - left, right - x, y - top, bottom - y);
      const light = Math.max(0, Math.min(1, inside / 2));
      if (light < 1) grey[y * width + x] = (grey[y * width + x] ?? 0) * light;
    }
  }
}

/**
 * Makes a synthetic frontal chest film. Deterministic: the same options give
 * the same pixels. Two films that differ only in pathology show the same
 * patient, position and noise.
 *
 * @throws RangeError when an option is outside its range.
 */
export function makePhantom(options: PhantomOptions): Phantom {
  check(options);
  const width = side("width", options.width ?? options.size ?? 1024);
  const height = side("height", options.height ?? options.size ?? 1024);
  const stream = (purpose: string): Random => visitStream(options, purpose);
  const anatomy = planAnatomy(options);
  const { subject, disease } = anatomy;
  const { beam, film } = frame(anatomy, width, height, stream("frame"));
  const projection = projectAnatomy(anatomy, beam, film, options.seed);
  mark(projection.attenuation, width, height, options.marker, stream("marker"));

  const bedside = subject.view === "AP" && subject.childlike < 0.5;
  const exposure = drawExposure(bedside, stream("exposure"));
  const signal = detectorSignal(
    projection.attenuation,
    width,
    height,
    film.spacing,
    exposure,
  );
  // Smaller pixels catch fewer quanta each: the grain of 1024 pixels is the norm.
  const pixelArea = (film.spacing / (36 / 1024)) ** 2;
  addQuantumNoise(signal, width, exposure.dose * pixelArea, stream("noise"));
  const grey = develop(
    signal,
    projection.body,
    width,
    height,
    drawDevelopment(subject.childlike, stream("development")),
  );
  const collimation = stream("collimation");
  const collimated = collimation.chance(0.35);
  if (options.collimated ?? collimated) {
    collimate(grey, width, height, collimation);
  }
  const pixels = new Uint16Array(grey.length);
  for (let i = 0; i < grey.length; i++) {
    pixels[i] = Math.round(Math.min(1, grey[i] ?? 0) * MAX_VALUE);
  }
  const lungMask = Uint8Array.from(projection.lung, (cm) => (cm >= 1 ? 1 : 0));
  return {
    width,
    height,
    pixels,
    maxValue: MAX_VALUE,
    boxes: opacityBoxes(projection.added, width, height),
    truth: {
      seed: options.seed,
      ageYears: subject.ageYears,
      sex: subject.sex,
      build: subject.build,
      view: subject.view,
      pathology: disease.pathology,
      sites: disease.sites,
      pixelSpacing: film.spacing * 10,
      ...lungBoxes(lungMask, width, height, anatomy, beam, film),
      lungMask,
      addedAttenuation: projection.added,
    },
  };
}
