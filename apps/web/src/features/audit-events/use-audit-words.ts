"use client";

import { useTranslations } from "next-intl";
import type { Role } from "../../gql/graphql.ts";
import { fieldName, STAND_IN_NAME } from "@lung-iris/audit-words";

/** Names for the codes that stand in events; an unknown code names itself. */
export interface AuditWords {
  actor: (actorId: string) => string | null;
  /** A patient's name; the stand-in for one in the reader's language. */
  patient: (name: string) => string;
  role: (code: string) => string;
  subject: (code: string) => string;
  reason: (code: string) => string;
  field: (name: string) => string;
  label: (code: string) => string;
  decision: (code: string) => string;
  type: (code: string) => string;
  /** null for a value that is no code: a name, a number, a text. */
  code: (value: string) => string | null;
}

export function useAuditWords(): AuditWords {
  const t = useTranslations("audit.words");
  const actors = useNames("actors");
  const programs = useNames("roles");
  const roles = useRoleNames();
  const subjects = useNames("subjects");
  const reasons = useNames("reasons");
  const fields = useNames("fields");
  const labels = useNames("labels");
  const decisions = useNames("decisions");
  const types = useNames("types");
  const codes = useNames("codes");
  return {
    actor: actors,
    patient: (name) => (name === STAND_IN_NAME ? t("unknownPatient") : name),
    role: (code) => roles(code) ?? programs(code) ?? code,
    subject: (code) => subjects(code) ?? code,
    reason: (code) => reasons(code) ?? code,
    field: (name) => fieldName(name, fields),
    label: (code) => labels(code) ?? code,
    decision: (code) => decisions(code) ?? code,
    type: (code) => types(code) ?? code,
    code: (value) =>
      codes(value) ??
      labels(value) ??
      decisions(value) ??
      roles(value) ??
      reasons(value),
  };
}

type Section =
  | "actors"
  | "roles"
  | "subjects"
  | "reasons"
  | "fields"
  | "labels"
  | "decisions"
  | "types"
  | "codes";

function useNames(section: Section): (code: string) => string | null {
  const t = useTranslations("audit");
  return (code) => {
    // Codes come from the API and may be newer than this app; `has` is asked
    // first, so the name exists when it is used.
    const key = `${section}.${code}` as "roles.SYSTEM";
    return /^[\w.-]+$/.test(code) && t.has(key) ? t(key) : null;
  };
}

function useRoleNames(): (code: string) => string | null {
  const t = useTranslations("shell.roles");
  return (code) => {
    const role = ROLES.find((known) => known === code);
    return role ? t(role) : null;
  };
}

const ROLES: readonly Role[] = ["STAFF", "RADIOLOGIST", "ADMIN", "AUDITOR"];
