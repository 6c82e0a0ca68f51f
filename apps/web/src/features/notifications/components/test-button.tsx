"use client";

import { useMutation } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { NotificationWay } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import { TEST_NOTIFICATION_WAY } from "../notification-queries.ts";
import styles from "./notifications.module.css";

interface TestButtonProps {
  siteId: string;
  way: NotificationWay;
  /** It is on, and what stands in the form is what is saved. */
  isReady: boolean;
}

/** Sends a test over a way and says what became of it. */
export function TestButton({ siteId, way, isReady }: TestButtonProps) {
  const t = useTranslations("notifications.test");
  const errorText = useErrorText();
  const [run, { data, error, loading }] = useMutation(TEST_NOTIFICATION_WAY, {
    variables: { siteId, way },
  });
  const result = data?.testNotificationWay;
  const said = error
    ? errorText(error)
    : result && !loading
      ? result.isDelivered
        ? t(`done.${way}`)
        : t("failed", { problem: result.problem ?? "" })
      : "";
  const isBad = Boolean(error) || result?.isDelivered === false;
  return (
    <div className={styles.test}>
      <Button
        variant="default"
        size="compact-sm"
        loading={loading}
        disabled={!isReady}
        aria-label={t(`of.${way}`)}
        title={isReady ? undefined : t("notReady")}
        onClick={() => void run().catch(() => undefined)}
      >
        {t("send")}
      </Button>
      <span role="status" className={isBad ? styles.bad : styles.hint}>
        {said}
      </span>
    </div>
  );
}
