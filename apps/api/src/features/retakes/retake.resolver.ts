import type { Case } from "@lung-iris/prisma";
import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  registerEnumType,
  Resolver,
  Root,
} from "type-graphql";
import { can } from "../../access/authorize.ts";
import { Requires } from "../../access/requires.ts";
import type { RetakeEnd as RetakeEndName } from "../../audit/events/case-events.ts";
import type { ApiContext } from "../../context.ts";
import { awaitsRetake } from "../case-machine/case.transition.ts";
import { CaseType } from "../case-rows/case.type.ts";
import type { RetakeService } from "./retake.service.ts";

const RetakeEnd: { [Name in RetakeEndName]: Name } = {
  TAKEN_ELSEWHERE: "TAKEN_ELSEWHERE",
  NOT_POSSIBLE: "NOT_POSSIBLE",
  NOT_NEEDED: "NOT_NEEDED",
  OTHER: "OTHER",
};

registerEnumType(RetakeEnd, {
  name: "RetakeEnd",
  description: "Why a film that was asked for will not come.",
  valuesConfig: {
    TAKEN_ELSEWHERE: { description: "It was taken, and is read elsewhere." },
    NOT_POSSIBLE: { description: "The patient left, or cannot be moved." },
    NOT_NEEDED: { description: "Whoever sent the patient wants none." },
    OTHER: { description: "As the note says." },
  },
});

/** Films that readers asked for again. */
@Resolver(() => CaseType)
export class RetakeResolver {
  constructor(private readonly retakeService: RetakeService) {}

  @Mutation(() => CaseType, {
    description:
      "Says that the film that the reader asked for will not come. One that comes ends the wait by itself.",
  })
  @Requires("case:end-retake")
  endRetake(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Arg("reason", () => RetakeEnd, { description: "Why." })
    reason: RetakeEndName,
    @Arg("note", () => String, {
      nullable: true,
      description: "Beside the reason; needed with OTHER.",
    })
    note: string | null,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.retakeService.end(viewer, caseId, reason, note);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may say that no film will come.",
  })
  async viewerCanEndRetake(
    @Root() row: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<boolean> {
    if (await loaders.isFirstKept.load(row)) return false;
    return awaitsRetake(row) && can(viewer, "case:end-retake", row.siteId);
  }
}
