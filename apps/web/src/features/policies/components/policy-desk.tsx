"use client";

import { Alert, Box, Button, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { errorCode, useErrorText } from "../../../lib/error-text.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { ReplayPanel } from "../../replay/components/replay-panel.tsx";
import type { PolicyVersion } from "../../policy-draft/policy-draft.ts";
import { PolicyReadersProvider } from "../../policy-form/policy-readers.tsx";
import {
  type PolicyForm,
  usePolicyForm,
} from "../../policy-draft/use-policy-form.ts";
import styles from "../../policy-draft/components/policies.module.css";
import { PolicyChanges } from "./policy-changes.tsx";
import { PolicySections } from "../../policy-form/components/policy-form.tsx";
import { PolicyHistory } from "./policy-history.tsx";
import { PolicyPreview } from "./policy-preview.tsx";

/** As long as the API takes. */
const MAX_REASON = 1_000;

interface PolicyDeskProps {
  siteId: string;
  policy: PolicyVersion;
  onReload: () => void;
}

/** One site's policy: the form, what it would do, and what it was before. */
export function PolicyDesk({ siteId, policy, onReload }: PolicyDeskProps) {
  const form = usePolicyForm(siteId, policy);
  const mayEdit = useViewer().can("policy:edit");
  return (
    <PolicyReadersProvider siteId={siteId}>
      <div className={styles.columns}>
        <div className={styles.stack}>
          <PolicySections form={form} isReadOnly={!mayEdit} />
        </div>
        <div className={styles.stack}>
          {mayEdit ? (
            <ChangePanel form={form} onReload={onReload} />
          ) : (
            <Alert color="gray" p="sm">
              <MayNotEdit />
            </Alert>
          )}
          <PolicyHistory siteId={siteId} />
        </div>
      </div>
      {mayEdit ? (
        <ReplayPanel siteId={siteId} draft={form.isDirty ? form.draft : null} />
      ) : null}
    </PolicyReadersProvider>
  );
}

function MayNotEdit() {
  const t = useTranslations("policies");
  return t("mayNotEdit");
}

interface ChangePanelProps {
  form: PolicyForm;
  onReload: () => void;
}

/** What was changed, what it would do, why, and the way to save it. */
function ChangePanel({ form, onReload }: ChangePanelProps) {
  const t = useTranslations("policies");
  const { isDirty, differences, preview, isStale } = form;
  return (
    <section className={styles.panel} aria-label={t("change.title")}>
      <Title order={2}>{t("change.title")}</Title>
      {form.error ? <Refusal form={form} onReload={onReload} /> : null}
      {isDirty ? (
        <PolicyChanges differences={differences} />
      ) : (
        <p className={styles.hint}>{t("change.nothing")}</p>
      )}
      <div className={styles.actions}>
        <Button
          variant="default"
          disabled={!isDirty}
          loading={form.isTrying}
          onClick={form.tryOut}
        >
          {t("change.preview")}
        </Button>
        <Button variant="subtle" disabled={!isDirty} onClick={form.reset}>
          {t("change.reset")}
        </Button>
      </div>
      {preview ? <PolicyPreview preview={preview} isStale={isStale} /> : null}
      <SaveForm form={form} />
    </section>
  );
}

function SaveForm({ form }: { form: PolicyForm }) {
  const t = useTranslations("policies.change");
  const isReady = form.isDirty && form.reason.value.trim() !== "";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void form.save();
      }}
    >
      <Box mt="md">
        <KeptWordsField
          kept={form.reason}
          label={t("reason")}
          description={t("reasonHelp")}
          maxLength={MAX_REASON}
        />
      </Box>
      <div className={styles.actions}>
        <Button type="submit" disabled={!isReady} loading={form.isSaving}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

/** Why it was not taken; where somebody else was first, the way on. */
function Refusal({ form, onReload }: ChangePanelProps) {
  const t = useTranslations("policies.change");
  const errorText = useErrorText();
  return (
    <Alert color="red" p="sm" my="sm" role="alert" title={t("refused")}>
      {errorText(form.error)}
      {errorCode(form.error) === "POLICY_CHANGED" ? (
        <div className={styles.actions}>
          <Button size="compact-sm" variant="default" onClick={onReload}>
            {t("reload")}
          </Button>
        </div>
      ) : null}
    </Alert>
  );
}
