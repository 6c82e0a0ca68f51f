import type { RetentionVersion } from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import type { RetentionDue, RetentionService } from "./retention.service.ts";
import {
  RetentionPreviewType,
  RetentionVersionConnection,
  RetentionVersionType,
  SaveRetentionInput,
} from "./retention.type.ts";

@Resolver(() => RetentionVersionType)
export class RetentionResolver {
  constructor(private readonly service: RetentionService) {}

  @Query(() => RetentionVersionConnection, {
    description:
      "How long a site keeps records, the newest version first; none: for ever.",
  })
  @Requires("erasure:read")
  retentionVersions(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<RetentionVersion>> {
    return this.service.history(viewer, siteId, page);
  }

  @Query(() => RetentionPreviewType, {
    description: "What would be over today if records were kept so long.",
  })
  @Requires("erasure:read")
  async retentionPreview(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("keepDays", () => Int, {
      description: "30 to 36,500 days after the last study.",
    })
    keepDays: number,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Omit<RetentionDue, "bytes"> & { bytes: string }> {
    const due = await this.service.preview(viewer, siteId, keepDays);
    return { ...due, bytes: String(due.bytes) };
  }

  @Mutation(() => RetentionVersionType, {
    description:
      "Says how long a site keeps records; what is over is proposed each night.",
  })
  @Requires("patient:erase")
  saveRetention(
    @Arg("input", () => SaveRetentionInput, { description: "How long, why." })
    input: SaveRetentionInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<RetentionVersion> {
    const { siteId, baseVersion, reason, keepDays = null } = input;
    return this.service.save(viewer, { siteId, baseVersion, keepDays, reason });
  }
}
