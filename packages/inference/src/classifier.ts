/** The product's classifier: a model folder on an engine. */
import { performance } from "node:perf_hooks";

import * as tf from "@tensorflow/tfjs-core";

import { openEngine, type EngineChoice } from "./backend.ts";
import { activationMap } from "./explain/activation-map.ts";
import { boxesOf } from "./explain/boxes.ts";
import { frugalLayers } from "./frugal-layers.ts";
import { gateFeatures, runGateHead } from "./gate/gate-head.ts";
import { checkPixels, judge, type GateSignals } from "./gate/verdict.ts";
import { contradictsPolarity, filmPolarity } from "./image/polarity.ts";
import type { ModelManifest } from "./models/manifest.ts";
import { runNetwork } from "./models/network.ts";
import { prepareFilm, toTrunkScale } from "./models/preprocess.ts";
import { loadModelWeights, readModelManifest } from "./models/weights.ts";
import {
  ageGroupOf,
  calibrate,
  scoreOf,
  sigmoid,
} from "./triage/calibration.ts";
import type {
  Assessment,
  AssessContext,
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
  const opened = await openEngine(options.engine);
  const weights = await loadModelWeights(options.modelDir, manifest);
  const classifier = new LoadedClassifier(
    manifest,
    weights,
    opened.name,
    opened.note,
  );
  await classifier.warmUp();
  return classifier;
}

/** The numbers of one forward pass, off the engine. */
interface ForwardResult {
  logit: number;
  strongest: number;
  map: Float32Array;
  cells: number;
  childLogit: number;
  gateLogits: Float32Array;
  distance: number;
}

class LoadedClassifier implements ChestXrayClassifier {
  readonly model: { id: string; sha256: string };
  readonly engine: EngineName;
  readonly engineNote: string | null;
  readonly #manifest: ModelManifest;
  readonly #weights: Map<string, tf.Tensor>;
  #isDisposed = false;

  constructor(
    manifest: ModelManifest,
    weights: Map<string, tf.Tensor>,
    engine: EngineName,
    engineNote: string | null,
  ) {
    this.model = { id: manifest.id, sha256: manifest.weights.sha256 };
    this.engine = engine;
    this.engineNote = engineNote;
    this.#manifest = manifest;
    this.#weights = weights;
  }

  /** Runs once on an empty film: first calls compile and are slow. */
  async warmUp(): Promise<void> {
    const { size } = this.#manifest.input;
    await this.#forward(new Float32Array(size * size));
  }

  async assess(film: Film, context: AssessContext): Promise<Assessment> {
    if (this.#isDisposed) throw new Error("the classifier was disposed");
    const started = performance.now();
    const finish = (
      part: Pick<Assessment, "gate" | "findings" | "cam" | "boxes">,
    ): Assessment => ({
      ...part,
      model: this.model,
      engine: this.engine,
      milliseconds: performance.now() - started,
    });
    const refused = checkPixels(film, this.#manifest.gate);
    if (refused !== null) return finish(empty(refused));
    const prepared = prepareFilm(film, this.#manifest.input);
    const result = await this.#forward(toTrunkScale(prepared.grey));
    const gate = judge(signalsOf(film, result), this.#manifest.gate);
    if (gate.status !== "assessed") return finish(empty(gate));
    const findings = this.#findings(result, context);
    const cam = findings.map((finding) =>
      activationMap(finding.code, result.map, result.cells, prepared.rect),
    );
    const boxes = cam.flatMap((map) => boxesOf(map, this.#manifest.boxes));
    return finish({ gate, findings, cam, boxes });
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const tensor of this.#weights.values()) tensor.dispose();
  }

  async #forward(pixels: Float32Array): Promise<ForwardResult> {
    const { size } = this.#manifest.input;
    const out = tf.tidy(() => {
      const x = tf.tensor4d(pixels, [1, size, size, 1]);
      const net = runNetwork(x, this.#weights, frugalLayers(this.#weights));
      const features = gateFeatures(net.early, net.late);
      const gate = runGateHead(features, this.#weights);
      return {
        logit: net.logit,
        strongest: net.strongest,
        map: net.map,
        child: gate.child,
        gateLogits: gate.logits,
        distance: gate.distance,
      };
    });
    try {
      const [logit, strongest, map, child, gateLogits, distance] =
        await Promise.all([
          out.logit.data<"float32">(),
          out.strongest.data<"float32">(),
          out.map.data<"float32">(),
          out.child.data<"float32">(),
          out.gateLogits.data<"float32">(),
          out.distance.data<"float32">(),
        ]);
      return {
        logit: logit[0] ?? Number.NaN,
        strongest: strongest[0] ?? Number.NaN,
        map,
        cells: out.map.shape[1],
        childLogit: child[0] ?? 0,
        gateLogits,
        distance: distance[0] ?? Number.NaN,
      };
    } finally {
      tf.dispose(out);
    }
  }

  #findings(result: ForwardResult, context: AssessContext): Finding[] {
    const group = ageGroupOf(
      context,
      sigmoid(result.childLogit),
      this.#manifest.ageGroup,
    );
    return this.#manifest.findings.map((spec) => {
      const calibration = spec.calibration[group.key];
      const score = scoreOf(result.logit, result.strongest, calibration);
      const { probability, interval } = calibrate(score, calibration);
      if (!Number.isFinite(probability)) {
        throw new Error(`${this.model.id} gave no number for ${spec.code}`);
      }
      const threshold = spec.thresholds[group.key].balanced;
      return {
        code: spec.code,
        concept: spec.concept,
        score,
        probability,
        interval,
        threshold,
        positive: probability >= threshold,
        group: group.shown,
      };
    });
  }
}

function signalsOf(film: Film, result: ForwardResult): GateSignals {
  return {
    logits: result.gateLogits,
    distance: result.distance,
    isColour: film.warnings.includes("colour-converted-to-grey"),
    looksInverted: contradictsPolarity(filmPolarity(film)),
  };
}

function empty(
  gate: Gate,
): Pick<Assessment, "gate" | "findings" | "cam" | "boxes"> {
  return { gate, findings: [], cam: [], boxes: [] };
}
