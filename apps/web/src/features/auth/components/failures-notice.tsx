"use client";

import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { useState, useSyncExternalStore } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { formatExactTime } from "../../../lib/dates.ts";
import { routes } from "../../../lib/routes.ts";

/** One or two are the person's own slips. */
const WORTH_TELLING = 3;
const SEEN = "lung-iris-failures-seen";

/** Tells whoever signs in that somebody has been trying their address. */
export function FailuresNotice() {
  const t = useTranslations("account.failures");
  const common = useTranslations("common");
  const locale = useLocale();
  const { failuresBefore, proofMethod } = useViewer();
  const { count, lastAt } = failuresBefore;
  // The server cannot know what this browser has shown already.
  const seen = useSyncExternalStore(
    () => () => undefined,
    () => sessionStorage.getItem(SEEN),
    () => lastAt ?? null,
  );
  const [isClosed, setClosed] = useState(false);
  if (count < WORTH_TELLING || !lastAt || seen === lastAt || isClosed)
    return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      role="status"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      withCloseButton
      closeButtonLabel={common("close")}
      onClose={() => {
        sessionStorage.setItem(SEEN, lastAt);
        setClosed(true);
      }}
    >
      {t("text", { count, last: formatExactTime(lastAt, locale) })}{" "}
      {proofMethod === "PASSWORD" ? (
        <Link href={routes.profile()}>{t("change")}</Link>
      ) : null}
    </Alert>
  );
}
