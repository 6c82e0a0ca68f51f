"use client";

import { useQuery } from "@apollo/client/react";
import {
  Button,
  Checkbox,
  Collapse,
  MultiSelect,
  NumberInput,
  Select,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import type { LabelGrade, Sex } from "../../../gql/graphql.ts";
import { useFindingCatalogue } from "../../findings/use-finding-catalogue.ts";
import { problemOf, type ChoiceFieldsProps } from "../dataset-choice.ts";
import { EXPORT_READERS } from "../dataset-queries.ts";
import styles from "./datasets.module.css";

const GRADES: readonly LabelGrade[] = [
  "ADJUDICATED",
  "TWO_AGREE",
  "ONE_BLIND",
  "ONE_AFTER_AI",
];
const SEXES: readonly Sex[] = ["FEMALE", "MALE", "OTHER", "UNKNOWN"];
const VIEWS = ["PA", "AP", "LATERAL", "OTHER"] as const;
const OLDEST_YEARS = 150;

/** By how much the labels are worth, a finding, and whom the films are of. */
export function NarrowerFields({ choice, change }: ChoiceFieldsProps) {
  const t = useTranslations("datasets.form");
  const sexes = useTranslations("common.sexLong");
  const [isOpen, { toggle }] = useDisclosure(false);
  const Chevron = isOpen ? IconChevronUp : IconChevronDown;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        classNames={{ root: styles.toggle, label: styles.toggleText }}
        aria-expanded={isOpen}
        rightSection={<Chevron size={14} aria-hidden />}
        onClick={toggle}
      >
        {t("narrower")}
      </Button>
      <Collapse expanded={isOpen}>
        <div className={styles.narrower}>
          <Ticks
            label={t("grade")}
            all={GRADES}
            chosen={choice.grades}
            nameOf={(grade) => t(`grades.${grade}`)}
            change={(grades) => change({ grades })}
          />
          <FindingField choice={choice} change={change} />
          <AgeFields choice={choice} change={change} />
          <Ticks
            label={t("sex")}
            all={SEXES}
            chosen={choice.sexes}
            nameOf={(sex) => sexes(sex)}
            change={(chosen) => change({ sexes: chosen })}
          />
          <Ticks
            label={t("view")}
            all={VIEWS}
            chosen={choice.views}
            nameOf={(view) => t(`views.${view}`)}
            change={(views) => change({ views })}
          />
          {/* Reading the list of users is a look on record: not before it is needed. */}
          {isOpen ? <ReaderField choice={choice} change={change} /> : null}
          <Checkbox
            label={t("withoutNotes")}
            description={t("withoutNotesHint")}
            checked={choice.withoutNotes}
            onChange={(event) =>
              change({ withoutNotes: event.currentTarget.checked })
            }
          />
        </div>
      </Collapse>
    </div>
  );
}

interface TicksProps<Value extends string> {
  label: string;
  all: readonly Value[];
  chosen: readonly string[];
  nameOf: (value: Value) => string;
  change: (chosen: Value[]) => void;
}

/** Boxes to tick; none ticked means all. */
function Ticks<Value extends string>(props: TicksProps<Value>) {
  const { label, all, chosen, nameOf, change } = props;
  return (
    <Checkbox.Group
      label={label}
      value={[...chosen]}
      onChange={(ticked) =>
        change(all.filter((value) => ticked.includes(value)))
      }
    >
      <div className={styles.labels}>
        {all.map((value) => (
          <Checkbox key={value} value={value} label={nameOf(value)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

function FindingField({ choice, change }: ChoiceFieldsProps) {
  const t = useTranslations("datasets.form");
  const locale = useLocale();
  const catalogue = useFindingCatalogue();
  return (
    <Select
      label={t("finding")}
      placeholder={t("anyFinding")}
      data={catalogue.map(({ code, names }) => ({
        value: code,
        label: locale === "vi" ? names.vi : names.en,
      }))}
      value={choice.finding}
      clearable
      searchable
      onChange={(finding) => change({ finding })}
    />
  );
}

function ReaderField({ choice, change }: ChoiceFieldsProps) {
  const t = useTranslations("datasets.form");
  const { data } = useQuery(EXPORT_READERS);
  const readers =
    data?.users.edges
      .map(({ node }) => node)
      .filter(({ role }) => role === "RADIOLOGIST") ?? [];
  return (
    <MultiSelect
      label={t("readers")}
      description={t("readersHint")}
      placeholder={choice.readers.length === 0 ? t("anyReader") : ""}
      data={readers.map(({ id, name }) => ({ value: id, label: name }))}
      value={[...choice.readers]}
      clearable
      searchable
      onChange={(chosen) => change({ readers: chosen })}
    />
  );
}

function AgeFields({ choice, change }: ChoiceFieldsProps) {
  const t = useTranslations("datasets.form");
  const fields = [
    ["ageFrom", choice.ageFrom],
    ["ageTo", choice.ageTo],
  ] as const;
  const isWrong = problemOf(choice) === "wrong-ages";
  return (
    <div className={styles.days}>
      {fields.map(([field, value]) => (
        <NumberInput
          key={field}
          label={t(field)}
          value={value ?? ""}
          min={0}
          max={OLDEST_YEARS}
          allowDecimal={false}
          allowNegative={false}
          error={isWrong && field === "ageTo" ? t("problems.wrong-ages") : null}
          onChange={(years) =>
            change({ [field]: typeof years === "number" ? years : null })
          }
        />
      ))}
    </div>
  );
}
