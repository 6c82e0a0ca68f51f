/** The product's classifier: a model folder on an engine. */
import { performance } from "node:perf_hooks";

import type { FilmNet, ForwardResult } from "./engine/film-net.ts";
import { openNet, type EngineChoice } from "./engine/open-net.ts";
import { activationMap } from "./explain/activation-map.ts";
import { chanceOf } from "./explain/box-chance.ts";
import { boxesOf } from "./explain/boxes.ts";
import { InferenceError } from "./errors.ts";
import {
  checkPixels,
  greySpread,
  judge,
  type GateSignals,
} from "./gate/verdict.ts";
import { contradictsPolarity, filmPolarity } from "./image/polarity.ts";
import type { ManifestFinding, ModelManifest } from "./models/manifest.ts";
import { prepareFilm, toTrunkScale } from "./models/preprocess.ts";
import { readModelManifest } from "./models/weights.ts";
import {
  ageGroupOf,
  calibrate,
  scoreOf,
  sigmoid,
} from "./triage/calibration.ts";
import type {
  ActivationMap,
  Assessment,
  AssessContext,
  Box,
  EngineName,
  Film,
  Finding,
  Gate,
} from "./types.ts";

/** Assesses films; belongs to the thread that made it. */
export interface ChestXrayClassifier {
  readonly model: { id: string; sha256: string };
  readonly engine: EngineName;
  /** Why a wanted native engine is not running, one line, or null. */
  readonly engineNote: string | null;
  /**
   * Everything that one forward pass says of the film, or a typed error;
   * never a default answer.
   */
  assess(film: Film, context: AssessContext): Promise<Assessment>;
  /** Frees the weights; further calls to `assess` reject. */
  dispose(): void;
}

/**
 * Loads a model folder onto an engine and warms it up.
 *
 * @throws InferenceError `model-missing`, `model-corrupt` or
 * `engine-unavailable`
 */
export async function createClassifier(options: {
  modelDir: string;
  engine: EngineChoice;
}): Promise<ChestXrayClassifier> {
  const manifest = await readModelManifest(options.modelDir);
  const { net, note } = await openNet(
    options.engine,
    options.modelDir,
    manifest,
  );
  const classifier = new LoadedClassifier(manifest, net, note);
  await classifier.warmUp();
  return classifier;
}

class LoadedClassifier implements ChestXrayClassifier {
  readonly model: { id: string; sha256: string };
  readonly engine: EngineName;
  readonly engineNote: string | null;
  readonly #manifest: ModelManifest;
  readonly #net: FilmNet;
  #isDisposed = false;

  constructor(manifest: ModelManifest, net: FilmNet, note: string | null) {
    this.model = { id: manifest.id, sha256: manifest.weights.sha256 };
    this.engine = net.engine;
    this.engineNote = note;
    this.#manifest = manifest;
    this.#net = net;
  }

  /** Runs once on an empty film: first calls compile and are slow. */
  async warmUp(): Promise<void> {
    const { size } = this.#manifest.input;
    await this.#net.run(new Float32Array(size * size));
  }

  async assess(film: Film, context: AssessContext): Promise<Assessment> {
    if (this.#isDisposed) throw new Error("the classifier was disposed");
    const started = performance.now();
    const grey = greySpread(film);
    const finish = (
      part: Pick<Assessment, "gate" | "findings" | "cam" | "boxes">,
      gateDistance: number | null = null,
    ): Assessment => ({
      ...part,
      input: { greyMean: grey.mean, greySpan: grey.span, gateDistance },
      model: this.model,
      engine: this.engine,
      milliseconds: performance.now() - started,
    });
    const refused = checkPixels(film, this.#manifest.gate, grey);
    if (refused !== null) return finish(empty(refused));
    if (context.isLateral === true) return finish(empty(SAID_LATERAL));
    const prepared = prepareFilm(film, this.#manifest.input);
    const result = await this.#net.run(toTrunkScale(prepared.grey));
    const gate = judge(signalsOf(film, result), this.#manifest.gate);
    if (gate.status !== "assessed") {
      return finish(empty(gate), result.distance);
    }
    const findings = this.#findings(result, context);
    const cam = this.#manifest.findings
      .filter((spec) => spec.shown)
      .map((spec) => {
        const { map } = outputOf(spec, result);
        return activationMap(spec.code, map, result.cells, prepared.rect);
      });
    const boxes = cam.flatMap((map) => this.#boxes(map, findings));
    return finish({ gate, findings, cam, boxes }, result.distance);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#net.dispose();
  }

  #boxes(map: ActivationMap, findings: readonly Finding[]): Box[] {
    const boxes = boxesOf(map, this.#manifest.boxes);
    const isIts = ({ code }: { code: string }): boolean => code === map.finding;
    const rule = this.#manifest.findings.find(isIts)?.boxChance;
    const finding = findings.find(isIts);
    if (rule === undefined || finding === undefined) return boxes;
    const { probability } = finding;
    const whole = map.rect.width * map.rect.height;
    return boxes.map((box) => {
      const area = (box.width * box.height) / whole;
      const { score } = box;
      return { ...box, chance: chanceOf({ score, area, probability }, rule) };
    });
  }

  #findings(result: ForwardResult, context: AssessContext): Finding[] {
    const group = ageGroupOf(
      context,
      sigmoid(result.childLogit),
      this.#manifest.ageGroup,
    );
    return this.#manifest.findings.map((spec) => {
      const calibration = spec.calibration[group.key];
      const { logit, strongest } = outputOf(spec, result);
      const score = scoreOf(logit, strongest, calibration);
      const { probability, interval } = calibrate(score, calibration);
      if (!Number.isFinite(probability)) {
        throw new Error(`${this.model.id} gave no number for ${spec.code}`);
      }
      const threshold = spec.thresholds[group.key].balanced;
      const unsure = spec.unsure?.[group.key];
      return {
        code: spec.code,
        concept: spec.concept,
        score,
        probability,
        interval,
        threshold,
        positive: probability >= threshold,
        unsure:
          unsure !== undefined &&
          probability >= unsure.from &&
          probability < unsure.to,
        shown: spec.shown,
        group: group.shown,
      };
    });
  }
}

/** What the net says of one finding: pneumonia's own head, or a further one. */
function outputOf(
  { code, head }: ManifestFinding,
  result: ForwardResult,
): { logit: number; strongest: number; map: Float32Array } {
  if (head === undefined) return result;
  const logit = result.others.logits[head];
  const map = result.others.maps[head];
  if (logit === undefined || map === undefined) {
    throw new InferenceError(
      "model-corrupt",
      `the manifest names ${code} as head ${String(head)}, the net has none`,
    );
  }
  return { logit, strongest: 0, map };
}

function signalsOf(film: Film, result: ForwardResult): GateSignals {
  return {
    logits: result.gateLogits,
    distance: result.distance,
    isColour: film.warnings.includes("colour-converted-to-grey"),
    looksInverted: contradictsPolarity(filmPolarity(film)),
  };
}

const SAID_LATERAL: Gate = {
  status: "not-assessed",
  reason: "lateral",
  detail: "Somebody said that this is a lateral film.",
};

function empty(
  gate: Gate,
): Pick<Assessment, "gate" | "findings" | "cam" | "boxes"> {
  return { gate, findings: [], cam: [], boxes: [] };
}
