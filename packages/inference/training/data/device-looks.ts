/**
 * Three devices that no film of training came from, for validation: each a
 * fixed chain of changes at the far end of what training draws or beyond it.
 * They copy what false alarms on an unseen device had in common: soft,
 * low-contrast lungs under a hazy mediastinum, a large crisp side letter,
 * exposure burnt into a corner, tall narrow chests.
 */
import { IDENTITY_WARP, warp, type Warp } from "./augment-geometry.ts";
import { sharpen } from "./augment-grey.ts";
import { equaliseLocally } from "./look-contrast.ts";
import { drawLettering } from "./look-letters.ts";
import { mixLowFrequencies, transferHistogram } from "./look-transfer.ts";
import { scatter } from "./look-veil.ts";
import { coarsen } from "./look.ts";
import type { Random } from "./random.ts";
import { normalisePercentiles } from "../../src/models/preprocess.ts";

export const DEVICE_LOOKS = ["hazy", "processed", "borrowed"] as const;
export type DeviceLook = (typeof DEVICE_LOOKS)[number];

/** The film as the device would have given it, grey 0…1. */
export function seenByDevice(
  look: DeviceLook,
  film: { source: Uint8Array; sourceSize: number; size: number },
  other: Uint8Array,
  random: Random,
): Float32Array {
  const { source, sourceSize, size } = film;
  const how: Warp = { ...IDENTITY_WARP, ...SHAPES[look] };
  const grey = warp(source, sourceSize, size, how);
  switch (look) {
    case "hazy":
      coarsen(grey, size, 0.5);
      scatter(grey, size, 0.16, 0.5);
      brighten(grey, 0.75);
      break;
    case "processed":
      sharpen(grey, size, 1);
      equaliseLocally(grey, size, { tiles: 8, limit: 3.5, strength: 0.9 });
      break;
    case "borrowed": {
      const borrowed = warp(other, sourceSize, size, IDENTITY_WARP);
      transferHistogram(grey, borrowed, 0.9);
      mixLowFrequencies(grey, borrowed, size, 0.9);
    }
  }
  drawLettering(grey, size, random);
  normalisePercentiles(grey, 1, 99);
  return grey;
}

const SHAPES: Record<DeviceLook, Partial<Warp>> = {
  hazy: { scaleX: 0.85, scaleY: 1.08 },
  processed: { scaleX: 1.1, scaleY: 0.95, angle: 0.04 },
  borrowed: { scaleX: 0.95, scaleY: 1.15, shiftY: 0.03 },
};

function brighten(grey: Float32Array, gamma: number): void {
  for (const [at, value] of grey.entries()) {
    grey[at] = Math.min(1, Math.max(0, value)) ** gamma;
  }
}
