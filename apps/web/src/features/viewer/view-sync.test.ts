import { describe, expect, it } from "vitest";
import { ViewSync } from "./view-sync.ts";
import type { ViewFrame, ViewState } from "./viewer-contract.ts";

/** A viewer that goes where it is told, as far off as its pixels round. */
function fakeViewer(rounding = 0) {
  const listeners = new Set<(view: ViewState) => void>();
  let frame: ViewFrame = { zoom: 1, x: 0.5, y: 0.5 };
  const view = (): ViewState => ({
    filmId: "film",
    transform: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 },
    scale: 1,
    orientation: { turns: 0, flipped: false },
    frame,
    window: { center: 1, width: 2 },
    inverted: false,
    fitted: false,
  });
  const paint = () => listeners.forEach((listener) => listener(view()));
  let told = 0;
  return {
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
