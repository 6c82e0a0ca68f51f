"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { ViewerQuery } from "../../gql/graphql.ts";

type Viewer = ViewerQuery["viewer"];

interface ViewerValue extends Viewer {
  /** Whether the API grants this; for hiding, never instead of its own check. */
  can: (permission: string) => boolean;
}

const ViewerContext = createContext<ViewerValue | null>(null);

interface ViewerProviderProps {
  viewer: Viewer;
  children: ReactNode;
}

export function ViewerProvider({ viewer, children }: ViewerProviderProps) {
  const value = useMemo(
    () => ({
      ...viewer,
      can: (permission: string) => viewer.permissions.includes(permission),
    }),
    [viewer],
  );
  return <ViewerContext value={value}>{children}</ViewerContext>;
}

/** Who is signed in, what they may do, and at which sites. */
export function useViewer(): ViewerValue {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("ViewerProvider is missing above.");
  return viewer;
}
