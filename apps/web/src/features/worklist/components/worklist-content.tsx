"use client";

import type { RefObject } from "react";
import { useTranslations } from "next-intl";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import type { WorklistState } from "../use-worklist.ts";
import type { ColumnChoice } from "../../worklist-query/worklist-columns.ts";
import type { WorklistChoice } from "../../worklist-query/worklist-url.ts";
import type { WorklistVariables } from "../../worklist-query/worklist-variables.ts";
import { WorklistEmpty } from "./worklist-empty.tsx";
import { WorklistList } from "./worklist-list.tsx";

export interface WorklistContentProps {
  list: WorklistState;
  choice: WorklistChoice;
  variables: WorklistVariables;
  /** The choice as a query string; a case remembers it to lead back here. */
  query: string;
  columns: ColumnChoice;
  searchRef: RefObject<HTMLInputElement | null>;
  onChange: (change: Partial<WorklistChoice>) => void;
}

/** The list, or what is to be said in its place. */
export function WorklistContent(props: WorklistContentProps) {
  const { list, choice, onChange } = props;
  const t = useTranslations("worklist");
  if (list.error) {
    return (
      <ErrorState
        title={t("notLoaded")}
        error={list.error}
        onRetry={list.refresh}
      />
    );
  }
  if (list.isLoading) return <ListSkeleton rows={18} height={32} />;
  if (list.rows.length === 0) {
    return <WorklistEmpty choice={choice} onChange={onChange} />;
  }
  return <WorklistList {...props} />;
}
