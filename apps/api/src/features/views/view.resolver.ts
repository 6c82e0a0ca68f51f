import type { WorklistView } from "@lung-iris/prisma";
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
import { PageArgs } from "../../platform/pagination.type.ts";
import { readSettings } from "./view-settings.ts";
import type { ViewSettings } from "./view-settings.ts";
import type { ViewService } from "./view.service.ts";
import {
  ViewConnection,
  ViewInput,
  ViewSettingsType,
  ViewType,
} from "./view.type.ts";

/** Worklists as people set them out. */
@Resolver(() => ViewType)
export class ViewResolver {
  constructor(private readonly views: ViewService) {}

  @Query(() => ViewConnection, {
    description: "Your own views and those shared with your sites, by name.",
  })
  @Requires("view:own")
  worklistViews(
    @Arg("siteId", () => ID, {
      nullable: true,
      description: "Leaves out what is shared with other sites.",
    })
    siteId: string | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<WorklistView>> {
    return this.views.list(viewer, siteId ?? null, page);
  }

  @Query(() => ViewType, {
    nullable: true,
    description:
      "What your worklist opens with; null for the usual list, and where you may no longer use it.",
  })
  @Requires("view:own")
  defaultWorklistView(
    @Ctx() { viewer }: ApiContext,
  ): Promise<WorklistView | null> {
    return this.views.findDefault(viewer);
  }

  @Mutation(() => ViewType, { description: "Keeps a view of your own." })
  @Requires("view:own")
  createWorklistView(
    @Arg("input", () => ViewInput, { description: "The view." })
    input: ViewInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<WorklistView> {
    return this.views.create(viewer, input);
  }

  @Mutation(() => ViewType, {
    description: "Gives a view another name or other settings.",
  })
  @Requires("view:own")
  changeWorklistView(
    @Arg("id", () => ID, { description: "The view." }) id: string,
    @Arg("input", () => ViewInput, { description: "What it becomes." })
    input: ViewInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<WorklistView> {
    return this.views.change(viewer, id, input);
  }

  @Mutation(() => ViewType, {
    description: "Shares a view with a site, or takes it back.",
  })
  @Requires("view:share")
  shareWorklistView(
    @Arg("id", () => ID, { description: "The view." }) id: string,
    @Arg("siteId", () => ID, {
      nullable: true,
      description: "With whom; null gives it back to whoever made it.",
    })
    siteId: string | null,
    @Ctx() { viewer }: ApiContext,
  ): Promise<WorklistView> {
    return this.views.share(viewer, id, siteId ?? null);
  }

  @Mutation(() => ViewType, {
    description: "Removes a view; it can be brought back within an hour.",
  })
  @Requires("view:own")
  deleteWorklistView(
    @Arg("id", () => ID, { description: "The view." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<WorklistView> {
    return this.views.remove(viewer, id);
  }

  @Mutation(() => ViewType, {
    description: "Brings back a view that was just removed.",
  })
  @Requires("view:own")
  restoreWorklistView(
    @Arg("id", () => ID, { description: "The view." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<WorklistView> {
    return this.views.restore(viewer, id);
  }

  @Mutation(() => ViewType, {
    nullable: true,
    description: "Has your worklist open with a view.",
  })
  @Requires("view:own")
  setDefaultWorklistView(
    @Arg("id", () => ID, {
      nullable: true,
      description: "The view; null for the usual list.",
    })
    id: string | null,
    @Ctx() { viewer }: ApiContext,
  ): Promise<WorklistView | null> {
    return this.views.chooseDefault(viewer, id ?? null);
  }

  @FieldResolver(() => ViewSettingsType, {
    description: "How the list is set out.",
  })
  settings(@Root() { settings }: WorklistView): ViewSettings {
    return readSettings(settings);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may change, share or remove it.",
  })
  viewerCanEdit(
    @Root() view: WorklistView,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    return this.views.canEdit(viewer, view);
  }

  @FieldResolver(() => Boolean, {
    description:
      "False: it sorts or filters by what the AI says, which blind reading keeps from you.",
  })
  viewerMayUse(
    @Root() view: WorklistView,
    @Ctx() { viewer }: ApiContext,
  ): Promise<boolean> {
    return this.views.mayUse(viewer, view);
  }
}
