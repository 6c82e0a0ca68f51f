/** Pictures that are no films: noise, ramps, shapes, lines of text. */
import { blur } from "../data/augment-grey.ts";
import type { Random } from "../data/random.ts";

/** One of several kinds at random, grey 0…1. */
export function drawNothing(size: number, random: Random): Float32Array {
  const kinds = [noise, clouds, shapes, page, stripes, disc];
  const draw = kinds[random.below(kinds.length)] ?? noise;
  const grey = draw(size, random);
  return random.chance(0.5) ? grey.map((v) => 1 - v) : grey;
}

function noise(size: number, random: Random): Float32Array {
  const grey = Float32Array.from({ length: size * size }, () => random.next());
  if (random.chance(0.5)) blur(grey, size, 1 + random.below(4));
  return grey;
}

/** Sums of random waves: soft blotches. */
function clouds(size: number, random: Random): Float32Array {
  const waves = Array.from({ length: 8 }, () => ({
    fx: random.range(-8, 8),
    fy: random.range(-8, 8),
    phase: random.range(0, 6.28),
    weight: random.next(),
  }));
  const total = waves.reduce((sum, wave) => sum + wave.weight, 0);
  return Float32Array.from({ length: size * size }, (_, at) => {
    const x = (at % size) / size;
    const y = Math.floor(at / size) / size;
    const sum = waves.reduce(
      (value, wave) =>
        value +
        wave.weight * Math.sin(6.28 * (wave.fx * x + wave.fy * y) + wave.phase),
      0,
    );
    return 0.5 + (0.5 * sum) / total;
  });
}

function shapes(size: number, random: Random): Float32Array {
  const grey = new Float32Array(size * size).fill(random.next());
  const count = 2 + random.below(14);
  for (let shape = 0; shape < count; shape += 1) {
    const cx = random.range(0, size);
    const cy = random.range(0, size);
    const rx = random.range(3, size / 3);
    const ry = random.range(3, size / 3);
    const value = random.next();
    const isRound = random.chance(0.5);
    for (let at = 0; at < grey.length; at += 1) {
      const dx = ((at % size) - cx) / rx;
      const dy = (Math.floor(at / size) - cy) / ry;
      const isIn = isRound
        ? dx * dx + dy * dy < 1
        : Math.abs(dx) < 1 && Math.abs(dy) < 1;
      if (isIn) grey[at] = value;
    }
  }
  if (random.chance(0.4)) blur(grey, size, 1 + random.below(6));
  return grey;
}

/** Dark strokes in lines on a light ground, as text and forms look. */
function page(size: number, random: Random): Float32Array {
  const grey = new Float32Array(size * size).fill(random.range(0.85, 1));
  const pitch = 5 + random.below(12);
  const margin = Math.round(size * random.range(0.03, 0.15));
  for (let top = margin; top + pitch < size - margin; top += pitch) {
    const end = size - margin - random.below(Math.round(size * 0.4));
    for (let x = margin; x < end; x += 1) {
      if (random.chance(0.15)) {
        x += 2 + random.below(4);
        continue;
      }
      const high = 1 + random.below(Math.max(1, Math.floor(pitch * 0.6)));
      for (let y = top; y < top + high; y += 1) {
        if (random.chance(0.7)) grey[y * size + x] = random.range(0, 0.3);
      }
    }
  }
  return grey;
}

function stripes(size: number, random: Random): Float32Array {
  const fx = random.range(-30, 30);
  const fy = random.range(-30, 30);
  const isHard = random.chance(0.5);
  return Float32Array.from({ length: size * size }, (_, at) => {
    const x = (at % size) / size;
    const y = Math.floor(at / size) / size;
    const v = 0.5 + 0.5 * Math.sin(6.28 * (fx * x + fy * y));
    return isHard ? Math.round(v) : v;
  });
}

/** A bright body on black with smaller bodies in it: scans and slices. */
function disc(size: number, random: Random): Float32Array {
  const grey = new Float32Array(size * size);
  const bodies = Array.from({ length: 3 + random.below(10) }, (_, at) => ({
    cx: at === 0 ? 0.5 : random.range(0.25, 0.75),
    cy: at === 0 ? 0.5 : random.range(0.25, 0.75),
    rx: at === 0 ? random.range(0.25, 0.48) : random.range(0.03, 0.2),
    ry: at === 0 ? random.range(0.25, 0.48) : random.range(0.03, 0.2),
    value: at === 0 ? random.range(0.3, 0.7) : random.next(),
  }));
  for (let at = 0; at < grey.length; at += 1) {
    const x = (at % size) / size;
    const y = Math.floor(at / size) / size;
    for (const body of bodies) {
      const d = ((x - body.cx) / body.rx) ** 2 + ((y - body.cy) / body.ry) ** 2;
      if (d < 1) grey[at] = body.value;
    }
    grey[at] = (grey[at] ?? 0) + random.range(-0.05, 0.05);
  }
  blur(grey, size, 1);
  return grey;
}
