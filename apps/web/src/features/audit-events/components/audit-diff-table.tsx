"use client";

import { Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type DiffRow, diffOf, listChange } from "../audit-diff.ts";
import type { JsonObject, JsonValue } from "@lung-iris/audit-words";
import { useAuditWords } from "../use-audit-words.ts";
import { AuditValue } from "./audit-value.tsx";
import styles from "./audit.module.css";

interface AuditDiffTableProps {
  before: JsonObject;
  after: JsonObject;
}

/** What changed, one field a row; null when nothing was recorded as changed. */
export function AuditDiffTable({ before, after }: AuditDiffTableProps) {
  const t = useTranslations("audit.details");
  const words = useAuditWords();
  const rows = diffOf(before, after);
  if (rows.length === 0) return null;
  const isNew = rows.every((row) => row.kind === "added");
  const isGone = rows.every((row) => row.kind === "removed");
  const title = isNew ? t("made") : isGone ? t("removed") : t("changes");
  return (
    <section>
      <Title order={3} mb={6}>
        {title}
      </Title>
      <table className={styles.diff}>
        <thead>
          <tr>
            <th scope="col">{t("field")}</th>
            {isNew ? null : <th scope="col">{t("before")}</th>}
            {isGone ? null : <th scope="col">{t("after")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.field}>
              <th scope="row">{words.field(row.field)}</th>
              {isNew ? null : (
                <td>
                  <Side row={row} side="before" />
                </td>
              )}
              {isGone ? null : (
                <td>
                  <Side row={row} side="after" isPlain={isNew} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface SideProps {
  row: DiffRow;
  side: "before" | "after";
  /** Without colours, where there is nothing to compare with. */
  isPlain?: boolean;
}

function Side({ row, side, isPlain }: SideProps) {
  const value = row[side];
  const lists = listChange(row.before, row.after);
  if (lists && !isPlain) {
    const changed = side === "before" ? lists.removed : lists.added;
    return (
      <ListSide
        field={row.field}
        kept={lists.kept}
        changed={changed}
        side={side}
      />
    );
  }
  const isEmpty = value === undefined || value === null || value === "";
  const name = isPlain || isEmpty ? undefined : classOf(side);
  return (
    <span className={name}>
      <AuditValue field={row.field} value={value} />
    </span>
  );
}

interface ListSideProps {
  field: string;
  kept: readonly JsonValue[];
  changed: readonly JsonValue[];
  side: "before" | "after";
}

function ListSide({ field, kept, changed, side }: ListSideProps) {
  if (kept.length + changed.length === 0)
    return <AuditValue field={field} value={null} />;
  return (
    <>
      {kept.map((item, index) => (
        <div key={`kept-${index}`}>
          <AuditValue field={field} value={item} />
        </div>
      ))}
      {changed.map((item, index) => (
        <div key={`changed-${index}`} className={classOf(side)}>
          <AuditValue field={field} value={item} />
        </div>
      ))}
    </>
  );
}

function classOf(side: "before" | "after"): string | undefined {
  return side === "before" ? styles.removedValue : styles.addedValue;
}
