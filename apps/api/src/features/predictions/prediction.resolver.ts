import type {
  Case,
  Image,
  ModelVersion,
  Prediction,
  PredictionRole as PredictionRoleName,
} from "@lung-iris/prisma";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../../context.ts";
import { loadRequired } from "../../platform/loader.ts";
import { CaseType } from "../case-rows/case.type.ts";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import { ModelVersionType } from "../models/model.type.ts";
import { PredictionRole } from "../models/prediction-role.enum.ts";
import { ImageType } from "../films/image.type.ts";
import {
  entryOf,
  judgeFindings,
  type JudgedFinding,
} from "./judged-findings.ts";
import {
  ActivationMapType,
  BoxType,
  FindingType,
  PredictionType,
} from "./prediction.type.ts";

/** A finding with its parts side by side, as the schema has them. */
type FindingRow = { [Key in keyof FindingType]: FindingType[Key] };

@Resolver(() => PredictionType)
export class PredictionResolver {
  @FieldResolver(() => Boolean, {
    description: "False when the input gate refused the film.",
  })
  assessed(@Root() { gateStatus }: Prediction): boolean {
    return gateStatus === "ASSESSED";
  }

  @FieldResolver(() => PredictionRole, {
    description: "What the model's word counted for when it was asked.",
  })
  role(@Root() { role }: Prediction): PredictionRoleName {
    return role;
  }

  @FieldResolver(() => [FindingType], {
    description:
      "What was looked for, the leading finding first; empty when not assessed.",
  })
  async findings(
    @Root() prediction: Prediction,
    @Ctx() context: ApiContext,
  ): Promise<FindingRow[]> {
    const judged = await judgedFindings(prediction, context);
    return judged.map((finding) => {
      const { code, concept, names } = entryOf(finding.code);
      return {
        code,
        concept,
        names,
        isLeading: code === LEADING_FINDING,
        score: finding.score,
        probability: finding.probability,
        low: finding.low,
        high: finding.high,
        threshold: finding.threshold,
        positive: finding.positive,
        unsure: finding.unsure,
        unsureFrom: finding.unsureFrom,
        unsureTo: finding.unsureTo,
        group: finding.ageGroup,
        groupFrom: finding.groupFrom,
      };
    });
  }

  @FieldResolver(() => [ActivationMapType], {
    description: "One map a finding; empty when not assessed.",
  })
  async activationMaps(
    @Root() { id }: Prediction,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Pick<ActivationMapType, keyof ActivationMapType>[]> {
    const maps = await loaders.mapsOfPrediction.load(id);
    return maps.map(({ code, columns, rows, values, ...rect }) => ({
      finding: code,
      width: columns,
      height: rows,
      values,
      rect,
    }));
  }

  @FieldResolver(() => [BoxType], {
    description: "Regions of positive findings.",
  })
  async boxes(
    @Root() prediction: Prediction,
    @Ctx() context: ApiContext,
  ): Promise<Pick<BoxType, keyof BoxType>[]> {
    const judged = await judgedFindings(prediction, context);
    return judged.flatMap(({ boxes }) => boxes);
  }

  @FieldResolver(() => ModelVersionType, {
    description: "Which model says it.",
  })
  modelVersion(
    @Root() { modelVersionId }: Prediction,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ModelVersion> {
    return loadRequired(loaders.modelVersions, modelVersionId, "model");
  }
}

async function judgedFindings(
  { id, imageId, modelVersionId }: Prediction,
  { loaders }: ApiContext,
): Promise<JudgedFinding[]> {
  const [rows, model, policy] = await Promise.all([
    loaders.findingsOfPrediction.load(id),
    loadRequired(loaders.modelVersions, modelVersionId, "model"),
    loaders.policyOfImage.load(imageId),
  ]);
  return judgeFindings(rows, model, policy);
}

@Resolver(() => ImageType)
export class ImagePredictionResolver {
  @FieldResolver(() => PredictionType, {
    nullable: true,
    description:
      "What the model of the case says of this film; null while the film waits for it, or while the AI is hidden from you.",
  })
  async prediction(
    @Root() { id, studyId }: Image,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Prediction | null> {
    const row = await loaders.caseOfStudy.load(studyId);
    if (row === null || !(await loaders.seesAi.load(row))) return null;
    return loaders.predictionOfImage.load(id);
  }
}

@Resolver(() => CaseType)
export class CasePredictionResolver {
  @FieldResolver(() => PredictionType, {
    nullable: true,
    description:
      "The prediction that the case shows and that a signature answers; null where there is none, or while the AI is hidden from you.",
  })
  async shownPrediction(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Prediction | null> {
    if (row.shownPredictionId === null) return null;
    if (!(await loaders.seesAi.load(row))) return null;
    return loaders.predictions.load(row.shownPredictionId);
  }
}
