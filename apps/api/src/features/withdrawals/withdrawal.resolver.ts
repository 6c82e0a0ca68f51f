import type { LearningWithdrawal, Patient, Site } from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
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
import { PatientType } from "../patients/patient.type.ts";
import type { WithdrawalService } from "./withdrawal.service.ts";
import {
  ModelHoldingType,
  WithdrawalConnection,
  WithdrawalType,
} from "./withdrawal.type.ts";
import type { ModelHolding } from "./models-behind.ts";
import { SiteType } from "../sites/site.type.ts";

@Resolver(() => WithdrawalType)
export class WithdrawalResolver {
  constructor(private readonly withdrawals: WithdrawalService) {}

  @Query(() => WithdrawalConnection, {
    description:
      "Patients of the viewer's sites who were withdrawn from learning, newest first, lifted ones too.",
  })
  @Requires("learning:withdraw")
  learningWithdrawals(
    @Args(() => ShortPageArgs) { first, after }: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<LearningWithdrawal>> {
    return this.withdrawals.list(viewer, first, after);
  }

  @Query(() => WithdrawalType, {
    nullable: true,
    description: "A patient's withdrawal that holds; null without one.",
  })
  @Requires("learning:withdraw")
  learningWithdrawal(
    @Arg("patientId", () => ID, { description: "The patient." })
    patientId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<LearningWithdrawal | null> {
    return this.withdrawals.open(viewer, patientId);
  }

  @Mutation(() => WithdrawalType, {
    description: "From now on no dataset takes the patient's films.",
  })
  @Requires("learning:withdraw")
  withdrawFromLearning(
    @Arg("patientId", () => ID, { description: "The patient." })
    patientId: string,
    @Arg("reason", () => String, { description: "1 to 1,000 characters." })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<LearningWithdrawal> {
    return this.withdrawals.withdraw(viewer, patientId, reason);
  }

  @Mutation(() => WithdrawalType, {
    description: "Datasets may take the patient's films again.",
  })
  @Requires("learning:withdraw")
  liftLearningWithdrawal(
    @Arg("patientId", () => ID, { description: "The patient." })
    patientId: string,
    @Arg("reason", () => String, { description: "1 to 1,000 characters." })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<LearningWithdrawal> {
    return this.withdrawals.lift(viewer, patientId, reason);
  }

  @FieldResolver(() => [ModelHoldingType], {
    description:
      "Models that learnt from the patient, as their folders say, with what to do about each; the newest 50.",
  })
  models(
    @Root() { siteId, patientId }: LearningWithdrawal,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ModelHolding[]> {
    return loaders.modelsHolding.load({ siteId, patientId });
  }

  @FieldResolver(() => PatientType, { description: "Whose films." })
  patient(
    @Root() { patientId }: LearningWithdrawal,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Patient> {
    return loadRequired(loaders.patients, patientId, "patient");
  }
}

@Resolver(() => ModelHoldingType)
export class ModelHoldingResolver {
  @FieldResolver(() => [SiteType], {
    description: "Sites of the viewer's where it has the role by itself.",
  })
  async sites(
    @Root() { siteIds }: ModelHolding,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Site[]> {
    const own = siteIds.filter((id) => id !== null);
    const sites = await Promise.all(own.map((id) => loaders.sites.load(id)));
    return sites.filter((site) => site !== null);
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether it has the role wherever a site has no live model of its own.",
  })
  isEverywhere(@Root() { siteIds }: ModelHolding): boolean {
    return siteIds.includes(null);
  }
}
