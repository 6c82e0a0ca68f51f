import type { Image, ModelVersion, Prediction } from "@lung-iris/prisma";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../../context.ts";
import { loadRequired } from "../../platform/loader.ts";
import { ModelVersionType } from "../models/model.type.ts";
import { ImageType } from "../films/image.type.ts";
import { readBoxes, readFindings, readMaps } from "./prediction-record.ts";
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

  @FieldResolver(() => [FindingType], {
    description: "What was looked for; empty when not assessed.",
  })
  findings(@Root() prediction: Prediction): FindingRow[] {
    return readFindings(prediction).map(({ interval, group, ...finding }) => ({
      ...finding,
      low: interval.low,
      high: interval.high,
      group: group.name,
      groupFrom: group.from,
    }));
  }

  @FieldResolver(() => [ActivationMapType], {
    description: "One map a finding; empty when not assessed.",
  })
  activationMaps(@Root() prediction: Prediction): ActivationMapType[] {
    return readMaps(prediction);
  }

  @FieldResolver(() => [BoxType], {
    description: "Regions of positive findings.",
  })
  boxes(@Root() prediction: Prediction): BoxType[] {
    return readBoxes(prediction);
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

@Resolver(() => ImageType)
export class ImagePredictionResolver {
  @FieldResolver(() => PredictionType, {
    nullable: true,
    description:
      "The newest one; null while the film waits for it, or while the AI is hidden from you.",
  })
  async prediction(
    @Root() { id, studyId }: Image,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Prediction | null> {
    const row = await loaders.caseOfStudy.load(studyId);
    if (row === null || !(await loaders.seesAi.load(row))) return null;
    const [newest] = await loaders.predictionsOfImage.load(id);
    return newest ?? null;
  }
}
