"use client";

import { Button, Code, Skeleton } from "@mantine/core";
import { IconAlertTriangle, IconInbox, IconLock } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import {
  errorCode,
  errorRequestId,
  isRetryable,
  useErrorText,
} from "../../lib/error-text.ts";
import styles from "./page.module.css";
import { PageState } from "./page-state.tsx";

interface EmptyStateProps {
  /** What would be here. */
  title: string;
  /** How it comes to be here. */
  children?: ReactNode;
  actions?: ReactNode;
  icon?: ReactNode;
  inline?: boolean;
}

export function EmptyState({ icon, ...rest }: EmptyStateProps) {
  return <PageState icon={icon ?? <IconInbox size={28} />} {...rest} />;
}

interface ErrorStateProps {
  /** What did not work, for example "The worklist could not be loaded". */
  title: string;
  error: unknown;
  onRetry?: () => void;
  inline?: boolean;
}

/** What, why, and a way to try again; a refusal is shown as such. */
export function ErrorState({ title, error, onRetry, inline }: ErrorStateProps) {
  const t = useTranslations("common");
  const text = useErrorText();
  const code = errorCode(error);
  const requestId = errorRequestId(error);
  if (code === "FORBIDDEN") return <RefusedState inline={inline ?? false} />;
  return (
    <PageState
      role="alert"
      icon={<IconAlertTriangle size={28} />}
      title={title}
      inline={inline ?? false}
      actions={
        onRetry && isRetryable(code) ? (
          <Button variant="default" onClick={onRetry}>
            {t("tryAgain")}
          </Button>
        ) : null
      }
    >
      {text(error)}
      {requestId ? (
        <div>
          {t("requestId")} <Code>{requestId}</Code>
        </div>
      ) : null}
    </PageState>
  );
}

interface RefusedStateProps {
  /** Who may, for example "Only radiologists sign reports." */
  children?: ReactNode;
  inline?: boolean;
}

export function RefusedState({ children, inline }: RefusedStateProps) {
  const t = useTranslations("common");
  return (
    <PageState
      icon={<IconLock size={28} />}
      title={t("refused.title")}
      inline={inline ?? false}
    >
      {children ?? t("refused.text")}
    </PageState>
  );
}

/** Uneven, as the cells of a row are. */
const SKELETON_WIDTHS = ["7%", "18%", "5%", "11%", "16%", "9%"];

/** Lines in the place of a list that is on its way. */
export function ListSkeleton({
  rows,
  height,
}: {
  rows: number;
  height: number;
}) {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={styles.skeletonRow} style={{ height }}>
          {SKELETON_WIDTHS.map((width) => (
            <Skeleton key={width} height={10} width={width} radius="xl" />
          ))}
        </div>
      ))}
    </div>
  );
}
