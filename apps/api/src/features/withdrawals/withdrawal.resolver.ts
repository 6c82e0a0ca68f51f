import type { LearningWithdrawal, Patient } from "@lung-iris/prisma";
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
import { WithdrawalConnection, WithdrawalType } from "./withdrawal.type.ts";

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

  @FieldResolver(() => PatientType, { description: "Whose films." })
  patient(
    @Root() { patientId }: LearningWithdrawal,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Patient> {
    return loadRequired(loaders.patients, patientId, "patient");
  }
}
