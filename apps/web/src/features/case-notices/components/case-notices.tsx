"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { givenTo } from "../../claims/given-to.ts";
import { isReadFurther } from "../../cases/further-reading.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import type { Claim } from "../../claims/use-claim.ts";
import type { SeenVersion } from "../../cases/use-seen-version.ts";
import { GiveDraft } from "../../given-drafts/components/give-draft.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { TakeOver } from "../../claims/components/take-over.tsx";

interface CaseNoticesProps {
  open: OpenCase;
  claim: Claim;
  seen: SeenVersion;
  hasDraft: boolean;
}

/** What stands in the way of reading, or happened meanwhile. */
export function CaseNotices({ open, claim, seen, hasDraft }: CaseNoticesProps) {
  const t = useTranslations("readings.notice");
  const { user } = useViewer();
  const reader = open.claimedBy?.name ?? "";
  const given = givenTo(open, user.id);
  const freeTitle =
    given === null
      ? t("free.title")
      : given.kind === "you"
        ? t("given.you")
        : t(`given.${given.kind}`, { name: given.name });
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
  if (open.state === "EMPTY")
    return <Notice title={t("empty.title")}>{t("empty.text")}</Notice>;
  // What a further reader is told stands above: features/second-reads.
  if (isReadFurther(open)) return null;
  if (open.viewerCanClaim) {
    // Held until a moment ago, or some time before with something done on it.
    const isOver = hasDraft || open.claimedBy?.id === user.id;
    return (
      <Notice
        title={isOver ? t("over.title") : freeTitle}
        tone={isOver ? "warn" : "plain"}
        role={isOver ? "alert" : undefined}
      >
        {isOver ? t("over.text") : t(given ? "given.text" : "free.text")}
        <Button
          size="compact-sm"
          variant={isOver ? "filled" : "default"}
          loading={claim.isBusy}
          rightSection={<Keys keys="c" />}
          onClick={() => void claim.claim()}
        >
          {t("claim")}
        </Button>
        <GiveDraft open={open} hasDraft={hasDraft} />
      </Notice>
    );
  }
  return (
    <Notice title={t("taken.title", { name: reader })}>
      {hasDraft ? t("taken.textWithDraft") : t("taken.text")}
      <GiveDraft open={open} hasDraft={hasDraft} />
      {open.viewerCanTakeOver ? <TakeOver open={open} claim={claim} /> : null}
    </Notice>
  );
}
