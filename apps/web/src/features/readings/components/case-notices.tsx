"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { isReadFurther } from "../../cases/further-reading.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import type { Claim } from "../../cases/use-claim.ts";
import type { SeenVersion } from "../../cases/use-seen-version.ts";
import styles from "./reading.module.css";
import { TakeOver } from "./take-over.tsx";

interface CaseNoticesProps {
  open: OpenCase;
  claim: Claim;
  seen: SeenVersion;
  hasDraft: boolean;
}

/** What stands in the way of reading, or happened meanwhile. */
export function CaseNotices({ open, claim, seen, hasDraft }: CaseNoticesProps) {
  const t = useTranslations("readings.notice");
  const reader = open.claimedBy?.name ?? "";
  if (claim.isMine) {
    if (!seen.isStale) return null;
    return (
      <Notice title={t("changed.title")} role="alert">
        {t("changed.text")}
        <Button size="compact-sm" variant="default" onClick={seen.accept}>
          {t("changed.accept")}
        </Button>
      </Notice>
    );
  }
  // What a further reader is told stands above: features/second-reads.
  if (isReadFurther(open)) return null;
  if (open.viewerCanClaim) {
    return (
      <Notice
        title={hasDraft ? t("over.title") : t("free.title")}
        tone={hasDraft ? "warn" : "plain"}
        role={hasDraft ? "alert" : undefined}
      >
        {hasDraft ? t("over.text") : t("free.text")}
        <Button
          size="compact-sm"
          variant={hasDraft ? "filled" : "default"}
          loading={claim.isBusy}
          rightSection={<Keys keys="c" />}
          onClick={() => void claim.claim()}
        >
          {t("claim")}
        </Button>
      </Notice>
    );
  }
  return (
    <Notice title={t("taken.title", { name: reader })}>
      {hasDraft ? t("taken.textWithDraft") : t("taken.text")}
      {open.viewerCanTakeOver ? <TakeOver open={open} claim={claim} /> : null}
    </Notice>
  );
}

interface NoticeProps {
  title: string;
  tone?: "warn" | "plain" | "bad";
  role?: "alert" | "status" | undefined;
  children: ReactNode;
}

export function Notice({ title, tone = "warn", role, children }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone} role={role}>
      <div className={styles.noticeTitle}>{title}</div>
      <div className={styles.stack}>{children}</div>
    </div>
  );
}
