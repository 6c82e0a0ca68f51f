import type { Study } from "@lung-iris/prisma";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { StudyType } from "../patients/study.type.ts";
import type { StudyDetailsService } from "./study-details.service.ts";
import { StudyDetailsInput } from "./study.input.ts";

@Resolver()
export class CorrectionResolver {
  constructor(private readonly details: StudyDetailsService) {}

  @Mutation(() => StudyType, {
    description:
      "Corrects patient and study. Another record number moves the study to that patient.",
  })
  @Requires("study:edit")
  updateStudyDetails(
    @Arg("input", () => StudyDetailsInput, { description: "What to correct." })
    input: StudyDetailsInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Study> {
    return this.details.update(viewer, input);
  }
}
