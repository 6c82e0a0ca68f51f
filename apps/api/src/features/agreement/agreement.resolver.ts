import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { AgreementService, ReaderAgreement } from "./agreement.service.ts";
import { ReaderAgreementType } from "./agreement.type.ts";

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
}
