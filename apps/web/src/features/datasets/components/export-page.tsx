"use client";

import { useTranslations } from "next-intl";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { RefusedState } from "../../../components/layout/states.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { WithdrawalList } from "../../withdrawals/components/withdrawal-list.tsx";
import { DatasetList } from "./dataset-list.tsx";
import styles from "./datasets.module.css";
import { ExportForm } from "./export-form.tsx";
import { ExportHolds } from "./export-holds.tsx";

/** Labelled data out of the desk: choose, look, create, download. */
export function ExportPage() {
  const t = useTranslations("datasets");
  const { can } = useViewer();
  return (
    <PageBody>
      <PageHeader title={t("title")} description={t("description")} />
      <div className={styles.columns}>
        <div>
          <div className={styles.panel}>
            {can("dataset:create") ? (
              <ExportForm />
            ) : (
              <RefusedState inline>{t("form.mayNot")}</RefusedState>
            )}
          </div>
          <ExportHolds />
        </div>
        <div>
          <DatasetList />
          <WithdrawalList />
        </div>
      </div>
    </PageBody>
  );
}
