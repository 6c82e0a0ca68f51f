"use client";

import { Button, Skeleton } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ErrorState } from "../layout/states.tsx";

interface OlderPageProps {
  label: string;
  /** Cursor of the next page; none where this was the last. */
  after: string | null | undefined;
  children: (after: string) => ReactNode;
}

/**
 * The next page of a list whose newest page refreshes itself: a query of its
 * own, asked when somebody wants it.
 */
export function OlderPage({ label, after, children }: OlderPageProps) {
  const [isOpen, setOpen] = useState(false);
  if (!after) return null;
  if (isOpen) return children(after);
  return (
    <Button variant="subtle" onClick={() => setOpen(true)}>
      {label}
    </Button>
  );
}

interface PendingProps {
  error: unknown;
  onRetry: () => Promise<unknown>;
}

/** While an older page is on its way, and where it does not come. */
export function OlderPagePending({ error, onRetry }: PendingProps) {
  const t = useTranslations("common");
  if (!error) return <Skeleton height={60} />;
  const retry = () => void onRetry().catch(() => undefined);
  return <ErrorState title={t("olderFailed")} error={error} onRetry={retry} />;
}
