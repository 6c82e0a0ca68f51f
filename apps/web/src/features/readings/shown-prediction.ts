import { PNEUMONIA_CODE } from "./decision-rules.ts";

interface PredictionLike {
  readonly assessed: boolean;
  readonly findings: readonly {
    readonly code: string;
    readonly probability: number;
    readonly threshold: number;
  }[];
}

/**
 * The prediction a study is judged by: of the film that exceeds its threshold
 * most, as the API has it; null where no film was assessed.
 */
export function shownPrediction<P extends PredictionLike>(
  films: readonly { readonly prediction: P | null }[],
): P | null {
  let shown: P | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const { prediction } of films) {
    if (!prediction?.assessed) continue;
    const finding = prediction.findings.find(
      ({ code }) => code === PNEUMONIA_CODE,
    );
    if (finding && finding.probability - finding.threshold > most) {
      most = finding.probability - finding.threshold;
      shown = prediction;
    }
  }
  return shown;
}
