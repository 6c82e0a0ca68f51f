import { ProcedureMoment, Role } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import {
  Field,
  Float,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import { CaseType } from "../case-rows/case.type.ts";

registerEnumType(ProcedureMoment, {
  name: "ProcedureMoment",
  description: "What begins a procedure.",
  valuesConfig: {
    ARRIVAL: { description: "The film came in." },
    AI: { description: "The AI found something." },
    READING: { description: "A reading was signed." },
    CRITICAL: { description: "A signed result was marked as critical." },
  },
});

const EvidenceKind = {
  TICK: "TICK",
  CHOICE: "CHOICE",
  NUMBER: "NUMBER",
  READ_BACK: "READ_BACK",
} as const;

registerEnumType(EvidenceKind, {
  name: "ProcedureEvidenceKind",
  description: "How it is shown that a step was done.",
  valuesConfig: {
    TICK: { description: "Ticked." },
    CHOICE: { description: "One of some options." },
    NUMBER: { description: "A number with its unit." },
    READ_BACK: { description: "The critical result was read back." },
  },
});

// Each class is an output and, under another name, an input: what is shown
// is what is handed back.

@ObjectType("ProcedureWords", { description: "The same in both languages." })
@InputType("ProcedureWordsInput", {
  description: "The same in both languages; each 1 to 120 characters.",
})
export class ProcedureWordsType {
  @Field(() => String, { description: "English." })
  en!: string;

  @Field(() => String, { description: "Vietnamese." })
  vi!: string;
}

@ObjectType("ProcedureTrigger", {
  description:
    "When a procedure begins: at the moment, if all that is asked for is so. An empty list asks for nothing.",
})
@InputType("ProcedureTriggerInput", {
  description: "When a procedure begins; an empty list asks for nothing.",
})
export class ProcedureTriggerType {
  @Field(() => ProcedureMoment, { description: "The moment." })
  moment!: ProcedureMoment;

  @Field(() => [String], {
    description: "Any of these findings, by code; none with ARRIVAL.",
  })
  findings!: string[];

  @Field(() => [String], { description: "Any of these clinical flags." })
  flags!: string[];

  @Field(() => Float, { nullable: true, description: "From this age, years." })
  ageFrom?: number | null;

  @Field(() => Float, { nullable: true, description: "To this age, years." })
  ageTo?: number | null;

  @Field(() => [String], {
    description: "Any of these modalities, DICOM (0008,0060).",
  })
  modalities!: string[];

  @Field(() => [String], {
    defaultValue: [],
    description:
      "Any of these wards, 1 to 60 characters: what the film says of where the patient lay begins with these words, whatever their case and accents. A patient without a ward is on none.",
  })
  wards!: string[];
}

@ObjectType("ProcedureOption", { description: "One option of a choice." })
@InputType("ProcedureOptionInput", { description: "One option of a choice." })
export class ProcedureOptionType {
  @Field(() => String, { description: "Lower case letters, digits, hyphens." })
  code!: string;

  @Field(() => ProcedureWordsType, { description: "What people read." })
  name!: ProcedureWordsType;
}

@ObjectType("ProcedureEvidence", { description: "What a step is done with." })
@InputType("ProcedureEvidenceInput", {
  description: "What a step is done with.",
})
export class ProcedureEvidenceType {
  @Field(() => EvidenceKind, { description: "Which kind." })
  kind!: keyof typeof EvidenceKind;

  @Field(() => [ProcedureOptionType], {
    description: "Of a choice: two to eight; else none.",
  })
  options!: ProcedureOptionType[];

  @Field(() => String, { nullable: true, description: "Of a number." })
  unit?: string | null;

  @Field(() => Float, { nullable: true, description: "Smallest number." })
  min?: number | null;

  @Field(() => Float, { nullable: true, description: "Largest number." })
  max?: number | null;
}

@ObjectType("ProcedurePlan", { description: "What one step asks for." })
@InputType("ProcedurePlanInput", { description: "What one step asks for." })
export class ProcedurePlanType {
  @Field(() => ProcedureWordsType, { description: "What is done." })
  name!: ProcedureWordsType;

  @Field(() => Role, { description: "Who does it: STAFF or RADIOLOGIST." })
  role!: Role;

  @Field(() => Int, {
    description: "Minutes after the trigger, up to 43200 (30 days).",
  })
  minutes!: number;

  @Field(() => ProcedureEvidenceType, { description: "How it is shown." })
  evidence!: ProcedureEvidenceType;
}

@ObjectType("ProcedureDocument", { description: "All that a procedure says." })
@InputType("ProcedureDocumentInput", {
  description: "All that a procedure says.",
})
export class ProcedureDocumentType {
  @Field(() => ProcedureWordsType, { description: "What it is called." })
  name!: ProcedureWordsType;

  @Field(() => ProcedureTriggerType, { description: "When it begins." })
  trigger!: ProcedureTriggerType;

  @Field(() => [ProcedurePlanType], { description: "One to twenty steps." })
  steps!: ProcedurePlanType[];
}

@ObjectType("ProcedureVersion", {
  implements: NodeType,
  description: "One version of a procedure; never changed.",
})
export class ProcedureVersionType extends NodeType {
  @Field(() => ID, { description: "Of which procedure." })
  procedureId!: string;

  @Field(() => Int, { description: "Counts from 1." })
  version!: number;

  @Field(() => Boolean, { description: "Whether it begins by itself." })
  isOn!: boolean;

  @Field(() => String, { description: "Why it was changed." })
  reason!: string;

  @Field(() => String, { description: "Who changed it." })
  byName!: string;

  @Field(() => GraphQLDateTime, { description: "When." })
  createdAt!: Date;
}

export const {
  EdgeType: ProcedureVersionEdge,
  ConnectionType: ProcedureVersionConnection,
} = connectionTypes(ProcedureVersionType, "ProcedureVersion");

@InputType({ description: "The next version of a procedure, or a new one." })
export class SaveProcedureInput {
  @Field(() => ID, { description: "The site." })
  siteId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "Which procedure; a new one where absent.",
  })
  procedureId?: string | null;

  @Field(() => Int, {
    description: "The version that this was made from; 0 for a new one.",
  })
  baseVersion!: number;

  @Field(() => ProcedureDocumentType, { description: "What it says." })
  document!: ProcedureDocumentType;

  @Field(() => Boolean, { description: "Whether it begins by itself." })
  isOn!: boolean;

  @Field(() => String, { description: "Why; 1 to 500 characters." })
  reason!: string;
}

@ObjectType("ProcedurePreview", {
  description: "Which cases of the last 30 days a procedure would begin for.",
})
export class ProcedurePreviewType {
  @Field(() => GraphQLDateTime, { description: "Cases that came since then." })
  since!: Date;

  @Field(() => Int, { description: "Cases looked at." })
  looked!: number;

  @Field(() => Int, { description: "Cases that it would have begun for." })
  begun!: number;

  @Field(() => Boolean, { description: "There are more than were looked at." })
  isCapped!: boolean;

  @Field(() => [CaseType], { description: "The newest twenty of them." })
  cases!: CaseType[];
}
