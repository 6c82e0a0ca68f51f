import type { Film, VoiWindow } from "../viewer/viewer-contract.ts";
import { windowedGrey } from "./window-level.ts";

/**
 * The grey, 0 to 255, of each stored value of a film as it is shown now: by
 * LINEAR of DICOM PS3.3 C.11.2.1.2.1 or SIGMOID of C.11.2.1.3.1.
 */
export function greyTable(
  { maxValue, windowShape }: Pick<Film, "maxValue" | "windowShape">,
  window: VoiWindow,
  inverted: boolean,
): Uint8ClampedArray {
  const table = new Uint8ClampedArray(maxValue + 1);
  for (let value = 0; value <= maxValue; value++) {
    const grey =
      windowShape === "sigmoid"
        ? 1 / (1 + Math.exp((-4 * (value - window.center)) / window.width))
        : windowedGrey(value, window);
    table[value] = Math.round((inverted ? 1 - grey : grey) * 255);
  }
  return table;
}
