import type { Site } from "@lung-iris/prisma";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../../context.ts";
import { readsBlind } from "./blindness.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { SiteType } from "../sites/site.type.ts";

/** What a site's policy means for whoever asks. */
@Resolver(() => SiteType)
export class SitePolicyResolver {
  constructor(private readonly policies: SitePolicies) {}

  @FieldResolver(() => Boolean, {
    description:
      "Whether you read blind here: the AI's answer of a case is hidden until you reveal it, and no list is sorted or filtered by it.",
  })
  async viewerReadsBlind(
    @Root() { id }: Site,
    @Ctx() { viewer }: ApiContext,
  ): Promise<boolean> {
    const { document } = await this.policies.current(id);
    return readsBlind(viewer, id, document.reading.mode);
  }
}
