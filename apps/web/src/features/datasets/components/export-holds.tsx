"use client";

import { Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import styles from "./datasets.module.css";

const FILES = [
  ["images/*.png", "images"],
  ["dicom/*.dcm", "dicom"],
  ["manifest.csv", "manifest"],
  ["labels.csv", "labels"],
  ["coco.json", "coco"],
  ["contents.json", "contents"],
  ["SHA256SUMS", "sums"],
] as const;

/** Says plainly what leaves the house. */
export function ExportHolds() {
  const t = useTranslations("datasets.holds");
  return (
    <section className={`${styles.panel ?? ""} ${styles.holds ?? ""}`}>
      <Title order={2}>{t("title")}</Title>
      <dl className={styles.files}>
        {FILES.map(([file, key]) => (
          <div key={key}>
            <dt>{file}</dt>
            <dd>{t(key)}</dd>
          </div>
        ))}
      </dl>
      <Title order={2} mt="sm">
        {t("privateTitle")}
      </Title>
      <ul className={styles.privacy}>
        <li>{t("private1")}</li>
        <li>{t("private2")}</li>
        <li>{t("private3")}</li>
        <li>{t("private4")}</li>
      </ul>
      <div className={styles.warning}>
        <IconAlertTriangle size={16} aria-hidden />
        <span>{t("warning")}</span>
      </div>
    </section>
  );
}
