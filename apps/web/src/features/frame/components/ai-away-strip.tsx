"use client";

import { useQuery } from "@apollo/client/react";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { AI_STATE } from "../../../lib/session-queries.ts";
import { useIsOnline } from "../../../components/shell/graphql-provider.tsx";
import styles from "./offline-strip.module.css";

const ASK_EVERY_MS = 15_000;

/**
 * Says on every page that no worker takes films to the model, so that nobody
 * waits for an answer; goes by itself when one is back.
 */
export function AiAwayStrip() {
  const t = useTranslations("shell");
  const isOnline = useIsOnline();
  const { data } = useQuery(AI_STATE, {
    fetchPolicy: "network-only",
    pollInterval: ASK_EVERY_MS,
  });
  // While the desk itself is away, that is what there is to say.
  const isAway = isOnline && data?.aiState.isAway === true;
  return (
    <div role="status">
      {isAway ? (
        <div className={styles.strip}>
          <IconPlugConnectedX size={16} aria-hidden />
          <span>{t("aiAway")}</span>
        </div>
      ) : null}
    </div>
  );
}
