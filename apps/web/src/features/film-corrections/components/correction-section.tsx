"use client";

import { Alert, Button } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import { MoreButton } from "../../../components/ui/more-button.tsx";
import { useErrorText } from "../../../lib/error-text.ts";
import review from "../../../components/layout/reading.module.css";
import styles from "./film-corrections.module.css";

interface CorrectionSectionProps {
  /** of the heading, on the whole page */
  id: string;
  title: string;
  /** said where the list could not be loaded at all */
  failed: string;
  error: unknown;
  /** its lines; null until they are known */
  lines: readonly ReactNode[] | null;
  more: ComponentProps<typeof MoreButton>;
}

/** What was put right about a case, line by line; nothing where nothing was. */
export function CorrectionSection(props: CorrectionSectionProps) {
  const { id, title, failed, error, lines, more } = props;
  const errorText = useErrorText();
  if (!lines && error)
    return (
      <Alert color="red" p="sm" role="alert" title={failed}>
        {errorText(error)}
      </Alert>
    );
  if (!lines || lines.length === 0) return null;
  return (
    <section className={review.step} aria-labelledby={id}>
      <h2 className={review.heading} id={id}>
        {title}
      </h2>
      <ul className={styles.rows}>{lines}</ul>
      <MoreButton {...more} />
    </section>
  );
}

interface CorrectionLineProps {
  what: ReactNode;
  /** who, when and why */
  by: string;
  /** the same of its undoing; null while it stands */
  undone: string | null;
  undoLabel: string;
  /** null for who may not, or where it can not be undone */
  onUndo: (() => void) | null;
}

/** One correction: what became what, by whom, and the way back. */
export function CorrectionLine(props: CorrectionLineProps) {
  const { what, by, undone, undoLabel, onUndo } = props;
  return (
    <li className={styles.row}>
      <span>{what}</span>
      <span className={styles.dim}>{by}</span>
      {undone === null ? null : <span className={styles.dim}>{undone}</span>}
      {onUndo ? (
        <div>
          <Button size="compact-sm" variant="default" onClick={onUndo}>
            {undoLabel}
          </Button>
        </div>
      ) : null}
    </li>
  );
}
