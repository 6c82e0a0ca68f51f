import type { ProcedureVersion } from "@lung-iris/prisma";
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
import { procedureDocument } from "./procedure-document.ts";
import type { ProcedureDocument } from "./procedure-document.ts";
import type { ProcedurePreview } from "./procedure-preview.ts";
import type { ProcedureService } from "./procedure.service.ts";
import {
  ProcedureDocumentType,
  ProcedurePreviewType,
  ProcedureVersionConnection,
  ProcedureVersionType,
  SaveProcedureInput,
} from "./procedure.type.ts";

/** What a site does beside the reading, as its admins write it. */
@Resolver(() => ProcedureVersionType)
export class ProcedureResolver {
  constructor(private readonly service: ProcedureService) {}

  @Query(() => [ProcedureVersionType], {
    description: "The procedures of a site as they hold now; at most fifty.",
  })
  @Requires("procedure:read")
  procedures(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ProcedureVersion[]> {
    return this.service.list(viewer, siteId);
  }

  @Query(() => ProcedureVersionConnection, {
    description: "Every version of a procedure, the newest first.",
  })
  @Requires("procedure:read")
  procedureVersions(
    @Arg("procedureId", () => ID, { description: "The procedure." })
    procedureId: string,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<ProcedureVersion>> {
    return this.service.history(viewer, procedureId, page);
  }

  @Query(() => ProcedurePreviewType, {
    description:
      "Which cases of the last 30 days a procedure would begin for; changes nothing.",
  })
  @Requires("procedure:edit")
  previewProcedure(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("document", () => ProcedureDocumentType, {
      description: "The procedure.",
    })
    document: ProcedureDocumentType,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ProcedurePreview> {
    return this.service.preview(viewer, siteId, document);
  }

  @Mutation(() => ProcedureVersionType, {
    description:
      "Adds the next version of a procedure, or a new one. Refuses when another version was saved since the one it was made from; what runs goes on as it began.",
  })
  @Requires("procedure:edit")
  saveProcedure(
    @Arg("input", () => SaveProcedureInput, { description: "What and why." })
    input: SaveProcedureInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ProcedureVersion> {
    return this.service.save(viewer, input);
  }

  @FieldResolver(() => ProcedureDocumentType, { description: "What it says." })
  document(@Root() { document }: ProcedureVersion): ProcedureDocument {
    return procedureDocument.parse(document);
  }
}
