import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { SetAgreement } from "./agreement.rules.ts";
import type {
  AgreementService,
  ReaderAgreement,
  ReaderGrouping,
} from "./agreement.service.ts";
import {
  GroupAgreementType,
  ReaderAgreementType,
  ReaderGroupingEnum,
} from "./agreement.type.ts";

@Resolver()
export class AgreementResolver {
  constructor(private readonly agreement: AgreementService) {}

  @Query(() => ReaderAgreementType, {
    description:
      "How far the readers of a site agree with each other, and blind with the AI. Names readers, no patients.",
  })
  @Requires("agreement:read")
  readerAgreement(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("weeks", () => Int, {
      defaultValue: 12,
      description: "Signed in so many last weeks, 1 to 104.",
    })
    weeks: number,
    @Arg("drawnOnly", () => Boolean, {
      defaultValue: false,
      description: "Only cases that were drawn by chance.",
    })
    isDrawnOnly: boolean,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ReaderAgreement> {
    return this.agreement.of(viewer, { siteId, weeks, isDrawnOnly });
  }

  @Query(() => [GroupAgreementType], {
    description:
      "How far the readers of each group of a site agree with each other: of its open pools by name, at most 50, or of each pair of grades.",
  })
  @Requires("agreement:read")
  groupAgreement(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("by", () => ReaderGroupingEnum, { description: "What groups them." })
    by: ReaderGrouping,
    @Arg("weeks", () => Int, {
      defaultValue: 12,
      description: "Signed in so many last weeks, 1 to 104.",
    })
    weeks: number,
    @Arg("drawnOnly", () => Boolean, {
      defaultValue: false,
      description: "Only cases that were drawn by chance.",
    })
    isDrawnOnly: boolean,
    @Ctx() { viewer }: ApiContext,
  ): Promise<SetAgreement[]> {
    const request = { siteId, weeks, isDrawnOnly };
    return this.agreement.ofGroups(viewer, request, by);
  }
}
