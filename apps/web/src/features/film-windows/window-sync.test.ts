import { describe, expect, it } from "vitest";
import type { Film, ViewState, VoiWindow } from "../viewer/viewer-contract.ts";
import { WindowSync } from "./window-sync.ts";

/** A viewer that shows the window it is given, and says so. */
function fakeViewer(id: string, own: VoiWindow, maxValue = 4095) {
  const listeners = new Set<(view: ViewState) => void>();
  const film: Film = {
    ...{ id, width: 1, height: 1, pixels: new Uint16Array(1), maxValue },
    ...{ window: own, windowShape: "linear", pixelSpacing: null },
    lies: { turns: 0, flipped: false },
  };
  let filmId = id;
  let window = own;
  const view = (): ViewState => ({
    filmId,
    transform: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 },
    scale: 1,
    orientation: { turns: 0, flipped: false },
    frame: { zoom: 1, x: 0.5, y: 0.5 },
    window,
    inverted: false,
    fitted: true,
  });
  const tell = () => listeners.forEach((listener) => listener(view()));
  return {
    film: () => film,
    view,
    onViewChange: (listener: (view: ViewState) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setWindow: (next: VoiWindow) => {
      window = next;
      tell();
    },
    showOther: (next: string, its: VoiWindow) => {
      filmId = next;
      window = its;
      tell();
    },
    window: () => window,
  };
}

function both() {
  const film = fakeViewer("film", { center: 2000, width: 2000 });
  const prior = fakeViewer("prior", { center: 400, width: 500 }, 1023);
  const sync = new WindowSync();
  sync.set("film", film);
  sync.set("prior", prior);
  return { film, prior, sync };
}

describe("windows of films side by side", () => {
  it("follow each other in terms of each film's own", () => {
    const { film, prior } = both();
    // a tenth darker, half as wide
    film.setWindow({ center: 1800, width: 1000 });
    expect(prior.window()).toEqual({ center: 350, width: 250 });
    prior.setWindow({ center: 450, width: 1000 });
    expect(film.window()).toEqual({ center: 2200, width: 4000 });
  });

  it("stay apart while the films are not linked, and meet again", () => {
    const { film, prior, sync } = both();
    sync.setOn(false);
    film.setWindow({ center: 1800, width: 1000 });
    expect(prior.window()).toEqual({ center: 400, width: 500 });
    sync.setOn(true);
    expect(prior.window()).toEqual({ center: 350, width: 250 });
  });

  it("do not follow a film that takes another's place", () => {
    const { film, prior } = both();
    film.showOther("second", { center: 100, width: 50 });
    expect(prior.window()).toEqual({ center: 400, width: 500 });
  });

  it("are each their own under a rule for all", () => {
    const { film, prior, sync } = both();
    sync.show(({ maxValue }) => ({ center: maxValue / 2, width: maxValue }));
    expect(film.window()).toEqual({ center: 2047.5, width: 4095 });
    expect(prior.window()).toEqual({ center: 511.5, width: 1023 });
  });

  it("is taken over by a film that comes later", () => {
    const { film, sync } = both();
    film.setWindow({ center: 1800, width: 1000 });
    const third = fakeViewer("third", { center: 400, width: 500 }, 1023);
    sync.set("third", third);
    expect(third.window()).toEqual({ center: 350, width: 250 });
  });
});
