"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Alert, Button, Group, Text, TextInput, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { useErrorText } from "../../../lib/error-text.ts";
import { clockOf, minuteOf } from "../../policy-draft/assignment-rule.ts";
import { SET_QUIET_HOURS, UNREAD_INBOX } from "../inbox-queries.ts";
import type { QuietHours } from "../quiet-hours.ts";

/** When the bell shows no count, by the clock of the machine one sits at. */
export function QuietHoursForm() {
  const { data } = useQuery(UNREAD_INBOX);
  if (!data) return null;
  const hours = data.quietHours ?? null;
  return <Form key={JSON.stringify(hours)} hours={hours} />;
}

function Form({ hours }: { hours: QuietHours | null }) {
  const t = useTranslations("inbox.hours");
  const notify = useNotify();
  const errorText = useErrorText();
  const [from, setFrom] = useState(clockOf(hours?.fromMinute));
  const [to, setTo] = useState(clockOf(hours?.toMinute));
  const [save, { loading, error }] = useMutation(SET_QUIET_HOURS, {
    refetchQueries: [UNREAD_INBOX],
    awaitRefetchQueries: true,
    onCompleted: () => notify.done(t("done")),
  });
  const send = (fromMinute: number | null, toMinute: number | null) =>
    save({ variables: { fromMinute, toMinute } }).catch(() => undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(minuteOf(from), minuteOf(to));
      }}
    >
      <Title order={2} mt="lg" mb="xs">
        {t("title")}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t("text")}
      </Text>
      <Group align="end" gap="sm">
        <TextInput
          type="time"
          label={t("from")}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="time"
          label={t("to")}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button
          type="submit"
          loading={loading}
          disabled={!from || !to || from === to}
        >
          {t("save")}
        </Button>
        {hours ? (
          <Button variant="default" onClick={() => void send(null, null)}>
            {t("none")}
          </Button>
        ) : null}
      </Group>
      {error ? (
        <Alert color="red" p="sm" mt="xs" role="alert">
          {errorText(error)}
        </Alert>
      ) : null}
    </form>
  );
}
