"use client";

import { useMutation } from "@apollo/client/react";
import { Button, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { RowSteps } from "../../../components/ui/row-steps.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { MacroFieldsFragment } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import { DELETE_MACRO, MACROS } from "../macro-queries.ts";
import { useMacros } from "../use-macros.ts";
import { MacroDialog } from "./macro-dialog.tsx";
import styles from "./macros.module.css";

interface MacroListProps {
  siteId: string;
  isOfSite: boolean;
}

/** One's own macros at a site, or those of the site. */
export function MacroList({ siteId, isOfSite }: MacroListProps) {
  const t = useTranslations("macros");
  const { can } = useViewer();
  const [edited, setEdited] = useState<MacroFieldsFragment | "new" | null>(
    null,
  );
  const { macros, isLoading, error, retry } = useMacros(siteId);
  const rows = macros.filter((macro) => macro.isOfSite === isOfSite);
  const kind = isOfSite ? "ofSite" : "own";
  return (
    <section className={styles.list} aria-labelledby={`macros-${kind}`}>
      <div className={styles.head}>
        <Title order={2} id={`macros-${kind}`}>
          {t(`${kind}.title`)}
        </Title>
        {can(isOfSite ? "macro:manage" : "macro:own") ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => setEdited("new")}
          >
            {t("add")}
          </Button>
        ) : null}
      </div>
      <p className={styles.dim}>{t(`${kind}.text`)}</p>
      {isLoading ? (
        <ListSkeleton rows={3} height={48} />
      ) : error ? (
        <ErrorState title={t("failed")} error={error} onRetry={retry} inline />
      ) : rows.length === 0 ? (
        <p className={styles.dim}>{t(`${kind}.empty`)}</p>
      ) : (
        <ul className={styles.rows}>
          {rows.map((macro) => (
            <Row
              key={macro.id}
              macro={macro}
              onChange={() => setEdited(macro)}
            />
          ))}
        </ul>
      )}
      {edited ? (
        <MacroDialog
          siteId={siteId}
          isOfSite={isOfSite}
          macro={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </section>
  );
}

interface RowProps {
  macro: MacroFieldsFragment;
  onChange: () => void;
}

function Row({ macro, onChange }: RowProps) {
  const t = useTranslations("macros");
  const reports = useTranslations("reports");
  const errorText = useErrorText();
  const notify = useNotify();
  const [isAsking, setAsking] = useState(false);
  const [remove, { loading, error }] = useMutation(DELETE_MACRO, {
    variables: { id: macro.id },
    refetchQueries: [MACROS],
    awaitRefetchQueries: true,
    onCompleted: () => notify.done(t("removed", { name: macro.name })),
  });
  return (
    <li className={styles.row}>
      <div>
        <strong>.{macro.name}</strong>
        <dl>
          {macro.texts.map(({ language, section, text }) => (
            <div key={`${language} ${section}`} style={{ display: "contents" }}>
              <dt>
                {language} · {reports(`sections.${section}`)}
              </dt>
              <dd lang={language === "VI" ? "vi" : "en"}>{text}</dd>
            </div>
          ))}
        </dl>
        {error ? (
          <div className={styles.error} role="alert">
            {errorText(error)}
          </div>
        ) : null}
      </div>
      {macro.viewerCanEdit ? (
        <RowSteps
          edit={{
            text: t("edit"),
            label: t("changeOf", { name: macro.name }),
            onClick: onChange,
          }}
          remove={{
            start: t("removeStart"),
            label: t("removeOf", { name: macro.name }),
            text: t("remove"),
            isBusy: loading,
            onClick: () => void remove().catch(() => undefined),
          }}
          isAsking={isAsking}
          onAsk={setAsking}
        />
      ) : null}
    </li>
  );
}
