import type { Case, CaseCommentVersion } from "@lung-iris/prisma";
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
import { CaseType } from "../case-rows/case.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import { maySeeComment } from "./comment.rules.ts";
import type { CommentRow, CommentService } from "./comment.service.ts";
import { CaseCommentType, CaseCommentVersionType } from "./comment.type.ts";

/** What staff and readers say about a case. */
@Resolver(() => CaseCommentType)
export class CommentResolver {
  constructor(private readonly comments: CommentService) {}

  @Query(() => [UserType], {
    description: "Whom a comment at a site can name, by name.",
  })
  @Requires("comment:write")
  mentionableUsers(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<UserRow[]> {
    return this.comments.mentionable(viewer, siteId);
  }

  @Mutation(() => CaseCommentType, {
    description: "Adds a comment to a case and tells whom it names.",
  })
  @Requires("comment:write")
  addComment(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Arg("text", () => String, { description: "1 to 2,000 characters." })
    text: string,
    @Arg("mentionIds", () => [ID], {
      defaultValue: [],
      description: "Users of the case's site who are named, at most 20.",
    })
    mentionIds: string[],
    @Ctx() { viewer }: ApiContext,
  ): Promise<CommentRow> {
    return this.comments.add(viewer, caseId, { text, mentionIds });
  }

  @Mutation(() => CaseCommentType, {
    description: "Says a comment of your own otherwise, as its next version.",
  })
  @Requires("comment:write")
  editComment(
    @Arg("id", () => ID, { description: "The comment." }) id: string,
    @Arg("text", () => String, { description: "1 to 2,000 characters." })
    text: string,
    @Arg("mentionIds", () => [ID], {
      defaultValue: [],
      description: "Users of the case's site who are named, at most 20.",
    })
    mentionIds: string[],
    @Ctx() { viewer }: ApiContext,
  ): Promise<CommentRow> {
    return this.comments.edit(viewer, id, { text, mentionIds });
  }

  @FieldResolver(() => UserType, { description: "Who said it." })
  author(
    @Root() { authorId }: CommentRow,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserRow> {
    return loadRequired(loaders.users, authorId, "user");
  }

  @FieldResolver(() => [CaseCommentVersionType], {
    description: "As it was worded, the newest first.",
  })
  versions(@Root() { versions }: CommentRow): CaseCommentVersion[] {
    return versions;
  }

  @FieldResolver(() => [UserType], { description: "Whom it names." })
  mentions(
    @Root() { versions: [newest] }: CommentRow,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserRow[]> {
    const ids = newest?.mentionIds ?? [];
    return Promise.all(
      ids.map((id) => loadRequired(loaders.users, id, "user")),
    );
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may say it otherwise.",
  })
  viewerCanEdit(
    @Root() comment: CommentRow,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    return this.comments.canEdit(viewer, comment);
  }
}

@Resolver(() => CaseType)
export class CaseCommentsResolver {
  @FieldResolver(() => [CaseCommentType], {
    description:
      "What was said about it, the oldest first; without what is kept from you.",
  })
  async comments(
    @Root() row: Case,
    @Ctx() context: ApiContext,
  ): Promise<CommentRow[]> {
    return (await readComments(row, context)).open;
  }

  @FieldResolver(() => Int, {
    description:
      "How many comments are kept from you: until you reveal the AI, whose answer their authors knew, or have signed a further reading.",
  })
  async commentsKept(
    @Root() row: Case,
    @Ctx() context: ApiContext,
  ): Promise<number> {
    return (await readComments(row, context)).kept;
  }
}

/** A comment reaches the viewer whole or not at all: every version counts. */
async function readComments(row: Case, { viewer, loaders }: ApiContext) {
  const [all, seesAi, isFirstKept] = await Promise.all([
    loaders.commentsOfCase.load(row.id),
    loaders.seesAi.load(row),
    loaders.isFirstKept.load(row),
  ]);
  const open = all.filter(({ authorId, versions }) =>
    versions.every(({ tellsAi, tellsReading }) =>
      maySeeComment({
        isOwn: viewer.kind === "user" && viewer.userId === authorId,
        tellsAi,
        tellsReading,
        seesAi,
        isFirstKept,
      }),
    ),
  );
  return { open, kept: all.length - open.length };
}
