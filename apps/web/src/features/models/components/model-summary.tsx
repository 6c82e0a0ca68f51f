"use client";

import { Title } from "@mantine/core";
import { IconCircleCheck, IconCircleOff, IconGhost } from "@tabler/icons-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { CopyValue, shortHash } from "../../../components/ui/copy-value.tsx";
import { formatBytes } from "../../../lib/bytes.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { routes } from "../../../lib/routes.ts";
import { runsAsShadow } from "../../model-versions/model-role.ts";
import type { Model } from "../../model-versions/use-models.ts";
import styles from "../../model-versions/components/models.module.css";

interface ModelSummaryProps {
  model: Model;
  action: ReactNode;
}

/** Which model it is, and whether new films go to it. */
export function ModelSummary({ model, action }: ModelSummaryProps) {
  const t = useTranslations("models.summary");
  const format = useFormatter();
  const locale = useLocale();
  return (
    <section className={styles.panel} aria-label={model.name}>
      <div className={styles.head}>
        <Title order={2} className={styles.name ?? ""}>
          {model.name}
        </Title>
        <LiveMark model={model} />
        {action}
      </div>
      <dl className={styles.facts}>
        <Fact name={t("predictions")}>
          {format.number(model.predictionCount)}
        </Fact>
        <Fact name={t("parameters")}>{format.number(model.parameters)}</Fact>
        <Fact name={t("size")}>{formatBytes(model.weightsBytes, locale)}</Fact>
        <Fact name={t("input")}>
          {t("pixels", { size: format.number(model.inputSize) })}
        </Fact>
        <Fact name={t("loaded")}>
          {formatDateTime(model.createdAt, locale)}
        </Fact>
        <Fact name={t("weights")}>
          <CopyValue
            value={model.sha256}
            shown={shortHash(model.sha256)}
            what={t("weights")}
          />
        </Fact>
        <Fact name={t("whole")}>
          <CopyValue
            value={model.fingerprint}
            shown={shortHash(model.fingerprint)}
            what={t("whole")}
          />
        </Fact>
        {model.madeBy ? (
          <Fact name={t("run")}>
            <Link href={routes.training({ run: model.madeBy.id })}>
              {t("ofDataset", {
                run: model.madeBy.name,
                dataset: model.madeBy.datasetName,
              })}
            </Link>
          </Fact>
        ) : null}
        {model.datasetSha256s.map((hash) => (
          <Fact key={hash} name={t("dataset")}>
            <CopyValue
              value={hash}
              shown={shortHash(hash)}
              what={t("dataset")}
            />
          </Fact>
        ))}
      </dl>
    </section>
  );
}

export function LiveMark({ model }: { model: Model }) {
  const t = useTranslations("models.summary");
  const locale = useLocale();
  const since = model.liveSince && formatDateTime(model.liveSince, locale);
  if (!model.isLive && runsAsShadow(model)) {
    return (
      <span className={styles.state}>
        <IconGhost size={16} aria-hidden />
        {t("shadow")}
      </span>
    );
  }
  const Icon = model.isLive ? IconCircleCheck : IconCircleOff;
  return (
    <span className={styles.state} data-live={model.isLive}>
      <Icon size={16} aria-hidden />
      {model.isLive
        ? since
          ? t("liveSince", { since })
          : t("live")
        : since
          ? t("wasLive", { since })
          : t("notLive")}
    </span>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
