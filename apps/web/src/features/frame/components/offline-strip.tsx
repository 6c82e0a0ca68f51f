"use client";

import { useApolloClient } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { VIEWER } from "../../../lib/session-queries.ts";
import { useIsOnline } from "../../../components/shell/graphql-provider.tsx";
import styles from "./offline-strip.module.css";
import { useUnsavedLabels } from "../../../components/shell/unsaved-context.tsx";

const TRY_EVERY_MS = 5000;

/** Says that the server is away and what is not saved; tries by itself. */
export function OfflineStrip() {
  const t = useTranslations("shell");
  const isOnline = useIsOnline();
  const unsaved = useUnsavedLabels();
  const tryAgain = useTryAgain(isOnline);
  if (isOnline) return null;
  return (
    <div role="status" className={styles.strip}>
      <IconCloudOff size={16} aria-hidden />
      <span>
        {t("offline.title")}{" "}
        {unsaved.length > 0
          ? t("offline.unsaved", { what: unsaved.join(", ") })
          : t("offline.nothingLost")}
      </span>
      <Button size="compact-sm" variant="default" onClick={tryAgain}>
        {t("offline.tryAgain")}
      </Button>
    </div>
  );
}

/** Asks for something small until it is answered. */
function useTryAgain(isOnline: boolean): () => void {
  const client = useApolloClient();
  const ask = () => {
    client
      .query({ query: VIEWER, fetchPolicy: "network-only" })
      .then(() => client.refetchQueries({ include: "active" }))
      // the connection state has heard of it; the strip stays
      .catch(() => undefined);
  };
  useEffect(() => {
    if (isOnline) return;
    const timer = setInterval(ask, TRY_EVERY_MS);
    return () => clearInterval(timer);
  });
  return ask;
}
