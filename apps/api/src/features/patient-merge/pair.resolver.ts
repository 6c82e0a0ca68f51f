import type { Patient, PatientPair } from "@lung-iris/prisma";
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
import type { PairService } from "./pair.service.ts";
import { PatientPairConnection, PatientPairType } from "./pair.type.ts";

@Resolver(() => PatientPairType)
export class PairResolver {
  constructor(private readonly pairs: PairService) {}

  @Query(() => PatientPairConnection, {
    description:
      "Records of the viewer's sites that look like one person's, newest first.",
  })
  @Requires("patient:merge")
  patientPairs(
    @Args(() => ShortPageArgs) { first, after }: ShortPageArgs,
    @Arg("notSame", () => Boolean, {
      defaultValue: false,
      description: "Instead those of which somebody said that they are not.",
    })
    notSame: boolean,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<PatientPair>> {
    return this.pairs.list(viewer, notSame, first, after);
  }

  @Mutation(() => PatientPairType, {
    description:
      "Two records are two people's: they are suggested no more and cannot be merged.",
  })
  @Requires("patient:merge")
  denySamePatient(
    @Arg("patientId", () => ID, { description: "One record." }) one: string,
    @Arg("otherId", () => ID, { description: "The other." }) other: string,
    @Arg("reason", () => String, { description: "1 to 1,000 characters." })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PatientPair> {
    return this.pairs.deny(viewer, { one, other }, reason);
  }

  @Mutation(() => PatientPairType, {
    description:
      "Takes back that two records are two people's; they are suggested again where they are alike.",
  })
  @Requires("patient:merge")
  takeBackDenial(
    @Arg("id", () => ID, { description: "The pair." }) id: string,
    @Arg("reason", () => String, { description: "1 to 1,000 characters." })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PatientPair> {
    return this.pairs.takeBack(viewer, id, reason);
  }

  @FieldResolver(() => PatientType, { description: "One of the two records." })
  first(
    @Root() { firstId }: PatientPair,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Patient> {
    return loadRequired(loaders.patients, firstId, "patient");
  }

  @FieldResolver(() => PatientType, { description: "The other." })
  second(
    @Root() { secondId }: PatientPair,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Patient> {
    return loadRequired(loaders.patients, secondId, "patient");
  }
}
