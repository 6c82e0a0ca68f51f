import type {
  ReaderGrade,
  Role,
  UpdateUserInput,
  UsersQuery,
} from "../../gql/graphql.ts";
import { type Locale, isLocale } from "../../i18n/locales.ts";

export type UserRow = UsersQuery["users"]["edges"][number]["node"];

export interface UserFormState {
  name: string;
  email: string;
  role: Role;
  /** Counts for who reads; of others it is kept. */
  grade: ReaderGrade;
  siteIds: readonly string[];
  locale: Locale;
  isActive: boolean;
  /** Empty leaves the password of an existing user as it is. */
  password: string;
}

export type UserField = keyof UserFormState;

export const ROLES: readonly Role[] = [
  "STAFF",
  "RADIOLOGIST",
  "ADMIN",
  "AUDITOR",
];

export const GRADES: readonly ReaderGrade[] = ["JUNIOR", "SENIOR"];

/** Whether a grade says anything of somebody of the role. */
export function hasGrade(role: Role): boolean {
  return role === "RADIOLOGIST";
}

/** A new user's form. @param siteIds ticked at first */
export function emptyForm(
  siteIds: readonly string[],
  locale: Locale,
): UserFormState {
  return {
    name: "",
    email: "",
    role: "STAFF",
    grade: "SENIOR",
    siteIds,
    locale,
    isActive: true,
    password: "",
  };
}

export function formOf(user: UserRow): UserFormState {
  return {
    name: user.name,
    email: user.email,
    role: user.role,
    grade: user.grade,
    siteIds: user.sites.map((site) => site.id),
    locale: isLocale(user.locale) ? user.locale : "en",
    isActive: user.isActive,
    password: "",
  };
}

export type FieldProblem =
  | "missing"
  | "not-an-email"
  | "too-short"
  | "too-long"
  | "too-personal"
  | "no-site";

/** NIST SP 800-63B 3.1.1: length counts; the API checks the same. */
export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 200;

/**
 * What the form can tell by itself. The API has the last word.
 * @param isNew whether a password must be given
 */
export function problemsOf(
  form: UserFormState,
  isNew: boolean,
): Partial<Record<UserField, FieldProblem>> {
  const password = isNew || form.password !== "" ? passwordProblem(form) : null;
  return {
    ...(form.name.trim() === "" ? { name: "missing" as const } : {}),
    ...(isNew ? emailProblem(form.email) : {}),
    ...(form.siteIds.length === 0 ? { siteIds: "no-site" as const } : {}),
    ...(password ? { password } : {}),
  };
}

function emailProblem(email: string): { email?: FieldProblem } {
  const text = email.trim();
  if (text === "") return { email: "missing" };
  // Only what surely is no address; whether it exists nobody can see here.
  return /^[^\s@]+@[^\s@]+$/.test(text) ? {} : { email: "not-an-email" };
}

function passwordProblem(form: UserFormState): FieldProblem | null {
  const { password } = form;
  if (password === "") return "missing";
  if (password.length < MIN_PASSWORD_LENGTH) return "too-short";
  if (password.length > MAX_PASSWORD_LENGTH) return "too-long";
  const folded = password.toLowerCase();
  const personal = [form.email.split("@")[0] ?? "", form.name]
    .map((text) => text.trim().toLowerCase())
    .filter((text) => text.length >= 4);
  return personal.some((text) => folded.includes(text)) ? "too-personal" : null;
}

/** What the form changes about a user; null when nothing. */
export function changesOf(
  before: UserFormState,
  after: UserFormState,
  userId: string,
): UpdateUserInput | null {
  const changes = {
    ...(before.name !== after.name.trim() ? { name: after.name.trim() } : {}),
    ...(before.role !== after.role ? { role: after.role } : {}),
    ...(before.grade !== after.grade ? { grade: after.grade } : {}),
    ...(before.locale !== after.locale ? { locale: after.locale } : {}),
    ...(before.isActive !== after.isActive ? { isActive: after.isActive } : {}),
    ...(isSameSet(before.siteIds, after.siteIds)
      ? {}
      : { siteIds: [...after.siteIds] }),
    ...(after.password !== "" ? { password: after.password } : {}),
  };
  return Object.keys(changes).length > 0 ? { userId, ...changes } : null;
}

/** What a change of a user means for what he may do. */
export interface AccessChange {
  role: { from: Role; to: Role } | null;
  grade: { from: ReaderGrade; to: ReaderGrade } | null;
  sitesGained: readonly string[];
  sitesLost: readonly string[];
  /** Null where it stays. */
  isActive: boolean | null;
}

/** What is asked about before it is saved; null where nobody may do more or less. */
export function accessChangeOf(
  before: UserFormState,
  after: UserFormState,
): AccessChange | null {
  const change = {
    role:
      before.role === after.role ? null : { from: before.role, to: after.role },
    grade:
      before.grade === after.grade
        ? null
        : { from: before.grade, to: after.grade },
    sitesGained: after.siteIds.filter((id) => !before.siteIds.includes(id)),
    sitesLost: before.siteIds.filter((id) => !after.siteIds.includes(id)),
    isActive: before.isActive === after.isActive ? null : after.isActive,
  };
  const isNone =
    change.role === null &&
    change.grade === null &&
    change.isActive === null &&
    change.sitesGained.length + change.sitesLost.length === 0;
  return isNone ? null : change;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}

// Without 0 O 1 l I, which are misread when a password is dictated.
const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

/**
 * A password to hand over: four groups of five, 100 bits.
 * @param random fills an array with random bytes, as crypto does
 */
export function makePassword(
  random: (bytes: Uint8Array<ArrayBuffer>) => void,
): string {
  const bytes = new Uint8Array(20);
  random(bytes);
  // 32 letters divide 256, so every letter is as likely as any other.
  const letters = [...bytes].map((byte) => LETTERS[byte % LETTERS.length]);
  return [0, 5, 10, 15]
    .map((start) => letters.slice(start, start + 5).join(""))
    .join("-");
}
