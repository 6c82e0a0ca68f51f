"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useNotify } from "../../components/ui/use-notify.tsx";
import {
  MODELS,
  PROMOTE_MODEL,
  RETIRE_MODEL,
  SHADOW_MODEL,
} from "./model-queries.ts";
import type { RoleAction } from "./model-role.ts";
import type { Model } from "./use-models.ts";

const MUTATIONS = {
  promote: PROMOTE_MODEL,
  shadow: SHADOW_MODEL,
  retire: RETIRE_MODEL,
} as const;

/** Changes a model's role on the whole desk; whether that went through. */
export function useRoleAction(model: Model, action: RoleAction) {
  const t = useTranslations("models.roles");
  const notify = useNotify();
  // The mutations differ in name and answer only; their input is the same.
  const [change, { loading }] = useMutation(
    MUTATIONS[action] as typeof PROMOTE_MODEL,
    { refetchQueries: [MODELS], awaitRefetchQueries: true },
  );
  const submit = async (reason: string): Promise<boolean> => {
    try {
      await change({
        variables: { input: { modelVersionId: model.id, reason } },
      });
      notify.done(t(`${action}.done`, { name: model.name }));
      return true;
    } catch (error) {
      notify.failed(t(`${action}.failed`, { name: model.name }), error);
      return false;
    }
  };
  return { submit, isBusy: loading };
}
