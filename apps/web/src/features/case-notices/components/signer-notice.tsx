"use client";

import { useMutation } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { ACKNOWLEDGE_NOTICE } from "../../cases/case-mutations.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { Notice } from "../../../components/ui/notice.tsx";
import { IdentityChange } from "./identity-change.tsx";

/** What befell the case after the viewer had signed it, until it was seen. */
export function SignerNotice({ open }: { open: OpenCase }) {
  const t = useTranslations("readings.notice.signer");
  const notify = useNotify();
  const [acknowledge, { loading }] = useMutation(ACKNOWLEDGE_NOTICE, {
    variables: { caseId: open.id },
    // The worklist's strip is another list of the same things.
    update: (cache) => cache.evict({ fieldName: "signerNotices" }),
  });
  const notice = open.viewerNotice;
  if (!notice) return null;
  return (
    <Notice title={t(`${notice}.title`)} role="status">
      {t(`${notice}.text`)}
      <IdentityChange open={open} />
      <Button
        size="compact-sm"
        variant="default"
        loading={loading}
        onClick={() => {
          acknowledge().catch((error: unknown) =>
            notify.failed(t("failed"), error),
          );
        }}
      >
        {t("seen")}
      </Button>
    </Notice>
  );
}
