/** Entry of a pool's worker: one film at a time, start to answer. */
import { parentPort, workerData } from "node:worker_threads";

import type { ModalityRule } from "@lung-iris/dicom";
import type { ChestXrayClassifier } from "../classifier.ts";
import { InferenceError } from "../errors.ts";
import { decodeFilm } from "../image/decode-film.ts";
import {
  keepDecodedFilm,
  readDecodedFilm,
} from "../image/decoded-film-file.ts";
import { describeFilm } from "../image/describe-film.ts";
import { renderDrawings } from "../image/film-drawings.ts";
import { readFilmHeader, withoutHeaderValues } from "../image/film-header.ts";
import { inStoredPixels, orientFilm } from "../image/orient-film.ts";
import { renderFilm } from "../image/render-film.ts";
import { shareFilm } from "../image/share-film.ts";
import { findPictureText } from "../text/picture-text.ts";
import type { AssessContext, Film, FilmInfo } from "../types.ts";
import {
  toWire,
  type JobKind,
  type JobRequest,
  type Jobs,
  type WorkerReply,
  type WorkerSettings,
} from "./messages.ts";

type PictureRequest = Exclude<
  JobRequest,
  { kind: "drawings" | "read-header" | "leave-out" }
>;

interface Answer {
  output: Jobs[JobKind]["output"];
  /** Memory that moves to the pool's thread instead of being copied. */
  transfer: ArrayBufferLike[];
}

/** The worker's end of the line to the pool. */
interface PoolLine {
  settings: WorkerSettings;
  send(reply: WorkerReply, transfer?: ArrayBufferLike[]): void;
  onRequest(listener: (request: JobRequest) => void): void;
}

function threadLine(port: NonNullable<typeof parentPort>): PoolLine {
  return {
    // workerData is what `worker-channel.ts` gave, typed there.
    settings: workerData as WorkerSettings,
    send: (reply, transfer = []) => {
      port.postMessage(
        reply,
        transfer.filter((buffer) => buffer instanceof ArrayBuffer),
      );
    },
    onRequest: (listener) => {
      port.on("message", listener);
    },
  };
}

/** A process that the pool's process leaves behind ends by itself. */
function processLine(): PoolLine {
  const [settings] = process.argv.slice(2);
  if (process.send === undefined || settings === undefined) {
    throw new Error("film-worker.ts is run by the pool only");
  }
  process.on("disconnect", () => process.exit());
  // The terminal's Ctrl-C reaches the whole group; the pool decides.
  process.on("SIGINT", () => undefined);
  return {
    // Written by `worker-channel.ts` in this shape.
    settings: JSON.parse(settings) as WorkerSettings,
    send: (reply) => {
      process.send?.(reply);
    },
    onRequest: (listener) => {
      process.on("message", (request) => {
        listener(request as JobRequest);
      });
    },
  };
}

/** Serves jobs until the pool ends the worker. */
async function serve(): Promise<void> {
  const line = parentPort === null ? processLine() : threadLine(parentPort);
  const { settings } = line;
  const send: PoolLine["send"] = (reply) => {
    line.send(reply);
  };
  let classifier: ChestXrayClassifier | null = null;
  try {
    classifier = await loadClassifier(settings);
  } catch (error) {
    send({ type: "failed", error: toWire(error) });
    return;
  }
  line.onRequest((request) => {
    void answer(request, classifier).then(
      ({ output, transfer }) => {
        send({ type: "done", output }, transfer);
      },
      (error: unknown) => {
        send({ type: "refused", error: toWire(error) });
      },
    );
  });
  send({
    type: "ready",
    classifier:
      classifier === null
        ? null
        : {
            model: classifier.model,
            engine: classifier.engine,
            engineNote: classifier.engineNote,
          },
  });
}

async function loadClassifier({
  model,
}: WorkerSettings): Promise<ChestXrayClassifier | null> {
  if (model === null) return null;
  // TensorFlow.js stays out of workers that only decode.
  const { createClassifier } = await import("../classifier.ts");
  return createClassifier({ modelDir: model.dir, engine: model.engine });
}

async function answer(
  request: JobRequest,
  classifier: ChestXrayClassifier | null,
): Promise<Answer> {
  switch (request.kind) {
    case "drawings": {
      const png = await renderDrawings(request.bytes);
      return { output: { png }, transfer: png === null ? [] : [png.buffer] };
    }
    case "read-header":
      return {
        output: { header: readFilmHeader(request.bytes) },
        transfer: [],
      };
    case "leave-out": {
      const { bytes, input } = request;
      const found = withoutHeaderValues(bytes, input.hidden);
      // The very bytes where there was nothing to leave out.
      const bare = found === bytes ? null : found;
      return { output: { bare }, transfer: bare === null ? [] : [bare.buffer] };
    }
    default:
      return decoded(request, classifier);
  }
}

/** What is asked of the picture, not of the file alone. */
async function decoded(
  request: PictureRequest,
  classifier: ChestXrayClassifier | null,
): Promise<Answer> {
  const film = await filmOf(request);
  switch (request.kind) {
    case "inspect": {
      const { thumbnailSide, keepAt } = request.input;
      if (keepAt !== null) keepDecodedFilm(keepAt, film);
      const info = withTextNote(film);
      if (thumbnailSide === 0) return { output: info, transfer: [] };
      const thumbnail = await renderFilm(film, {
        format: "jpeg",
        maxSide: thumbnailSide,
      });
      return {
        output: { ...info, thumbnail },
        transfer: [thumbnail.buffer],
      };
    }
    case "render": {
      const lying = orientFilm(film, request.orientation);
      const output = await renderFilm(lying, request.input);
      return { output, transfer: [output.buffer] };
    }
    case "share": {
      const { orientation } = request;
      const output = await shareFilm(film, request.input, orientation);
      const buffers = [output.picture?.buffer, output.samples?.buffer];
      const transfer = buffers.filter((buffer) => buffer !== undefined);
      return { output, transfer };
    }
    case "pixels": {
      const { pixels } = film;
      const output = { info: describeFilm(film), pixels };
      return { output, transfer: [pixels.buffer] };
    }
    case "assess": {
      if (classifier === null) {
        throw new InferenceError(
          "model-missing",
          "This pool was made without a model; it decodes only.",
        );
      }
      // What the caller knows of the patient goes before what the header says.
      const context = { ...fromHeader(film), ...request.input.context };
      const { orientation } = request;
      const assessment = inStoredPixels(
        await classifier.assess(orientFilm(film, orientation), context),
        film,
        orientation,
      );
      return {
        output: { info: describeFilm(film), assessment },
        transfer: assessment.cam.map((map) => map.values.buffer),
      };
    }
  }
}

/** The film as it was kept decoded, or decoded from its bytes. */
async function filmOf(request: PictureRequest): Promise<Film> {
  const keptAt = request.kind === "assess" ? request.input.keptAt : null;
  const kept = keptAt === null ? null : readDecodedFilm(keptAt);
  return kept ?? decodeFilm(request.bytes, {}, ruleFor(request));
}

/** A film as it arrives: whether letters are in it is looked for here, once. */
function withTextNote(film: Film): FilmInfo {
  const info = describeFilm(film);
  if (findPictureText(film).length === 0) return info;
  return { ...info, warnings: [...info.warnings, "text-in-picture"] };
}

/** What is shown was taken before: what its modality says is decided. */
function ruleFor(request: PictureRequest): ModalityRule {
  switch (request.kind) {
    case "inspect":
    case "assess":
      return request.input.rule;
    case "render":
    case "share":
    case "pixels":
      return "may-be-overruled";
  }
}

function fromHeader({ header }: Film): AssessContext {
  const context: AssessContext = {};
  if (header?.patientAgeYears !== undefined) {
    context.ageYears = header.patientAgeYears;
  }
  if (header?.patientSex !== undefined) context.sex = header.patientSex;
  return context;
}

await serve();
