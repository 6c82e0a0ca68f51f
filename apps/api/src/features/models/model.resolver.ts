import type { ModelRole, ModelVersion } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import {
  Args,
  Ctx,
  FieldResolver,
  Int,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import {
  findingRows,
  metricRows,
  parseModelManifest,
  thresholdRows,
  type MetricRow,
  type ModelFindingRow,
  type ThresholdRow,
} from "./model-manifest.ts";
import { RecalibratedGroupType } from "./recalibration.type.ts";
import {
  datasetsOf,
  learntFrom,
  makersOf,
  recalibrationOf,
  type RecalibratedGroup,
} from "./training-record.ts";
import type { ModelService } from "./model.service.ts";
import {
  ModelFindingType,
  ModelMetricType,
  ModelRoleType,
  ModelThresholdType,
  ModelTrainingDataType,
  ModelVersionConnection,
  ModelVersionType,
} from "./model.type.ts";

@Resolver(() => ModelVersionType)
export class ModelResolver {
  constructor(private readonly models: ModelService) {}

  @Query(() => ModelVersionType, {
    nullable: true,
    description: "The model that new films go to.",
  })
  @Requires("model:read")
  liveModel(@Ctx() { viewer }: ApiContext): Promise<ModelVersion | null> {
    return this.models.live(viewer);
  }

  @Query(() => ModelVersionConnection, {
    description: "Every model that this desk has loaded, newest first.",
  })
  @Requires("model:read")
  modelVersions(
    @Args(() => ShortPageArgs) { first, after }: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<ModelVersion>> {
    return this.models.list(viewer, first, after);
  }

  @FieldResolver(() => [ModelRoleType], {
    description: "Every role that it had or has, the oldest first.",
  })
  roles(
    @Root() { id }: ModelVersion,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ModelRole[]> {
    return loaders.rolesOfModel.load(id);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether new films go to it, at one site at least.",
  })
  async isLive(
    @Root() { id }: ModelVersion,
    @Ctx() { loaders }: ApiContext,
  ): Promise<boolean> {
    const roles = await loaders.rolesOfModel.load(id);
    return roles.some(({ role, until }) => role === "LIVE" && until === null);
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: "Since when it is, or last became, live.",
  })
  async liveSince(
    @Root() { id }: ModelVersion,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Date | null> {
    const roles = await loaders.rolesOfModel.load(id);
    return roles.findLast(({ role }) => role === "LIVE")?.since ?? null;
  }

  @FieldResolver(() => Int, { description: "Weights and biases." })
  parameters(@Root() { manifest }: ModelVersion): number {
    return parseModelManifest(manifest).weights.parameters;
  }

  @FieldResolver(() => Int, { description: "Size of the weights in bytes." })
  weightsBytes(@Root() { manifest }: ModelVersion): number {
    return parseModelManifest(manifest).weights.bytes;
  }

  @FieldResolver(() => Int, {
    description: "Pixels of each side of the picture that the model sees.",
  })
  inputSize(@Root() { manifest }: ModelVersion): number {
    return parseModelManifest(manifest).input.size;
  }

  @FieldResolver(() => [ModelThresholdType], {
    description: "Every operating point by finding and age group.",
  })
  thresholds(@Root() { manifest }: ModelVersion): ThresholdRow[] {
    return thresholdRows(parseModelManifest(manifest));
  }

  @FieldResolver(() => [ModelFindingType], {
    description: "What it looks for, those that readers do not see among them.",
  })
  findings(@Root() { manifest }: ModelVersion): ModelFindingRow[] {
    return findingRows(parseModelManifest(manifest));
  }

  @FieldResolver(() => [ModelMetricType], {
    description: "How well it did, by set of films.",
  })
  metrics(@Root() { manifest }: ModelVersion): MetricRow[] {
    return metricRows(parseModelManifest(manifest));
  }

  @FieldResolver(() => [RecalibratedGroupType], {
    description:
      "How its recalibration went, by age group; empty for a model that none made, or that is older than this record of it.",
  })
  recalibration(@Root() { manifest }: ModelVersion): RecalibratedGroup[] {
    return recalibrationOf(manifest);
  }

  @FieldResolver(() => [ModelTrainingDataType], {
    description: "What it learnt from.",
  })
  trainingData(@Root() { manifest }: ModelVersion): ModelTrainingDataType[] {
    return parseModelManifest(manifest).data;
  }

  @FieldResolver(() => [String], {
    description:
      "Email addresses of those who made it, as its folder says; empty where it says nothing.",
  })
  makers(@Root() { manifest }: ModelVersion): string[] {
    return makersOf(manifest);
  }

  @FieldResolver(() => Int, {
    description:
      "Patients that its folder names as those it learnt from; 0 where it names none.",
  })
  trainingPatients(@Root() { manifest }: ModelVersion): number {
    return new Set(learntFrom(manifest)).size;
  }

  @FieldResolver(() => [String], {
    description:
      "SHA-256 of the datasets that its folder names as those it learnt from; empty where it names none.",
  })
  datasetSha256s(@Root() { manifest }: ModelVersion): string[] {
    return datasetsOf(manifest);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The model card as Markdown: the one that the run wrote into the candidate's folder, or the product's own of the model that it ships; null for a model that brought none.",
  })
  cardMarkdown(
    @Root() version: ModelVersion,
    @Ctx() { viewer }: ApiContext,
  ): Promise<string | null> {
    return this.models.card(viewer, version);
  }

  @FieldResolver(() => Int, {
    description:
      "Answers that it gave at the viewer's sites, also of films that were taken out of sight since.",
  })
  predictionCount(
    @Root() { id }: ModelVersion,
    @Ctx() { loaders }: ApiContext,
  ): Promise<number> {
    return loaders.predictionCountOfModel.load(id);
  }
}
