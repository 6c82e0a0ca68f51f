import { describe, expect, it } from "vitest";
import { ViewSync } from "./view-sync.ts";
import type { Film, ViewFrame, ViewState } from "./viewer-contract.ts";

/** A viewer that goes where it is told, as far off as its pixels round. */
function fakeViewer(rounding = 0, spacing: number | null = null) {
  const listeners = new Set<(view: ViewState) => void>();
  let frame: ViewFrame = { zoom: 1, x: 0.5, y: 0.5 };
  const view = (): ViewState => ({
    filmId: "film",
    transform: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 },
    // 0.2 CSS pixels a film pixel where the whole film is shown
    scale: frame.zoom / 5,
    orientation: { turns: 0, flipped: false },
    frame,
    window: { center: 1, width: 2 },
    inverted: false,
    fitted: false,
  });
  const paint = () => listeners.forEach((listener) => listener(view()));
  let told = 0;
  const film: Film = {
    id: "film",
    width: 2000,
    height: 2000,
    pixels: new Uint16Array(0),
    maxValue: 4095,
    window: { center: 1, width: 2 },
    windowShape: "linear",
    pixelSpacing: spacing === null ? null : [spacing, spacing],
    lies: { turns: 0, flipped: false },
  };
  return {
    film: () => film,
    view,
    onViewChange: (listener: (view: ViewState) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    showFrame: (next: ViewFrame) => {
      told += 1;
      frame = { ...next, x: next.x + rounding, y: next.y - rounding };
      paint();
    },
    /** as the reader moves it */
    move: (next: ViewFrame) => {
      frame = next;
      paint();
    },
    paint,
    timesTold: () => told,
  };
}

const CLOSE_UP = { zoom: 3, x: 0.3, y: 0.7 };

function pair(rounding = 0) {
  const sync = new ViewSync();
  const film = fakeViewer(rounding);
  const prior = fakeViewer(rounding);
  sync.set("film", film);
  sync.set("prior", prior);
  return { sync, film, prior };
}

describe("films side by side", () => {
  it("go together, whichever of them is moved", () => {
    const { film, prior } = pair();
    film.move(CLOSE_UP);
    expect(prior.view().frame).toEqual(CLOSE_UP);
    prior.move({ zoom: 2, x: 0.6, y: 0.4 });
    expect(film.view().frame).toEqual({ zoom: 2, x: 0.6, y: 0.4 });
  });

  it("show a millimetre as long as each other, whichever leads", () => {
    const sync = new ViewSync();
    const film = fakeViewer(0, 0.2);
    const prior = fakeViewer(0, 0.1);
    sync.set("film", film);
    sync.set("prior", prior);
    // A pixel of the prior is half as long in life: half as long on the screen.
    film.move({ zoom: 4, x: 0.3, y: 0.7 });
    expect(prior.view().frame).toEqual({ zoom: 2, x: 0.3, y: 0.7 });
    prior.move({ zoom: 3, x: 0.5, y: 0.5 });
    expect(film.view().frame.zoom).toBeCloseTo(6, 9);
  });

  it("go by parts of the frame where a pixel's size is not known of both", () => {
    const sync = new ViewSync();
    const film = fakeViewer(0, 0.2);
    const prior = fakeViewer(0, null);
    sync.set("film", film);
    sync.set("prior", prior);
    film.move(CLOSE_UP);
    expect(prior.view().frame).toEqual(CLOSE_UP);
  });

  it("show the same place at once when a prior joins", () => {
    const sync = new ViewSync();
    const film = fakeViewer();
    sync.set("film", film);
    film.move(CLOSE_UP);
    const prior = fakeViewer();
    sync.set("prior", prior);
    expect(prior.view().frame).toEqual(CLOSE_UP);
  });

  it("do not push each other around for the sake of rounding", () => {
    const { film, prior } = pair(0.002);
    const before = film.timesTold();
    film.move(CLOSE_UP);
    prior.paint();
    expect(film.timesTold()).toBe(before);
    expect(film.view().frame).toEqual(CLOSE_UP);
  });

  it("are left alone while only brightness changes", () => {
    const { film, prior } = pair();
    const before = prior.timesTold();
    film.paint();
    expect(prior.timesTold()).toBe(before);
  });

  it("go apart when they are let go, and meet again afterwards", () => {
    const { sync, film, prior } = pair();
    sync.setOn(false);
    film.move(CLOSE_UP);
    expect(prior.view().frame.zoom).toBe(1);
    sync.setOn(true);
    expect(prior.view().frame).toEqual(CLOSE_UP);
  });

  it("forget a film that is taken away", () => {
    const { sync, film, prior } = pair();
    sync.set("prior", null);
    film.move(CLOSE_UP);
    expect(prior.view().frame.zoom).toBe(1);
  });
});
