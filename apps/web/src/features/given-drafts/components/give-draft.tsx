"use client";

import { useMutation } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { OpenCase } from "../../cases/use-case.ts";
import { GIVE_DRAFT, TAKE_BACK_DRAFT } from "../given-draft-queries.ts";

interface GiveDraftProps {
  open: OpenCase;
  hasDraft: boolean;
}

/** Who lost a case says whether what he typed goes along, until it is taken. */
export function GiveDraft({ open, hasDraft }: GiveDraftProps) {
  const t = useTranslations("readings.givenDraft");
  const notify = useNotify();
  const [give, giving] = useMutation(GIVE_DRAFT);
  const [takeBack, takingBack] = useMutation(TAKE_BACK_DRAFT);
  const { claimedBy, viewerReading, aiIsClosed } = open;
  const caseId = open.id;
  const isKept = hasDraft && Boolean(viewerReading?.draftSavedAt);
  if (!isKept || open.state === "SIGNED") return null;
  const attempt = (work: Promise<unknown>) =>
    work.catch((error: unknown) => notify.failed(t("failed"), error));
  const givenTo = viewerReading?.draftGivenTo;
  // What was given to a former holder has ended.
  if (givenTo && (!claimedBy || claimedBy.id === givenTo.id)) {
    return (
      <>
        {t(viewerReading.draftIsLeft ? "left" : "given", {
          name: givenTo.name,
        })}
        <Button
          size="compact-sm"
          variant="default"
          loading={takingBack.loading}
          onClick={() => void attempt(takeBack({ variables: { caseId } }))}
        >
          {t("takeBack")}
        </Button>
      </>
    );
  }
  // Of a control case the holder would never see it.
  if (!claimedBy || open.viewerCanClaim || aiIsClosed) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={giving.loading}
      onClick={() =>
        void attempt(give({ variables: { caseId, toUserId: claimedBy.id } }))
      }
    >
      {t("give", { name: claimedBy.name })}
    </Button>
  );
}
