import * as z from "zod/mini";
import { COLOR_SCALES } from "./color-scale.ts";
import type { FilmBox } from "../viewer/viewer-contract.ts";

/** An activation map as the API gives it: a grid over `rect` of the film. */
export interface FilmActivation {
  readonly width: number;
  readonly height: number;
  readonly values: readonly number[];
  readonly rect: FilmBox;
}

/** A box with what is written above it. */
export interface LabelledBox extends FilmBox {
  readonly key: string;
  readonly label: string;
}

const mapStyle = z.object({
  scale: z.enum(COLOR_SCALES),
  opacity: z.number().check(z.minimum(0.1), z.maximum(1)),
});

/** How the map is drawn; remembered on this computer. */
export type MapStyle = Readonly<z.infer<typeof mapStyle>>;

export const DEFAULT_MAP_STYLE: MapStyle = { scale: "inferno", opacity: 0.6 };

/** The stored style; the usual one where what is stored is not one. */
export function parseMapStyle(text: string): MapStyle {
  try {
    return mapStyle.safeParse(JSON.parse(text)).data ?? DEFAULT_MAP_STYLE;
  } catch {
    return DEFAULT_MAP_STYLE;
  }
}
