"use client";

import { Checkbox, MultiSelect, NumberInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useErrorText } from "../../../lib/error-text.ts";
import { useFindingWords } from "../../findings/use-finding-words.ts";
import { usePolicyReaders } from "../policy-readers.tsx";
import styles from "../../policy-draft/components/policies.module.css";
import { NumberField } from "./policy-fields.tsx";
import { Section, type SectionProps } from "./policy-section.tsx";

const OLDEST = 120;

/** Which signed cases are read a second time, and how. */
export function SecondReadSection({ form, isReadOnly }: SectionProps) {
  const t = useTranslations("policies");
  const words = useFindingWords();
  const errorText = useErrorText();
  const { readers, error } = usePolicyReaders();
  const { secondReads } = form.draft;
  const refusal = (name: string) =>
    form.refused.has(`secondReads.${name}`) && t("form.refused");
  const age = (name: "ageFrom" | "ageTo") => (
    <NumberInput
      label={t(`fields.${name}.label`)}
      description={t(`fields.${name}.help`)}
      value={secondReads[name] ?? ""}
      min={0}
      max={OLDEST}
      allowDecimal={false}
      suffix={` ${t("suffixes.years", { count: secondReads[name] ?? 0 })}`}
      readOnly={isReadOnly}
      error={refusal(name)}
      onChange={(value) =>
        form.change({
          secondReads: { [name]: typeof value === "number" ? value : null },
        })
      }
    />
  );
  const tick = (name: "onAiDisagreement" | "juniors" | "blindToAi") => (
    <Checkbox
      label={t(`fields.${name}.label`)}
      description={t(`fields.${name}.help`)}
      checked={secondReads[name]}
      disabled={isReadOnly}
      onChange={(event) =>
        form.change({ secondReads: { [name]: event.currentTarget.checked } })
      }
    />
  );
  return (
    <Section name="secondReads">
      <div className={styles.fields}>
        {age("ageFrom")}
        {age("ageTo")}
        <NumberField
          name="randomShare"
          unit="percent"
          min={0}
          max={100}
          decimals={1}
          value={secondReads.randomShare}
          isReadOnly={isReadOnly}
          isRefused={form.refused.has("secondReads.randomShare")}
          onChange={(randomShare) =>
            form.change({ secondReads: { randomShare } })
          }
        />
      </div>
      <div className={styles.wide}>
        <MultiSelect
          label={t("fields.findings.label")}
          description={t("fields.findings.help")}
          searchable
          data={words.catalogue.map(({ code }) => ({
            value: code,
            label: words.nameOf(code),
          }))}
          value={[...secondReads.findings]}
          readOnly={isReadOnly}
          error={refusal("findings")}
          onChange={(findings) => form.change({ secondReads: { findings } })}
        />
        <MultiSelect
          label={t("fields.readers.label")}
          description={t("fields.readers.help")}
          searchable
          data={readers.map(({ id, name, isActive }) => ({
            value: id,
            label: isActive ? name : t("form.inactive", { name }),
          }))}
          value={[...secondReads.readers]}
          readOnly={isReadOnly}
          error={error ? errorText(error) : refusal("readers")}
          onChange={(chosen) =>
            form.change({ secondReads: { readers: chosen } })
          }
        />
        {tick("juniors")}
        {tick("onAiDisagreement")}
        {tick("blindToAi")}
      </div>
    </Section>
  );
}
