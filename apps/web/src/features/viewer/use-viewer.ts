"use client";

import {
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from "react";
import { loadViewer } from "./load-viewer.ts";
import type {
  Film,
  Viewer,
  ViewerOptions,
  ViewState,
} from "./viewer-contract.ts";

export type ViewerState =
  | { status: "loading" }
  | { status: "ready"; viewer: Viewer }
  | { status: "failed"; error: unknown };

/**
 * Puts a viewer into the element that `attach` is the ref of, and takes it
 * out again with it. `options` count once, when the viewer is made.
 */
export function useViewerElement(makeOptions: () => ViewerOptions): {
  attach: (element: HTMLDivElement | null) => void;
  state: ViewerState;
  retry: () => void;
} {
  const [element, attach] = useState<HTMLDivElement | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<ViewerState>({ status: "loading" });
  const options = useEffectEvent(makeOptions);
  useEffect(() => {
    if (!element) return;
    let viewer: Viewer | undefined;
    let isGone = false;
    const start = async () => {
      try {
        const { createViewer } = await loadViewer();
        // gone while the bundle was on its way; the cleanup below has run
        if (isGone) return;
        viewer = createViewer(element, options());
        setState({ status: "ready", viewer });
      } catch (error) {
        setState({ status: "failed", error });
      }
    };
    void start();
    return () => {
      isGone = true;
      viewer?.destroy();
      setState({ status: "loading" });
    };
  }, [element, attempt]);
  return { attach, state, retry: () => setAttempt((before) => before + 1) };
}

/** Whether a film is painted, or why it could not be. */
export type PaintState =
  | { status: "painting" }
  | { status: "painted" }
  | { status: "failed"; error: unknown };

/** Shows a film in a viewer once both are there. */
export function useShownFilm(
  viewer: Viewer | null,
  film: Film | null,
): PaintState {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => {
    if (!viewer || !film) return;
    let isCurrent = true;
    const settle = (state: PaintState) => {
      if (isCurrent) setOutcome({ viewer, film, state });
    };
    viewer.showFilm(film).then(
      () => settle({ status: "painted" }),
      (error: unknown) => settle({ status: "failed", error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [viewer, film]);
  return outcome !== null && outcome.viewer === viewer && outcome.film === film
    ? outcome.state
    : PAINTING;
}

interface Outcome {
  viewer: Viewer;
  film: Film;
  state: PaintState;
}

const PAINTING: PaintState = { status: "painting" };

const never = () => () => undefined;

/** How the film lies on the canvas, in step with its painting. */
export function useView(viewer: Viewer | null): ViewState | null {
  return useSyncExternalStore(
    viewer?.onViewChange ?? never,
    () => viewer?.view() ?? null,
    () => null,
  );
}
