"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Checkbox, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { NotificationChoicesQuery } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import {
  CHOOSE_NOTIFICATIONS,
  NOTIFICATION_CHOICES,
} from "../notification-queries.ts";
import styles from "./notifications.module.css";

/** What one wants to be told outside of the page, kind by kind. */
export function ChoicesForm() {
  const t = useTranslations("notifications.own");
  const { data, error, refetch } = useQuery(NOTIFICATION_CHOICES);
  const choices = data?.notificationChoices;
  return (
    <section aria-labelledby="notes-out">
      <Title order={2} id="notes-out" mt="lg" mb="xs">
        {t("title")}
      </Title>
      {error && !choices ? (
        <ErrorState
          title={t("failed")}
          error={error}
          onRetry={() => void refetch()}
          inline
        />
      ) : !choices ? (
        <ListSkeleton rows={3} height={32} />
      ) : choices.openWays.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("none")}
        </Text>
      ) : (
        <Choices choices={choices} />
      )}
    </section>
  );
}

function Choices({
  choices: { openWays, kinds },
}: {
  choices: NotificationChoicesQuery["notificationChoices"];
}) {
  const t = useTranslations("notifications");
  const notify = useNotify();
  const errorText = useErrorText();
  const [choose] = useMutation(CHOOSE_NOTIFICATIONS, {
    update: (cache, { data }) => {
      const made = data?.chooseNotifications;
      if (!made) return;
      cache.writeQuery({
        query: NOTIFICATION_CHOICES,
        data: { notificationChoices: made },
      });
    },
    onError: (error) => notify.failed(t("own.notSaved"), errorText(error)),
  });
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t("own.text")}
      </Text>
      <table className={styles.choices}>
        <thead>
          <tr>
            <th scope="col">{t("own.kind")}</th>
            {openWays.map((way) => (
              <th key={way} scope="col">
                {t(`ways.${way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ kind, ways }) => (
            <tr key={kind}>
              <th scope="row">{t(`kinds.${kind}`)}</th>
              {openWays.map((way) => (
                <td key={way}>
                  <Checkbox
                    aria-label={t("own.of", {
                      kind: t(`kinds.${kind}`),
                      way: t(`ways.${way}`),
                    })}
                    checked={ways.includes(way)}
                    onChange={(event) => {
                      const rest = ways.filter((one) => one !== way);
                      const next = event.currentTarget.checked
                        ? [...rest, way]
                        : rest;
                      const choice = { kind, ways: next };
                      void choose({ variables: { choices: [choice] } });
                    }}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
