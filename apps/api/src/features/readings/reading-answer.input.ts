import { Field, InputType, Int } from "type-graphql";
import type { NotDiagnosticReason as NotDiagnosticReasonName } from "./not-diagnostic.rules.ts";
import { NotDiagnosticReason } from "./reading.type.ts";

/** What a draft, a signature and an amendment say of a film in the same words. */
@InputType()
export abstract class ReadingAnswerInput {
  @Field(() => NotDiagnosticReason, {
    nullable: true,
    description: "Why the film answers nothing; needed with NOT_DIAGNOSTIC.",
  })
  notDiagnosticReason?: NotDiagnosticReasonName | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether another film is asked for; only with NOT_DIAGNOSTIC.",
  })
  retakeAsked?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: "The reader's certainty, 1 (a guess) to 5 (sure).",
  })
  confidence?: number | null;

  @Field(() => String, { nullable: true, description: "Free text." })
  comment?: string | null;
}
