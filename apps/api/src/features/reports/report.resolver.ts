import { Args, Ctx, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { plainFindings } from "../reading-findings/reading-finding.ts";
import type {
  ReportSuggestion,
  ReportSuggestionService,
} from "./report-suggestion.service.ts";
import { ReportSuggestionArgs } from "./report.input.ts";
import { ReportSuggestionType } from "./report.type.ts";

/** Help with writing a report. */
@Resolver()
export class ReportResolver {
  constructor(private readonly suggestions: ReportSuggestionService) {}

  @Query(() => ReportSuggestionType, {
    description:
      "Sentences for the report of a case, made of the order, the film and what you chose. Nothing of the AI is in them.",
  })
  @Requires("reading:sign")
  reportSuggestion(
    @Args(() => ReportSuggestionArgs)
    { caseId, language, label, findings }: ReportSuggestionArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ReportSuggestion> {
    return this.suggestions.suggest(viewer, {
      caseId,
      language,
      label: label ?? null,
      findings: plainFindings(findings ?? []),
    });
  }
}
