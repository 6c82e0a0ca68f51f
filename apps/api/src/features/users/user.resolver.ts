import { PasswordState } from "@lung-iris/prisma";
import type { Site } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { Page } from "../../platform/pagination.ts";
import { PageArgs } from "../../platform/pagination.type.ts";
import { SiteType } from "../sites/site.type.ts";
import { CreateUserInput, UpdateUserInput } from "./user.input.ts";
import type { UserRow } from "./user.row.ts";
import type { UserService } from "./user.service.ts";
import { UserConnection, UserType } from "./user.type.ts";

@Resolver(() => UserType)
export class UserResolver {
  constructor(private readonly userService: UserService) {}

  @Query(() => UserConnection, {
    description: "Users who share a site with you, by name.",
  })
  @Requires("user:read")
  users(
    @Arg("search", () => String, {
      nullable: true,
      description: "Part of the name or the email address.",
    })
    search: string | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<UserRow>> {
    return this.userService.list(viewer, search, page);
  }

  @Mutation(() => UserType, { description: "Adds a user." })
  @Requires("user:manage")
  createUser(
    @Arg("input", () => CreateUserInput, { description: "Who." })
    input: CreateUserInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<UserRow> {
    return this.userService.create(viewer, input);
  }

  @Mutation(() => UserType, {
    description: "Changes a user. The last active admin stays one.",
  })
  @Requires("user:manage")
  updateUser(
    @Arg("input", () => UpdateUserInput, { description: "What to change." })
    input: UpdateUserInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<UserRow> {
    return this.userService.update(viewer, input);
  }

  @Mutation(() => UserType, { description: "Changes your own language." })
  @Requires("signed-in")
  setLocale(
    @Arg("locale", () => String, { description: "en or vi." }) locale: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<UserRow> {
    return this.userService.setLocale(viewer, locale);
  }

  @FieldResolver(() => [SiteType], {
    description: "Sites of the user that are yours as well, by code.",
  })
  async sites(
    @Root() { id }: UserRow,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Site[]> {
    const rows = await loaders.sitesOfUser.load(id);
    return rows.map(({ site }) => site);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "Failed sign-ins since the last good one; only for those who manage users.",
  })
  failedSignIns(
    @Root() { failedSignIns }: UserRow,
    @Ctx() { viewer }: ApiContext,
  ): number | null {
    return this.userService.canEdit(viewer) ? failedSignIns : null;
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: "The last of them; only for those who manage users.",
  })
  lastFailedSignInAt(
    @Root() { lastFailedSignInAt }: UserRow,
    @Ctx() { viewer }: ApiContext,
  ): Date | null {
    return this.userService.canEdit(viewer) ? lastFailedSignInAt : null;
  }

  @FieldResolver(() => PasswordState, {
    nullable: true,
    description: "Whose the password is; only for those who manage users.",
  })
  passwordState(
    @Root() { passwordState }: UserRow,
    @Ctx() { viewer }: ApiContext,
  ): UserRow["passwordState"] | null {
    return this.userService.canEdit(viewer) ? passwordState : null;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may change the user.",
  })
  viewerCanEdit(@Ctx() { viewer }: ApiContext): boolean {
    return this.userService.canEdit(viewer);
  }
}
