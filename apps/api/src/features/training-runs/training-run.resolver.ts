import type {
  ModelVersion,
  TrainingLogLine,
  TrainingPoint,
} from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { can } from "../../access/authorize.ts";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import { ModelVersionType } from "../models/model.type.ts";
import type {
  TrainingRunRow,
  TrainingRunService,
} from "./training-run.service.ts";
import {
  StartTrainingInput,
  TrainingLogLineConnection,
  TrainingPointType,
  TrainingRunConnection,
  TrainingRunType,
  TrainingSettingType,
} from "./training-run.type.ts";
import { checkpointSchema } from "./training-settings.ts";

const RUN = "The run.";

@Resolver(() => TrainingRunType)
export class TrainingRunResolver {
  constructor(private readonly service: TrainingRunService) {}

  @Query(() => TrainingRunConnection, {
    description: "Every training run of a site, the newest first.",
  })
  @Requires("training:read")
  trainingRuns(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<TrainingRunRow>> {
    return this.service.list(viewer, siteId, page);
  }

  @Query(() => TrainingRunType, {
    nullable: true,
    description: "One run; null where there is none or it may not be seen.",
  })
  @Requires("training:read")
  trainingRun(
    @Arg("id", () => ID, { description: RUN }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<TrainingRunRow | null> {
    return this.service.find(viewer, id);
  }

  @Mutation(() => TrainingRunType, {
    description:
      "Asks for a run from the site's live model on a frozen dataset, under bars that were declared before.",
  })
  @Requires("training:run")
  startTraining(
    @Arg("input", () => StartTrainingInput, { description: "Which." })
    input: StartTrainingInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<TrainingRunRow> {
    const { fineTuning, memoryMegabytes, ...request } = input;
    const settings = { ...given(fineTuning), ...given({ memoryMegabytes }) };
    return this.service.start(viewer, { ...request, settings });
  }

  @Mutation(() => TrainingRunType, {
    description: "Halts a run; what it had reached is kept.",
  })
  @Requires("training:run")
  pauseTraining(
    @Arg("id", () => ID, { description: RUN }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<TrainingRunRow> {
    return this.service.command(viewer, id, "pause");
  }

  @Mutation(() => TrainingRunType, {
    description: "Lets a halted run go on where it stood.",
  })
  @Requires("training:run")
  resumeTraining(
    @Arg("id", () => ID, { description: RUN }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<TrainingRunRow> {
    return this.service.command(viewer, id, "resume");
  }

  @Mutation(() => TrainingRunType, {
    description: "Ends a run for good; nothing comes of it.",
  })
  @Requires("training:run")
  stopTraining(
    @Arg("id", () => ID, { description: RUN }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<TrainingRunRow> {
    return this.service.command(viewer, id, "stop");
  }

  @FieldResolver(() => String, { description: "Name of the dataset." })
  datasetName(@Root() { dataset }: TrainingRunRow): string {
    return dataset.name;
  }

  @FieldResolver(() => Int, {
    description: "Version of the bars that were declared before it.",
  })
  barsVersion(@Root() { bars }: TrainingRunRow): number {
    return bars.version;
  }

  @FieldResolver(() => [TrainingSettingType], {
    description: "What it is made with.",
  })
  settings(@Root() { settings }: TrainingRunRow): TrainingSettingType[] {
    return Object.entries(settings ?? {}).map(([name, value]) =>
      Object.assign(new TrainingSettingType(), {
        name,
        value: value === null ? null : String(value),
      }),
    );
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "The step from which it would go on; null: from the start.",
  })
  checkpointStep(@Root() { checkpoint }: TrainingRunRow): number | null {
    const parsed = checkpointSchema.safeParse(checkpoint);
    return parsed.success ? parsed.data.step : null;
  }

  @FieldResolver(() => [TrainingPointType], {
    description: "Its curves, at most a thousand points.",
  })
  points(
    @Root() run: TrainingRunRow,
    @Ctx() { viewer }: ApiContext,
  ): Promise<TrainingPoint[]> {
    return this.service.points(viewer, run);
  }

  @FieldResolver(() => TrainingLogLineConnection, {
    description: "Its log, the newest line first.",
  })
  log(
    @Root() run: TrainingRunRow,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<TrainingLogLine>> {
    return this.service.log(viewer, run, page);
  }
}

/** What a model's page says of the run that made it. */
@Resolver(() => ModelVersionType)
export class CandidateRunResolver {
  @FieldResolver(() => TrainingRunType, {
    nullable: true,
    description:
      "The first run that made it; null where none of the viewer's sites did, or where he may not see runs.",
  })
  async madeBy(
    @Root() { id }: ModelVersion,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<TrainingRunRow | null> {
    if (!can(viewer, "training:read")) return null;
    return (await loaders.runsOfCandidate.load(id))[0] ?? null;
  }
}

/** What was said: what was left out, or null, is as shipped. */
function given(values: object | null | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter(
      ([, value]) => value !== undefined && value !== null,
    ),
  );
}
