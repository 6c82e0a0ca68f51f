import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { loadRequired } from "../../platform/loader.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import type { PoolRow, PoolService } from "./pool.service.ts";
import { ReaderPoolInput, ReaderPoolType } from "./pool.type.ts";

/** Groups of readers. */
@Resolver(() => ReaderPoolType)
export class PoolResolver {
  constructor(private readonly pools: PoolService) {}

  @Query(() => [ReaderPoolType], {
    description: "The open pools of a site by name, at most 50.",
  })
  @Requires("pool:read")
  readerPools(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PoolRow[]> {
    return this.pools.list(viewer, siteId);
  }

  @Mutation(() => ReaderPoolType, {
    description: "Makes a pool, or changes the name and members of one.",
  })
  @Requires("pool:manage")
  savePool(
    @Arg("input", () => ReaderPoolInput, { description: "The pool." })
    input: ReaderPoolInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PoolRow> {
    const { id, siteId, name, memberIds } = input;
    return this.pools.save(viewer, { id: id ?? null, siteId, name, memberIds });
  }

  @Mutation(() => ReaderPoolType, {
    description:
      "Closes a pool: it takes no cases, and those that wait for it become everybody's within a minute.",
  })
  @Requires("pool:manage")
  closePool(
    @Arg("id", () => ID, { description: "The pool." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PoolRow> {
    return this.pools.close(viewer, id);
  }

  @FieldResolver(() => [UserType], { description: "Who reads for it, by id." })
  members(
    @Root() { memberIds }: PoolRow,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserRow[]> {
    return Promise.all(
      memberIds.map((id) => loadRequired(loaders.users, id, "user")),
    );
  }

  @FieldResolver(() => Int, {
    description: "Cases that wait for it and for nobody of it by name.",
  })
  waiting(
    @Root() { id }: PoolRow,
    @Ctx() { loaders }: ApiContext,
  ): Promise<number> {
    return loaders.waitingForPool.load(id);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may change or close it.",
  })
  viewerCanEdit(@Root() pool: PoolRow, @Ctx() { viewer }: ApiContext): boolean {
    return this.pools.canEdit(viewer, pool);
  }
}
