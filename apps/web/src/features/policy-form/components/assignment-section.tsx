"use client";

import { Alert, Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  moved,
  newRule,
  rulesOf,
  type RuleDraft,
} from "../../policy-draft/assignment-rule.ts";
import { AssignmentRuleFields } from "./assignment-rule-fields.tsx";
import styles from "../../policy-draft/components/policies.module.css";
import { NumberField } from "./policy-fields.tsx";
import { Section, type SectionProps } from "./policy-section.tsx";

const WEEK_MINUTES = 7 * 24 * 60;
/** Most rules that the API takes. */
const MAX_RULES = 50;

/** Who is given cases, and for how long they are kept for whoever it is. */
export function AssignmentSection(props: SectionProps) {
  const { form, isReadOnly } = props;
  const { assignment } = form.draft;
  return (
    <Section name="assignment">
      <div className={styles.fields}>
        <NumberField
          name="fallbackMinutes"
          unit="minutes"
          min={5}
          max={WEEK_MINUTES}
          value={assignment.fallbackMinutes}
          isReadOnly={isReadOnly}
          isRefused={form.refused.has("assignment.fallbackMinutes")}
          onChange={(fallbackMinutes) =>
            form.change({ assignment: { fallbackMinutes } })
          }
        />
      </div>
      <Rules {...props} />
    </Section>
  );
}

function Rules({ form, isReadOnly }: SectionProps) {
  const t = useTranslations("policies");
  const rules = rulesOf(form.draft);
  const set = (next: RuleDraft[]) =>
    form.change({ assignment: { rules: next } });
  const isRefused = [...form.refused].some((field) =>
    field.startsWith("assignment.rules"),
  );
  return (
    <>
      <h3 className={styles.subheading}>{t("rules.title")}</h3>
      <p className={styles.hint}>{t("rules.text")}</p>
      {rules.length === 0 ? (
        <p className={styles.hint}>{t("rules.empty")}</p>
      ) : null}
      {isRefused ? (
        <Alert color="red" p="sm" role="alert">
          {t("form.refused")}
        </Alert>
      ) : null}
      <ol className={styles.rules}>
        {rules.map((rule, at) => (
          // A rule has no name of its own but its place while it is typed.
          <AssignmentRuleFields
            key={at}
            rule={rule}
            isReadOnly={isReadOnly}
            isFirst={at === 0}
            isLast={at === rules.length - 1}
            onChange={(change) =>
              set(
                rules.map((one, place) =>
                  place === at ? { ...one, ...change } : one,
                ),
              )
            }
            onMove={(by) => set(moved(rules, at, by))}
            onRemove={() => set(rules.filter((_, place) => place !== at))}
          />
        ))}
      </ol>
      {isReadOnly || rules.length >= MAX_RULES ? null : (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() =>
            set([
              ...rules,
              newRule(t("rules.newName", { number: rules.length + 1 })),
            ])
          }
        >
          {t("rules.add")}
        </Button>
      )}
    </>
  );
}
