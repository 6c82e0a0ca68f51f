import type { ReportMacro } from "@lung-iris/prisma";
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
import type { MacroRequest, MacroService } from "./macro.service.ts";
import { readTexts } from "./macro-text.ts";
import type { MacroText } from "./macro-text.ts";
import {
  MacroConnection,
  MacroTextType,
  ReportMacroInput,
  ReportMacroType,
} from "./macro.type.ts";

/** Texts that reports are written of. */
@Resolver(() => ReportMacroType)
export class MacroResolver {
  constructor(private readonly macros: MacroService) {}

  @Query(() => MacroConnection, {
    description: "The texts of a site and your own there, by name.",
  })
  @Requires("macro:read")
  reportMacros(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<ReportMacro>> {
    return this.macros.list(viewer, siteId, page);
  }

  @Mutation(() => ReportMacroType, { description: "Keeps a text of your own." })
  @Requires("macro:own")
  saveOwnMacro(
    @Arg("input", () => ReportMacroInput, { description: "The text." })
    input: ReportMacroInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ReportMacro> {
    return this.macros.saveOwn(viewer, requestOf(input));
  }

  @Mutation(() => ReportMacroType, {
    description: "Keeps a text for everybody who reads at a site.",
  })
  @Requires("macro:manage")
  saveSiteMacro(
    @Arg("input", () => ReportMacroInput, { description: "The text." })
    input: ReportMacroInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ReportMacro> {
    return this.macros.saveOfSite(viewer, requestOf(input));
  }

  @Mutation(() => ReportMacroType, {
    description: "Removes a text; answers what it was.",
  })
  @Requires("macro:read")
  deleteMacro(
    @Arg("id", () => ID, { description: "The text." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ReportMacro> {
    return this.macros.remove(viewer, id);
  }

  @FieldResolver(() => [MacroTextType], {
    description: "Its words by language and section.",
  })
  texts(@Root() { texts }: ReportMacro): MacroText[] {
    return readTexts(texts);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether it is the whole site's.",
  })
  isOfSite(@Root() { ownerId }: ReportMacro): boolean {
    return ownerId === null;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may change or remove it.",
  })
  viewerCanEdit(
    @Root() macro: ReportMacro,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    return this.macros.canEdit(viewer, macro);
  }
}

function requestOf(input: ReportMacroInput): MacroRequest {
  const { id, siteId, name, texts } = input;
  return { id: id ?? null, siteId, name, texts };
}
