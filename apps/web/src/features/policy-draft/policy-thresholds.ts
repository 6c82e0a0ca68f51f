import type { PolicyModelsQuery } from "../../gql/graphql.ts";
import type { PolicyDraft } from "./policy-draft.ts";

export type PolicyModel =
  PolicyModelsQuery["modelVersions"]["edges"][number]["node"];

/** One threshold that a policy may set, with the model's own. */
export interface ThresholdRow {
  model: string;
  modelName: string;
  finding: string;
  ageGroup: "adult" | "child";
  /** Null where the model's card does not say it. */
  own: number | null;
  /** Null: the model's own holds. */
  set: number | null;
}

const AGE_GROUPS = ["adult", "child"] as const;

/** Rows of the live models and of those that the policy names. */
export function thresholdRows(
  models: readonly PolicyModel[],
  thresholds: PolicyDraft["thresholds"],
): ThresholdRow[] {
  const named = new Set(thresholds.map(({ model }) => model));
  return models
    .filter(({ isLive, fingerprint }) => isLive || named.has(fingerprint))
    .flatMap((model) => {
      const findings = new Set([
        ...model.thresholds.map(({ finding }) => finding),
        ...thresholds
          .filter((item) => item.model === model.fingerprint)
          .map(({ finding }) => finding),
      ]);
      return [...findings].flatMap((finding) =>
        AGE_GROUPS.map((ageGroup) => ({
          model: model.fingerprint,
          modelName: model.name,
          finding,
          ageGroup,
          own: ownOf(model, finding, ageGroup),
          set:
            thresholds.find(
              (item) =>
                item.model === model.fingerprint &&
                item.finding === finding &&
                item.ageGroup === ageGroup,
            )?.threshold ?? null,
        })),
      );
    });
}

function ownOf(
  { thresholds }: PolicyModel,
  finding: string,
  ageGroup: string,
): number | null {
  const balanced = thresholds.filter(
    (item) => item.finding === finding && item.operatingPoint === "balanced",
  );
  const own =
    balanced.find(({ group }) => group === ageGroup) ??
    balanced.find(({ group }) => group === "default");
  return own?.threshold ?? null;
}

/** The list with one threshold set, or given back to the model. */
export function withThreshold(
  thresholds: PolicyDraft["thresholds"],
  { model, finding, ageGroup }: ThresholdRow,
  threshold: number | null,
): PolicyDraft["thresholds"] {
  const others = thresholds.filter(
    (item) =>
      item.model !== model ||
      item.finding !== finding ||
      item.ageGroup !== ageGroup,
  );
  return threshold === null
    ? others
    : [...others, { model, finding, ageGroup, threshold }];
}
