import type { Site } from "@lung-iris/prisma";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../../context.ts";
import { readsBlind } from "../cases/blindness.ts";
import type { ReadingMode } from "../cases/blindness.ts";
import { SiteType } from "../sites/site.type.ts";

/** What a site's policy means for whoever asks. */
@Resolver(() => SiteType)
export class SitePolicyResolver {
  constructor(
    private readonly modeOf: (siteId: string) => Promise<ReadingMode>,
  ) {}

  @FieldResolver(() => Boolean, {
    description:
      "Whether you read blind here: the AI's answer of a case is hidden until you reveal it, and no list is sorted or filtered by it.",
  })
  async viewerReadsBlind(
    @Root() { id }: Site,
    @Ctx() { viewer }: ApiContext,
  ): Promise<boolean> {
    return readsBlind(viewer, id, await this.modeOf(id));
  }
}
