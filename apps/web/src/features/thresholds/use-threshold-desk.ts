"use client";

import { useQuery } from "@apollo/client/react";
import { useState } from "react";
import type { LabelGrade, ThresholdDeskQuery } from "../../gql/graphql.ts";
import { THRESHOLD_DESK } from "./threshold-queries.ts";

export type Desk = NonNullable<ThresholdDeskQuery["thresholdDesk"]>;
export type DeskPoint = Desk["points"][number];

/** Not those of one reader who had seen the AI: see the API's own words. */
const INDEPENDENT: LabelGrade[] = ["ADJUDICATED", "TWO_AGREE", "ONE_BLIND"];

/** What is counted at a site, and the threshold that is being tried. */
export function useThresholdDesk(siteId: string, ageGroup: string) {
  const [harmWeight, setHarmWeight] = useState(10);
  const [grades, setGrades] = useState<LabelGrade[]>(INDEPENDENT);
  /** Null: what holds today. */
  const [tried, setTried] = useState<number | null>(null);
  const { data, previousData, error, refetch } = useQuery(THRESHOLD_DESK, {
    variables: { siteId, ageGroup, harmWeight, grades },
    fetchPolicy: "cache-and-network",
  });
  const desk = (data ?? previousData)?.thresholdDesk;
  return {
    siteId,
    ageGroup,
    harmWeight,
    setHarmWeight,
    grades,
    setGrades,
    tried,
    setTried,
    /** Undefined while it is read for the first time; null without a model. */
    desk,
    error,
    retry: () => void refetch().catch(() => undefined),
  };
}

export type DeskState = ReturnType<typeof useThresholdDesk>;
/** The state of a desk that has been read. */
export type ReadyDesk = Omit<DeskState, "desk"> & { desk: Desk };
