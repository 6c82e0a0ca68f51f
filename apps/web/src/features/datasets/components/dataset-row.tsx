"use client";

import { skipToken, useQuery, useSubscription } from "@apollo/client/react";
import { Button, Progress, Title } from "@mantine/core";
import {
  IconCircleCheck,
  IconClock,
  IconDownload,
  IconExclamationCircle,
  IconRotateClockwise2,
} from "@tabler/icons-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { DatasetState, DatasetsQuery } from "../../../gql/graphql.ts";
import { CopyValue, shortHash } from "../../../components/ui/copy-value.tsx";
import { formatBytes } from "../../../lib/bytes.ts";
import { formatDate, formatExactTime } from "../../../lib/dates.ts";
import { apiRoutes } from "../../../lib/routes.ts";
import { useDurationText } from "../../../lib/use-duration-text.ts";
import { useNow } from "../../../lib/use-now.ts";
import { useFindingCatalogue } from "../../findings/use-finding-catalogue.ts";
import { progressOf } from "../dataset-choice.ts";
import { DATASET_CHANGED, EXPORT_MODELS } from "../dataset-queries.ts";
import styles from "./datasets.module.css";
import { FailedAction, FailureReason } from "./failed-dataset.tsx";

type Dataset = DatasetsQuery["datasets"]["edges"][number]["node"];

function isOnItsWay(state: DatasetState): boolean {
  return state === "QUEUED" || state === "RUNNING";
}

/** No file of it has ever been anywhere. */
function isWithoutFile({ state, sha256 }: Dataset): boolean {
  return state === "FAILED" && sha256 === null;
}

export function DatasetRow({ dataset }: { dataset: Dataset }) {
  const t = useTranslations("datasets.list");
  // The answer goes into the cache under the same id, and the row follows.
  useSubscription(
    DATASET_CHANGED,
    isOnItsWay(dataset.state) ? { variables: { id: dataset.id } } : skipToken,
  );
  return (
    <li className={styles.dataset}>
      <div className={styles.name}>
        <Title order={3} className={styles.nameText ?? ""}>
          {dataset.name}
        </Title>
        <StateMark state={dataset.state} />
      </div>
      <div className={styles.action}>
        <RowAction dataset={dataset} />
      </div>
      <Facts dataset={dataset} />
      {dataset.withdrawnPatients > 0 ? (
        <div className={styles.reason}>
          {t(isWithoutFile(dataset) ? "withdrawnFailed" : "withdrawn", {
            count: dataset.withdrawnPatients,
          })}
        </div>
      ) : null}
      {isOnItsWay(dataset.state) ? <RowProgress dataset={dataset} /> : null}
      {dataset.state === "FAILED" ? <FailureReason dataset={dataset} /> : null}
    </li>
  );
}

const STATE_ICONS: Record<DatasetState, typeof IconClock> = {
  QUEUED: IconClock,
  RUNNING: IconRotateClockwise2,
  READY: IconCircleCheck,
  FAILED: IconExclamationCircle,
};

function StateMark({ state }: { state: DatasetState }) {
  const t = useTranslations("datasets.list.states");
  const Icon = STATE_ICONS[state];
  return (
    <span className={styles.state} data-state={state} role="status">
      <Icon size={15} aria-hidden />
      {t(state)}
    </span>
  );
}

function RowProgress({ dataset }: { dataset: Dataset }) {
  const t = useTranslations("datasets.list");
  const format = useFormatter();
  const progress = progressOf(dataset);
  return (
    <div className={styles.progress}>
      <Progress
        value={progress ?? 100}
        animated={progress === null}
        aria-label={t("progressLabel", { name: dataset.name })}
      />
      <span>
        {t("progress", {
          done: format.number(dataset.done),
          total: dataset.total,
        })}
      </span>
    </div>
  );
}

function RowAction({ dataset }: { dataset: Dataset }) {
  const t = useTranslations("datasets.list");
  const locale = useLocale();
  if (dataset.state === "READY" && dataset.downloadPath) {
    const size = dataset.bytes ? formatBytes(dataset.bytes, locale) : "";
    return (
      <Button
        component="a"
        href={apiRoutes.file(dataset.downloadPath)}
        download
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        aria-label={t("downloadNamed", { name: dataset.name, size })}
      >
        {t("download")}
      </Button>
    );
  }
  return dataset.state === "FAILED" ? <FailedAction dataset={dataset} /> : null;
}

function Facts({ dataset }: { dataset: Dataset }) {
  const t = useTranslations("datasets.list");
  const locale = useLocale();
  const duration = useDurationText();
  const now = useNow(30_000);
  const { createdAt, createdBy, bytes, sha256, state } = dataset;
  const exact = formatExactTime(createdAt, locale);
  const when = now ? t("ago", { duration: duration(createdAt, now) }) : exact;
  return (
    <div className={styles.facts}>
      <span>{dataset.site.code}</span>
      <span>{useFilterText(dataset.filter)}</span>
      {state === "READY" ? (
        <span>{t("films", { count: dataset.total })}</span>
      ) : null}
      {state === "READY" ? <Letters dataset={dataset} /> : null}
      {dataset.format.dicom === "NONE" ? null : (
        <span>{t(`dicoms.${dicomOf(dataset)}`)}</span>
      )}
      {bytes ? <span>{formatBytes(bytes, locale)}</span> : null}
      <span title={exact}>{t("madeBy", { name: createdBy.name, when })}</span>
      {sha256 ? (
        <span>
          <CopyValue
            value={sha256}
            shown={shortHash(sha256)}
            what={t("hash")}
          />
        </span>
      ) : null}
    </div>
  );
}

function dicomOf({ format }: Dataset): "REMOVED" | "SHIFTED" {
  return format.dicom === "SHIFTED" ? "SHIFTED" : "REMOVED";
}

/** How many films stayed here, or lost their letters. */
function Letters({ dataset }: { dataset: Dataset }) {
  const t = useTranslations("datasets.list");
  const { leftOut, textFound, format } = dataset;
  const isBlanked = format.pictureText === "BLANK";
  const stayed = leftOut + (isBlanked ? 0 : textFound);
  return (
    <>
      {stayed > 0 ? <span>{t("leftOut", { count: stayed })}</span> : null}
      {isBlanked && textFound > 0 ? (
        <span>{t("blanked", { count: textFound })}</span>
      ) : null}
    </>
  );
}

const DAY_MS = 86_400_000;

/** "pneumonia, normal; signed 1 Nov 2026 – 30 Nov 2026" */
function useFilterText(filter: Dataset["filter"]): string {
  const t = useTranslations("datasets.list");
  const labels = useTranslations("findings.labels");
  const locale = useLocale();
  const { data } = useQuery(EXPORT_MODELS);
  const model = data?.modelVersions.edges.find(
    ({ node }) => node.id === filter.modelVersionId,
  )?.node.name;
  const from = filter.signedAfter && formatDate(filter.signedAfter, locale);
  // The day before the midnight that ends the range.
  const lastDay =
    filter.signedBefore &&
    new Date(Date.parse(filter.signedBefore) - DAY_MS / 2).toISOString();
  const to = lastDay && formatDate(lastDay, locale);
  const parts = [
    filter.labels?.map((label) => labels(label).toLowerCase()).join(", "),
    from && to
      ? t("signedBetween", { from, to })
      : from
        ? t("signedFrom", { from })
        : to && t("signedTo", { to }),
    filter.agreement === null
      ? null
      : t(filter.agreement ? "agreed" : "overridden"),
    model && t("model", { name: model }),
    ...useNarrowerText(filter),
  ].filter((part) => part !== null && part !== undefined && part !== "");
  return parts.length === 0 ? t("allSigned") : parts.join("; ");
}

/** "two readers agree", "5 to 15 years", "PA" */
function useNarrowerText(filter: Dataset["filter"]): (string | null)[] {
  const t = useTranslations("datasets");
  const sexes = useTranslations("common.sexLong");
  const locale = useLocale();
  const catalogue = useFindingCatalogue();
  const { grades, finding, ageFrom, ageTo, views, readers } = filter;
  const names = catalogue.find(({ code }) => code === finding)?.names;
  return [
    grades?.map((grade) => t(`form.grades.${grade}`)).join(", ") ?? null,
    (locale === "vi" ? names?.vi : names?.en) ?? finding,
    ageFrom !== null && ageTo !== null
      ? t("list.ages", { from: ageFrom, to: ageTo })
      : ageFrom !== null
        ? t("list.agesFrom", { from: ageFrom })
        : ageTo === null
          ? null
          : t("list.agesTo", { to: ageTo }),
    filter.sexes?.map((sex) => sexes(sex)).join(", ") ?? null,
    views?.join(", ") ?? null,
    readers === null ? null : t("list.readers", { count: readers.length }),
    filter.withoutNotes === true ? t("list.withoutNotes") : null,
  ];
}
