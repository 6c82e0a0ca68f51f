import type { FilmFieldsFragment } from "../../gql/graphql.ts";
import { apiRoutes } from "../../lib/routes.ts";
import { openingWindow } from "../film-windows/automatic-window.ts";
import type { Film } from "../viewer/viewer-contract.ts";

/** A film as its file is laid; the page knows whether somebody corrected that. */
export type StoredFilm = Omit<Film, "lies">;

export type FilmFailure = "refused" | "missing" | "unreachable" | "broken";

/** Why a film's pixels could not be had. */
export class FilmError extends Error {
  override readonly name = "FilmError";
  readonly failure: FilmFailure;

  constructor(failure: FilmFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.failure = failure;
  }
}

type FilmSource = Pick<FilmFieldsFragment, "id" | "pixelsPath">;

/**
 * Fetches a film at full depth. The size, the largest value, the window and
 * the spacing stand in the answer's headers, so that they always fit the
 * pixels.
 * @throws FilmError, or an AbortError when `signal` is aborted
 */
export async function fetchFilm(
  source: FilmSource,
  signal: AbortSignal,
): Promise<StoredFilm> {
  return toFilm(await request(apiRoutes.file(source.pixelsPath), signal));
}

/** The same for the film that a case opens with, whichever that is. */
export async function fetchFilmOfCase(
  caseId: string,
  signal: AbortSignal,
): Promise<StoredFilm> {
  return toFilm(await request(apiRoutes.filmOfCase(caseId), signal));
}

async function toFilm(answer: Response): Promise<StoredFilm> {
  const width = headerNumber(answer.headers, "X-Film-Width");
  const height = headerNumber(answer.headers, "X-Film-Height");
  const bytes = await answer.arrayBuffer();
  if (bytes.byteLength !== width * height * 2) {
    throw new FilmError(
      "broken",
      `${width} × ${height} film came with ${bytes.byteLength} bytes`,
    );
  }
  // little-endian on the wire, as every browser's typed arrays are
  const pixels = new Uint16Array(bytes);
  const maxValue = headerNumber(answer.headers, "X-Film-Max-Value");
  const { window, windowShape } = windowOf(answer.headers);
  return {
    id: answer.headers.get("X-Film-Id") ?? "",
    width,
    height,
    pixels,
    maxValue,
    window: openingWindow(window, { pixels, maxValue }),
    windowShape,
    pixelSpacing: spacingOf(answer.headers),
  };
}

async function request(url: string, signal: AbortSignal): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new FilmError("unreachable", "No answer", error);
  }
  if (answer.ok) return answer;
  const failure = FAILURE_OF_STATUS[answer.status] ?? "unreachable";
  throw new FilmError(failure, `Pixels answered ${answer.status}`);
}

const FAILURE_OF_STATUS: Record<number, FilmFailure> = {
  401: "refused",
  403: "refused",
  404: "missing",
  410: "missing",
  422: "broken",
};

/**
 * The window and its shape. LINEAR_EXACT has its ends at centre ± width / 2
 * (PS3.3 C.11.2.1.3.2): the LINEAR window with these very ends is the same line.
 */
function windowOf(headers: Headers): Pick<Film, "window" | "windowShape"> {
  const center = headerNumber(headers, "X-Film-Window-Center");
  const width = headerNumber(headers, "X-Film-Window-Width");
  const shape = headers.get("X-Film-Window-Shape");
  return shape === "LINEAR_EXACT"
    ? {
        window: { center: center + 0.5, width: width + 1 },
        windowShape: "linear",
      }
    : {
        window: { center, width },
        windowShape: shape === "SIGMOID" ? "sigmoid" : "linear",
      };
}

function headerNumber(headers: Headers, name: string): number {
  const text = headers.get(name);
  const value = Number(text);
  if (text === null || text.trim() === "" || !Number.isFinite(value)) {
    throw new FilmError("broken", `${name} is ${text ?? "missing"}`);
  }
  return value;
}

/** Rows first, as PS3.3 10.7.1.3 has it; no header means unknown. */
function spacingOf(headers: Headers): [number, number] | null {
  const [row = 0, column = 0] = (headers.get("X-Film-Pixel-Spacing") ?? "")
    .split(",")
    .map(Number);
  return row > 0 && column > 0 ? [row, column] : null;
}
