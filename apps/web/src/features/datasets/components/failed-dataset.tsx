"use client";

import { useMutation } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { IconPlus, IconRefresh } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { DatasetsQuery } from "../../../gql/graphql.ts";
import { useServerWords } from "../../../lib/code-words.ts";
import { againOf } from "../dataset-choice.ts";
import { CREATE_DATASET, DATASETS, RETRY_DATASET } from "../dataset-queries.ts";
import { DatasetLeaks } from "./dataset-leaks.tsx";
import styles from "./datasets.module.css";

type Dataset = DatasetsQuery["datasets"]["edges"][number]["node"];
interface FailedProps {
  dataset: Dataset;
}

/** Why an export ended without a file. */
export function FailureReason({ dataset }: FailedProps) {
  const t = useTranslations("datasets.list");
  const say = useServerWords();
  const { leakCount, failure, error } = dataset;
  if (leakCount > 0) return <DatasetLeaks dataset={dataset} />;
  return (
    <div className={styles.reason}>
      {failure === null
        ? say(error, t(error ? "notMade" : "noReason"))
        : t(`failures.${failure}`)}
    </div>
  );
}

/** What can be done about it: the same films once more, or a new export. */
export function FailedAction({ dataset }: FailedProps) {
  const { can } = useViewer();
  if (!can("dataset:create")) return null;
  return dataset.isRetryable ? (
    <RetryButton dataset={dataset} />
  ) : (
    <AnotherButton dataset={dataset} />
  );
}

/** Has it written once more, of the films that it was asked for. */
function RetryButton({ dataset: { id, name } }: FailedProps) {
  const t = useTranslations("datasets.list");
  const notify = useNotify();
  const [retry, { loading }] = useMutation(RETRY_DATASET, {
    variables: { id },
    // Where it cannot be, the row says why from now on.
    refetchQueries: [DATASETS],
    onError: (error) => notify.failed(t("retryFailed"), error),
  });
  return (
    <Button
      variant="default"
      loading={loading}
      leftSection={<IconRefresh size={16} aria-hidden />}
      aria-label={t("retryNamed", { name })}
      // onError has told the person already.
      onClick={() => void retry().catch(() => undefined)}
    >
      {t("retry")}
    </Button>
  );
}

/** Asks for another of the same choice, where its films are not all there. */
function AnotherButton({ dataset }: FailedProps) {
  const t = useTranslations("datasets.list");
  const notify = useNotify();
  const { name, filter, format } = dataset;
  const { pictureText, dicom } = format;
  const [create, { loading }] = useMutation(CREATE_DATASET, {
    variables: {
      name,
      filter: againOf(filter),
      format: { pictureText, dicom },
    },
    refetchQueries: [DATASETS],
    onError: (error) => notify.failed(t("retryFailed"), error),
  });
  return (
    <Button
      variant="default"
      loading={loading}
      leftSection={<IconPlus size={16} aria-hidden />}
      aria-label={t("againNamed", { name })}
      // onError has told the person already.
      onClick={() => void create().catch(() => undefined)}
    >
      {t("again")}
    </Button>
  );
}
