import type {
  Case,
  ProcedureRun,
  ProcedureStep,
  ProcedureVersion,
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
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { loadRequired } from "../../platform/loader.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import { CaseType } from "../case-rows/case.type.ts";
import {
  planAt,
  procedureDocument,
  type ProcedurePlan,
} from "./procedure-document.ts";
import {
  ProcedureAdherenceType,
  ProcedureRunType,
  ProcedureStepConnection,
  ProcedureStepType,
} from "./procedure-run.type.ts";
import type {
  AdherenceRow,
  ProcedureStepService,
} from "./procedure-step.service.ts";
import { ProcedurePlanType, ProcedureVersionType } from "./procedure.type.ts";

/** The steps of procedures that run. */
@Resolver(() => ProcedureStepType)
export class ProcedureStepResolver {
  constructor(private readonly steps: ProcedureStepService) {}

  @Query(() => ProcedureStepConnection, {
    description:
      "Open steps of your sites, the longest overdue first; without what would tell you more of a case than you may know yet.",
  })
  @Requires("procedure:read")
  procedureSteps(
    @Arg("siteId", () => ID, {
      nullable: true,
      description: "Of one site; of all of yours where absent.",
    })
    siteId: string | null | undefined,
    @Arg("mine", () => Boolean, {
      defaultValue: false,
      description: "Only those for your role.",
    })
    isMine: boolean,
    @Arg("overdue", () => Boolean, {
      defaultValue: false,
      description: "Only those past their time.",
    })
    isOverdue: boolean,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<ProcedureStep>> {
    const asked = { siteId: siteId ?? null, isMine, isOverdue };
    return this.steps.list(viewer, asked, page);
  }

  @Query(() => [ProcedureAdherenceType], {
    description:
      "How the steps of procedures were done at a site, by procedure. Only numbers, so it is no look at any patient.",
  })
  @Requires("procedure:read")
  procedureAdherence(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("days", () => Int, {
      defaultValue: 7,
      description: "Of procedures that began in the last days, 1 to 90.",
    })
    days: number,
    @Ctx() { viewer }: ApiContext,
  ): Promise<AdherenceRow[]> {
    return this.steps.adherence(viewer, siteId, days);
  }

  @Mutation(() => ProcedureStepType, {
    description: "Says with evidence that a step is done.",
  })
  @Requires("procedure:do")
  completeProcedureStep(
    @Arg("id", () => ID, { description: "The step." }) id: string,
    @Arg("answer", () => String, {
      description: '"true", the code of an option, or a number.',
    })
    answer: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ProcedureStep> {
    return this.steps.complete(viewer, id, answer);
  }

  @Mutation(() => ProcedureStepType, {
    description: "Corrects what was said of a step that is done.",
  })
  @Requires("procedure:do")
  correctProcedureStep(
    @Arg("id", () => ID, { description: "The step." }) id: string,
    @Arg("answer", () => String, { description: "What is right." })
    answer: string,
    @Arg("reason", () => String, { description: "1 to 500 characters." })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ProcedureStep> {
    return this.steps.correct(viewer, id, answer, reason);
  }

  @FieldResolver(() => ProcedurePlanType, { description: "What it asks for." })
  async plan(
    @Root() { runId, position }: ProcedureStep,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ProcedurePlan> {
    const run = await loadRequired(loaders.procedureRuns, runId, "procedure");
    const { document } = await versionOf(run, loaders);
    return planAt(procedureDocument.parse(document), position);
  }

  @FieldResolver(() => ProcedureRunType, { description: "Of which run." })
  run(
    @Root() { runId }: ProcedureStep,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ProcedureRun> {
    return loadRequired(loaders.procedureRuns, runId, "procedure");
  }

  @FieldResolver(() => CaseType, { description: "Of which case." })
  case(
    @Root() { caseId }: ProcedureStep,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Case> {
    return loadRequired(loaders.cases, caseId, "case");
  }

  @FieldResolver(() => Boolean, { description: "Whether you may do it now." })
  viewerCanComplete(
    @Root() step: ProcedureStep,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    return this.steps.canComplete(viewer, step);
  }

  @FieldResolver(() => Boolean, { description: "Whether you may correct it." })
  viewerCanCorrect(
    @Root() step: ProcedureStep,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    return this.steps.canCorrect(viewer, step);
  }
}

@Resolver(() => ProcedureRunType)
export class ProcedureRunResolver {
  @FieldResolver(() => ProcedureVersionType, {
    description: "The version that it keeps.",
  })
  version(
    @Root() run: ProcedureRun,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ProcedureVersion> {
    return versionOf(run, loaders);
  }

  @FieldResolver(() => [ProcedureStepType], {
    description: "Its steps in order.",
  })
  steps(
    @Root() { id }: ProcedureRun,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ProcedureStep[]> {
    return loaders.stepsOfRun.load(id);
  }
}

@Resolver(() => CaseType)
export class CaseProcedureResolver {
  @FieldResolver(() => [ProcedureRunType], {
    description:
      "Procedures that began for it, in that order; without those that would tell you more of it than you may know yet.",
  })
  procedureRuns(
    @Root() { id }: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ProcedureRun[]> {
    return loaders.runsOfCase.load(id);
  }
}

function versionOf(
  { versionId }: ProcedureRun,
  loaders: ApiContext["loaders"],
): Promise<ProcedureVersion> {
  return loadRequired(
    loaders.procedureVersions,
    versionId,
    "procedure version",
  );
}
