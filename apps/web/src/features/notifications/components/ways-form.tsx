"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Alert, Button, Group } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { WaysFieldsFragment } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import {
  NOTIFICATION_WAYS,
  SAVE_NOTIFICATION_WAYS,
} from "../notification-queries.ts";
import { toInput, valuesOf } from "../ways-values.ts";
import { EmailFields } from "./email-fields.tsx";
import { WebhookFields } from "./webhook-fields.tsx";

/** The ways of a site as an admin sets them. */
export function WaysForm({ siteId }: { siteId: string }) {
  const t = useTranslations("notifications");
  const { data, error, refetch } = useQuery(NOTIFICATION_WAYS, {
    variables: { siteId },
    fetchPolicy: "cache-and-network",
  });
  const ways = data?.notificationWays;
  if (!ways && error)
    return (
      <ErrorState
        title={t("failed")}
        error={error}
        onRetry={() => void refetch()}
        inline
      />
    );
  if (!ways) return <ListSkeleton rows={6} height={44} />;
  return <Form key={ways.version} ways={ways} />;
}

function Form({ ways }: { ways: WaysFieldsFragment }) {
  const t = useTranslations("notifications");
  const notify = useNotify();
  const errorText = useErrorText();
  const [values, setValues] = useState(() => valuesOf(ways));
  const [save, { loading, error }] = useMutation(SAVE_NOTIFICATION_WAYS, {
    refetchQueries: [NOTIFICATION_WAYS],
    awaitRefetchQueries: true,
    onCompleted: () => notify.done(t("saved")),
  });
  const isSaved = JSON.stringify(values) === JSON.stringify(valuesOf(ways));
  const fields = {
    ways,
    values,
    isSaved,
    onChange: (change: Partial<typeof values>) =>
      setValues((before) => ({ ...before, ...change })),
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save({ variables: { input: toInput(ways, values) } }).catch(
          () => undefined,
        );
      }}
    >
      <EmailFields {...fields} />
      <WebhookFields {...fields} />
      {error ? (
        <Alert color="red" p="sm" mb="sm" role="alert">
          {errorText(error)}
        </Alert>
      ) : null}
      <Group mb="lg">
        <Button type="submit" loading={loading} disabled={isSaved}>
          {t("save")}
        </Button>
      </Group>
    </form>
  );
}
