"use client";

import { Combobox, TextInput, useCombobox } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import type { Label } from "../../../gql/graphql.ts";
import {
  changedFinding,
  type DraftFinding,
  LABELLED,
  withFinding,
} from "../draft-findings.ts";
import { findingsLike } from "../finding-search.ts";
import { useFindingWords } from "../use-finding-words.ts";
import { FindingRow } from "./finding-row.tsx";
import styles from "./findings.module.css";

interface FindingsFieldProps {
  findings: readonly DraftFinding[];
  marks: readonly { id: string; finding: string | null }[];
  label: Label | null;
  /** draws the key that leads here, and lets it */
  hasKey?: boolean;
  onChange: (findings: DraftFinding[]) => void;
}

/** What the film shows, one by one: typed ahead, then placed by letters. */
export function FindingsField(props: FindingsFieldProps) {
  const { findings, marks, label, hasKey = false, onChange } = props;
  const t = useTranslations("readings.findings");
  const keys = useTranslations("cases.keys");
  const words = useFindingWords();
  const [search, setSearch] = useState("");
  const [openCode, setOpenCode] = useState<string | null>(null);
  const [freshCode, setFreshCode] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({
    onDropdownClose: () => combobox.resetSelectedOption(),
  });
  const toInput = () => {
    setFreshCode(null);
    input.current?.focus();
    input.current?.scrollIntoView({ block: "nearest" });
  };
  useShortcuts([
    {
      id: "read.finding",
      keys: ["a", "+"],
      label: keys("finding"),
      group: "decision",
      enabled: hasKey,
      run: toInput,
    },
  ]);
  const named = new Set(findings.map(({ code }) => code));
  const options = findingsLike(
    words.catalogue.filter(({ code }) => !named.has(code)),
    search,
  );
  const add = (code: string) => {
    onChange(withFinding(findings, code));
    setSearch("");
    combobox.closeDropdown();
    setOpenCode(code);
    setFreshCode(code);
  };
  return (
    <div>
      {findings.length > 0 ? (
        <ul className={styles.list} aria-label={t("label")}>
          {findings.map((finding) => {
            const { code } = finding;
            const known = words.catalogue.find((item) => item.code === code);
            const isOpen = openCode === code;
            return (
              <FindingRow
                key={code}
                isFresh={freshCode === code}
                finding={finding}
                name={words.nameOf(code)}
                place={words.placeOf(finding, marks)}
                hasSides={known?.hasSides ?? false}
                hasZones={known?.hasZones ?? false}
                isOfLabel={code === LABELLED.code && label === LABELLED.label}
                isOpen={isOpen}
                marks={marks}
                onOpen={() => setOpenCode(code)}
                onChange={(change) =>
                  onChange(changedFinding(findings, code, change))
                }
                onRemove={() => {
                  onChange(findings.filter((other) => other.code !== code));
                  toInput();
                }}
                onNext={toInput}
              />
            );
          })}
        </ul>
      ) : null}
      <Combobox store={combobox} onOptionSubmit={add}>
        <Combobox.Target withExpandedAttribute>
          <TextInput
            ref={input}
            role="combobox"
            size="xs"
            label={t("add")}
            placeholder={t("placeholder")}
            aria-keyshortcuts={hasKey ? "a" : undefined}
            rightSection={hasKey ? <Keys keys="a" /> : null}
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              combobox.openDropdown();
              combobox.selectFirstOption();
            }}
            onFocus={() => setOpenCode(null)}
            onClick={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            onKeyDown={(event) => {
              if (event.key !== "Escape") return;
              event.preventDefault();
              setSearch("");
              if (search === "" || !combobox.dropdownOpened)
                event.currentTarget.blur();
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options mah={220} style={{ overflowY: "auto" }}>
            {options.map(({ code }) => (
              <Combobox.Option key={code} value={code}>
                {words.nameOf(code)}
              </Combobox.Option>
            ))}
            {options.length === 0 ? (
              <Combobox.Empty>{t("none")}</Combobox.Empty>
            ) : null}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </div>
  );
}
