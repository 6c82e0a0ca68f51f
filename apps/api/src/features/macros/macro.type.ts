import { Field, ID, InputType, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import type {
  ReportLanguage as LanguageName,
  ReportSection as SectionName,
} from "../reports/report.ts";
import { ReportLanguage, ReportSection } from "../reports/report.type.ts";

@ObjectType("MacroText", {
  description: "Words of a macro for one section in one language.",
})
@InputType("MacroTextInput", {
  description: "Words of a macro for one section in one language.",
})
export class MacroTextType {
  @Field(() => ReportLanguage, { description: "In which language." })
  language!: LanguageName;

  @Field(() => ReportSection, { description: "For which section." })
  section!: SectionName;

  @Field(() => String, {
    description: "1 to 4,000 characters; what stands in [ ] is to be filled.",
  })
  text!: string;
}

@ObjectType("ReportMacro", {
  implements: NodeType,
  description: "Texts that reports are written of, found by their name.",
})
export class ReportMacroType extends NodeType {
  @Field(() => String, {
    description: "One word of at most 40 characters; typed after a point.",
  })
  name!: string;
}

export const { EdgeType: ReportMacroEdge, ConnectionType: MacroConnection } =
  connectionTypes(ReportMacroType, "ReportMacro");

@InputType({ description: "Texts that reports are written of." })
export class ReportMacroInput {
  @Field(() => ID, {
    nullable: true,
    description: "The one to be changed; a new one where absent.",
  })
  id?: string | null;

  @Field(() => ID, { description: "At which site." })
  siteId!: string;

  @Field(() => String, {
    description:
      "One word of letters and digits, at most 40; once for each owner.",
  })
  name!: string;

  @Field(() => [MacroTextType], {
    description: "At least one; each section once in a language.",
  })
  texts!: MacroTextType[];
}
