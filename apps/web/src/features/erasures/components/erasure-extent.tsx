import { useLocale, useTranslations } from "next-intl";
import type {
  ErasureCountsFieldsFragment,
  ErasureExportFieldsFragment,
} from "../../../gql/graphql.ts";
import { formatBytes } from "../../../lib/bytes.ts";
import styles from "./erasures.module.css";

interface ErasureExtentProps {
  counts: ErasureCountsFieldsFragment;
  exports: readonly ErasureExportFieldsFragment[];
}

/** What goes with a record, what stays of it, and which exports held it. */
export function ErasureExtent({ counts, exports }: ErasureExtentProps) {
  const t = useTranslations("erasures.extent");
  const locale = useLocale();
  const { bytes, ...numbers } = counts;
  return (
    <ul className={styles.facts}>
      <li>{t("films", { ...numbers, bytes: formatBytes(bytes, locale) })}</li>
      <li>{t("readings", numbers)}</li>
      <li>{t("texts", numbers)}</li>
      {counts.filmsShared > 0 ? <li>{t("shared", numbers)}</li> : null}
      <li>{t("events", numbers)}</li>
      {exports.map((held) => (
        <li key={held.datasetId}>
          {t("export", {
            name: held.name,
            films: held.films,
            downloads: held.downloads,
          })}
          {held.sha256 && held.downloads > 0
            ? ` ${t("copy", { sha256: held.sha256 })}`
            : ""}
          {held.models.length > 0
            ? ` ${t("models", { models: held.models.join(", ") })}`
            : ""}
        </li>
      ))}
    </ul>
  );
}
