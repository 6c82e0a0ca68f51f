"use client";

import { Button, Title } from "@mantine/core";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { CopyValue, shortHash } from "../../../components/ui/copy-value.tsx";
import { formatDateTime } from "../../../lib/dates.ts";
import { routes } from "../../../lib/routes.ts";
import type { Model, ModelList } from "../../model-versions/use-models.ts";
import { LiveMark } from "./model-summary.tsx";
import styles from "../../model-versions/components/models.module.css";

interface ModelVersionsProps {
  models: ModelList;
  shownId: string;
}

/** Every model that was loaded here; choosing one shows it above. */
export function ModelVersions({ models, shownId }: ModelVersionsProps) {
  const t = useTranslations("models.versions");
  if (models.versions.length < 2) {
    return (
      <section className={styles.panel}>
        <Title order={2}>{t("title")}</Title>
        <p className={styles.hint}>{t("onlyOne")}</p>
      </section>
    );
  }
  return (
    <section className={styles.panel}>
      <Title order={2} mb="sm">
        {t("title")}
      </Title>
      <div className={styles.scroll} tabIndex={0}>
        <table className={`${styles.table ?? ""} ${styles.versions ?? ""}`}>
          <thead>
            <tr>
              <th scope="col">{t("name")}</th>
              <th scope="col">{t("state")}</th>
              <th scope="col">{t("loaded")}</th>
              <th scope="col" className={styles.number}>
                {t("predictions")}
              </th>
              <th scope="col">{t("weights")}</th>
            </tr>
          </thead>
          <tbody>
            {models.versions.map((model) => (
              <VersionRow
                key={model.id}
                model={model}
                isShown={model.id === shownId}
              />
            ))}
          </tbody>
        </table>
      </div>
      {models.loadMore ? (
        <div className={styles.more}>
          <Button
            variant="subtle"
            loading={models.isLoadingMore}
            onClick={models.loadMore}
          >
            {t("loadMore")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function VersionRow({ model, isShown }: { model: Model; isShown: boolean }) {
  const t = useTranslations("models.versions");
  const format = useFormatter();
  const locale = useLocale();
  const show = () => {
    window.history.pushState(null, "", routes.models({ model: model.id }));
    window.scrollTo({ top: 0 });
  };
  return (
    <tr aria-current={isShown || undefined}>
      <td>
        <button type="button" className={styles.version} onClick={show}>
          {model.name}
        </button>
      </td>
      <td>
        <LiveMark model={model} />
      </td>
      <td>{formatDateTime(model.createdAt, locale)}</td>
      <td className={styles.number}>{format.number(model.predictionCount)}</td>
      <td>
        <span className={styles.above}>
          <CopyValue
            value={model.sha256}
            shown={shortHash(model.sha256)}
            what={t("weights")}
          />
        </span>
      </td>
    </tr>
  );
}
