import { KeptReasonKind } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import {
  ArgsType,
  Field,
  ID,
  InputType,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";

registerEnumType(KeptReasonKind, {
  name: "KeptReasonKind",
  description: "What a reason is for that somebody types beside the cases.",
  valuesConfig: {
    MERGE: { description: "Why two records are one patient's." },
    NOT_SAME: { description: "Why two records are two people's." },
    NOT_SAME_BACK: { description: "Why that is taken back." },
    MERGE_UNDO: { description: "Why a merge is taken apart." },
    WITHDRAWAL: {
      description: "Why nothing is learnt from a patient's films.",
    },
    WITHDRAWAL_LIFT: { description: "Why it is again." },
    ALARM: { description: "What an alarm was." },
    PROMOTION_PROPOSAL: { description: "Why a judged candidate is proposed." },
    PROMOTION_APPROVAL: { description: "Why a promotion is approved." },
    PROMOTION_REJECTION: { description: "Why a promotion is declined." },
    PROMOTION_ROLLBACK: { description: "Why a promotion is rolled back." },
    BARS: { description: "Why a candidate has to reach something else." },
    THRESHOLD_CHANGE: { description: "Why a threshold changes." },
    SINGLE_APPROVAL: {
      description: "Why one person is to be enough to change thresholds.",
    },
    THRESHOLD_DECLINE: { description: "Why a proposed threshold is declined." },
    POLICY: { description: "Why a site's policy changes." },
    PROCEDURE_NEW: { description: "Why a site has a new procedure." },
    PROCEDURE_CHANGE: { description: "Why a procedure changes." },
    ERASURE: { description: "Why a record is to be erased." },
    ERASURE_APPROVAL: { description: "Why a record is erased." },
    RETENTION: { description: "Why records are kept for another time." },
    ERASURE_REJECTION: { description: "Why a record is not erased." },
    SHADOW_START: { description: "Why a candidate runs as a shadow." },
    SHADOW_END: { description: "Why a shadow ends before its time." },
    OWN_MACRO: {
      description:
        "A text of your own that reports are written of: name and sections, as the page wrote them.",
    },
    SITE_MACRO: { description: "The same of a site." },
    FILM_NOTE: {
      description:
        "The note on a film that is not sent yet, or on all that are sent together.",
    },
    DETAILS_TABLE: {
      description: "A table of the details of films that are not sent yet.",
    },
  },
});

const ABOUT =
  "What it is about: a record, a merge, an alarm, a judgement, a promotion, a proposal, a procedure or a macro; else the site.";
const PART =
  "What of it: the other record, the age group, the model, or the SHA-256 of a film; else left out.";

@ObjectType("KeptReason", {
  implements: NodeType,
  description:
    "A reason that you typed and have not given yet. Nobody else can read it.",
})
export class KeptReasonType extends NodeType {
  @Field(() => KeptReasonKind, { description: "What it is for." })
  kind!: KeptReasonKind;

  @Field(() => String, { description: "What of it; empty where it is all." })
  part!: string;

  @Field(() => String, { description: "As it was typed." })
  text!: string;

  @Field(() => GraphQLDateTime, { description: "When it was last kept." })
  keptAt!: Date;
}

@ArgsType()
export class KeptReasonArgs {
  @Field(() => KeptReasonKind, { description: "What it is for." })
  kind!: KeptReasonKind;

  @Field(() => ID, { description: ABOUT })
  aboutId!: string;

  @Field(() => String, { nullable: true, description: PART })
  part?: string | null;
}

@InputType({ description: "What you have typed so far, to be kept." })
export class KeepReasonInput {
  @Field(() => KeptReasonKind, { description: "What it is for." })
  kind!: KeptReasonKind;

  @Field(() => ID, { description: ABOUT })
  aboutId!: string;

  @Field(() => String, { nullable: true, description: PART })
  part?: string | null;

  @Field(() => String, {
    description:
      "At most 1,000 characters, of a note 4,000, of a macro 60,000, of a table 100,000.",
  })
  text!: string;
}
