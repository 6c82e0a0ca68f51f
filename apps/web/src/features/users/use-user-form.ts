"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useServerWords } from "../../lib/code-words.ts";
import { useState } from "react";
import { useNotify } from "../../components/ui/use-notify.tsx";
import { useAskAboutAccess } from "./components/ask-about-access.tsx";
import { type UserRefusal, refusalsOf } from "./user-errors.ts";
import {
  type FieldProblem,
  type UserField,
  type UserFormState,
  type UserRow,
  accessChangeOf,
  changesOf,
  problemsOf,
} from "./user-form-state.ts";
import { CREATE_USER, UPDATE_USER, USERS } from "./user-queries.ts";

interface Options {
  user: UserRow | null;
  start: UserFormState;
  onDone: () => void;
}

export interface UserFormControl {
  form: UserFormState;
  change: (part: Partial<UserFormState>) => void;
  isDirty: boolean;
  isSaving: boolean;
  /** What to show at a field, or null. */
  errorAt: (field: UserField) => string | null;
  /** A refusal that is about no field. */
  error: unknown;
  submit: () => void;
}

/** The form of one user: what is typed, what is wrong, and sending it. */
export function useUserForm({ user, start, onDone }: Options): UserFormControl {
  const [initial] = useState(start);
  const [form, setForm] = useState(initial);
  const [isChecked, setChecked] = useState(false);
  const [touched, setTouched] = useState<readonly UserField[]>([]);
  const save = useSave(user, onDone);
  const changed = changedFields(initial, form);
  const problems = problemsOf(form, user === null);
  const refusals = refusalsOf(save.error, changed);
  const problemText = useProblemText();
  const refusalText = useRefusalText();
  const askAboutAccess = useAskAboutAccess();
  const errorAt = (field: UserField) => {
    const problem = problems[field];
    if (problem && isChecked) return problemText(field, problem);
    // An answer about what was sent; typing there again takes it away.
    if (touched.includes(field)) return null;
    const refusal = refusals.find((item) => item.field === field);
    return refusal ? refusalText(refusal) : null;
  };
  return {
    form,
    change: (part) => {
      setForm((before) => ({ ...before, ...part }));
      // The keys of a partial form are its fields.
      const fields = Object.keys(part) as UserField[];
      setTouched((before) => [...before, ...fields]);
    },
    isDirty: changed.length > 0,
    isSaving: save.isSaving,
    errorAt,
    error: refusals.length === 0 ? save.error : undefined,
    submit: () => {
      setChecked(true);
      if (Object.keys(problems).length > 0) return;
      setTouched([]);
      // A refusal is shown in the form, which keeps what was typed.
      const send = () => void save.send(initial, form).catch(() => undefined);
      const access = user === null ? null : accessChangeOf(initial, form);
      if (access === null) send();
      else askAboutAccess(initial.name, access, send);
    },
  };
}

function changedFields(
  before: UserFormState,
  after: UserFormState,
): UserField[] {
  // Both have the fields of the form and no others.
  const fields = Object.keys(after) as UserField[];
  return fields.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
}

function useSave(user: UserRow | null, onDone: () => void) {
  const t = useTranslations("users.form");
  const notify = useNotify();
  const options = { refetchQueries: [USERS] };
  const [create, created] = useMutation(CREATE_USER, options);
  const [update, updated] = useMutation(UPDATE_USER, options);
  const done = (name: string, undo?: () => void) => {
    notify.done(t(user ? "saved" : "added", { name }), undo);
    onDone();
  };
  const send = async (before: UserFormState, form: UserFormState) => {
    if (user === null) {
      const { name, email, role, grade, password, locale, siteIds } = form;
      const input = {
        name: name.trim(),
        email: email.trim(),
        role,
        grade,
        password,
        locale,
        siteIds: [...siteIds],
      };
      const { data } = await create({ variables: { input } });
      if (data) done(data.createUser.name);
      return;
    }
    const input = changesOf(before, form, user.id);
    if (input === null) {
      onDone();
      return;
    }
    const { data } = await update({ variables: { input } });
    if (!data) return;
    const access = accessChangeOf(before, form);
    if (access === null) {
      done(data.updateUser.name);
      return;
    }
    // What he may do goes back to what it was; the rest of the form stays.
    const { role, grade, siteIds, isActive } = before;
    const rights = { role, grade, siteIds: [...siteIds], isActive };
    const former = { userId: user.id, ...rights };
    done(data.updateUser.name, () => {
      update({ variables: { input: former } })
        .then(() => notify.done(t("takenBack", { name: before.name })))
        .catch((error: unknown) => notify.failed(t("notSaved"), error));
    });
  };
  return {
    send,
    isSaving: created.loading || updated.loading,
    error: created.error ?? updated.error,
  };
}

function useProblemText() {
  const t = useTranslations("users.form.problems");
  return (field: UserField, problem: FieldProblem): string => {
    if (problem !== "missing") return t(problem);
    if (field === "email") return t("missingEmail");
    return field === "password" ? t("missingPassword") : t("missingName");
  };
}

function useRefusalText() {
  const t = useTranslations("users.form.refusals");
  const say = useServerWords();
  const problems = useTranslations("users.form.problems");
  return ({ code, message, problem }: UserRefusal): string => {
    if (
      code === "EMAIL_TAKEN" ||
      code === "EMAIL_NOT_AVAILABLE" ||
      code === "LAST_ADMIN"
    )
      return t(code);
    if (problem !== null) return problems(problem);
    return say(message, t("other"));
  };
}
