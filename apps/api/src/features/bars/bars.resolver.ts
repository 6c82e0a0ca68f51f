import type { BarsVersion } from "@lung-iris/prisma";
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
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import { barsDocument, type BarsDocument } from "./bars-document.ts";
import type { BarsService } from "./bars.service.ts";
import {
  BarsDocumentType,
  BarsVersionConnection,
  BarsVersionType,
  SaveBarsInput,
} from "./bars.type.ts";

@Resolver(() => BarsVersionType)
export class BarsResolver {
  constructor(private readonly barsService: BarsService) {}

  @Query(() => BarsVersionType, {
    description: "What a candidate has to reach at the site, as of now.",
  })
  @Requires("model:read")
  bars(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<BarsVersion> {
    return this.barsService.current(viewer, siteId);
  }

  @Query(() => BarsVersionConnection, {
    description: "Every version of a site's bars, the newest first.",
  })
  @Requires("model:read")
  barsVersions(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<BarsVersion>> {
    return this.barsService.history(viewer, siteId, page);
  }

  @Mutation(() => BarsVersionType, {
    description:
      "Declares other bars, for runs to come and, where no limit got looser, for candidates that are there already. Refuses when another version was saved since the one it was made from.",
  })
  @Requires("bars:edit")
  saveBars(
    @Arg("input", () => SaveBarsInput, { description: "Which and why." })
    input: SaveBarsInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<BarsVersion> {
    return this.barsService.save(viewer, input);
  }

  @FieldResolver(() => BarsDocumentType, { description: "What they say." })
  document(@Root() { document }: BarsVersion): BarsDocument {
    return barsDocument.parse(document);
  }
}
