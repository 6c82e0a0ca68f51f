"use client";

import { useMutation } from "@apollo/client/react";
import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useLocale, useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { AlarmFieldsFragment } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import { ALARMS, TAKE_ALARM } from "../alarm-queries.ts";
import { useAlarmWords } from "../use-alarm-words.ts";
import { AcknowledgeDialog } from "./acknowledge-dialog.tsx";
import styles from "../../monitoring-panels/components/monitoring.module.css";

/** What happened, since when, who looks after it and what was made of it. */
export function AlarmRow({ alarm }: { alarm: AlarmFieldsFragment }) {
  const t = useTranslations("monitoring.alarms");
  const locale = useLocale();
  const { can } = useViewer();
  const words = useAlarmWords();
  const title = words.title(alarm);
  const isOver = alarm.endedAt !== null;
  const isCalm = isOver || Boolean(alarm.acknowledgedAt);
  return (
    <li className={styles.alarm} data-calm={isCalm || undefined}>
      <div className={styles.alarmText}>
        <strong>{title}</strong>{" "}
        <span className={styles.dim}>
          {t("since", { time: formatDateTime(alarm.since, locale) })}
          {" · "}
          {t("raised", { time: formatDateTime(alarm.raisedAt, locale) })}
          {alarm.endedAt
            ? ` · ${t("ended", { time: formatDateTime(alarm.endedAt, locale) })}`
            : null}
        </span>
        <div>{words.text(alarm)}</div>
        {alarm.acknowledgedAt ? (
          <div>
            {t("acknowledged", {
              name: alarm.acknowledgedByName ?? "",
              time: formatDateTime(alarm.acknowledgedAt, locale),
              note: alarm.note ?? "",
            })}
          </div>
        ) : null}
        {alarm.ownerName ? (
          <div className={styles.dim}>
            {t(isOver ? "ownerThen" : "owner", { name: alarm.ownerName })}
          </div>
        ) : isCalm ? null : (
          <div className={styles.dim}>{t("noOwner")}</div>
        )}
      </div>
      {can("alarm:handle") && !isOver ? (
        <Actions alarm={alarm} title={title} />
      ) : null}
    </li>
  );
}

function Actions({
  alarm,
  title,
}: {
  alarm: AlarmFieldsFragment;
  title: string;
}) {
  const t = useTranslations("monitoring.alarms");
  const { user } = useViewer();
  const notify = useNotify();
  const errorText = useErrorText();
  const [isOpen, dialog] = useDisclosure(false);
  const [take, { loading }] = useMutation(TAKE_ALARM, {
    variables: { id: alarm.id },
    refetchQueries: [ALARMS],
    onCompleted: () => notify.done(t("taken")),
    onError: (error) => notify.failed(t("notTaken"), errorText(error)),
  });
  return (
    <Group gap="xs">
      {alarm.ownerId === user.id ? null : (
        <Button
          size="compact-sm"
          variant="default"
          loading={loading}
          aria-label={t("takeOf", { what: title })}
          onClick={() => void take()}
        >
          {t("take")}
        </Button>
      )}
      {alarm.acknowledgedAt ? null : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("acknowledgeOf", { what: title })}
          onClick={dialog.open}
        >
          {t("acknowledge")}
        </Button>
      )}
      {isOpen ? (
        <AcknowledgeDialog alarm={alarm} title={title} onClose={dialog.close} />
      ) : null}
    </Group>
  );
}
