import { ErasureCause, ErasureState } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

registerEnumType(ErasureCause, {
  name: "ErasureCause",
  description: "Why a record is to go.",
  valuesConfig: {
    ASKED: { description: "Somebody asked for it." },
    RETENTION: {
      description: "It is older than the site's policy keeps records.",
    },
  },
});

registerEnumType(ErasureState, {
  name: "ErasureState",
  description: "How far an erasure has come.",
  valuesConfig: {
    PROPOSED: { description: "Waits for a second person." },
    APPROVED: { description: "The record is gone." },
    REJECTED: { description: "It was declined or taken back." },
  },
});

const Obstacle = {
  BEING_READ: "being-read",
  CRITICAL_OPEN: "critical-open",
  EXPORT_RUNNING: "export-running",
  TRAINING_RUNNING: "training-running",
} as const;
registerEnumType(Obstacle, {
  name: "ErasureObstacle",
  description: "Why a record cannot be erased now.",
  valuesConfig: {
    BEING_READ: { description: "A case of the patient is being read." },
    CRITICAL_OPEN: { description: "A critical result was not read back yet." },
    EXPORT_RUNNING: {
      description: "An export that holds the films is being made.",
    },
    TRAINING_RUNNING: {
      description: "A training run on the films is not over.",
    },
  },
});

@ObjectType("ErasureCounts", {
  description: "How much of a person an erasure takes, and what stays.",
})
export class ErasureCountsType {
  @Field(() => Int, { description: "Records, those merged into it too." })
  records!: number;

  @Field(() => Int, { description: "Studies." })
  studies!: number;

  @Field(() => Int, { description: "Films." })
  films!: number;

  @Field(() => String, {
    description: "Bytes of the films as they came, as text: may pass 2^31.",
  })
  bytes!: string;

  @Field(() => Int, { description: "Cases." })
  cases!: number;

  @Field(() => Int, { description: "Of the cases: signed ones." })
  signedCases!: number;

  @Field(() => Int, { description: "Readings with their drafts." })
  readings!: number;

  @Field(() => Int, {
    description: "Signed versions with their reports, and preliminary ones.",
  })
  reports!: number;

  @Field(() => Int, { description: "Answers of models." })
  predictions!: number;

  @Field(() => Int, { description: "Labels, ended ones too." })
  labels!: number;

  @Field(() => Int, { description: "Comments." })
  comments!: number;

  @Field(() => Int, { description: "Texts and reasons not sent yet." })
  keptTexts!: number;

  @Field(() => Int, { description: "Critical results." })
  criticalResults!: number;

  @Field(() => Int, { description: "Notes to people." })
  notes!: number;

  @Field(() => Int, { description: "Corrections of films and studies." })
  corrections!: number;

  @Field(() => Int, {
    description: "Films whose bytes stay: another site has the same file.",
  })
  filmsShared!: number;

  @Field(() => Int, {
    description: "Events about the person in the audit trail. They stay.",
  })
  events!: number;

  @Field(() => Int, {
    description: "Of these: events that say a name or a number. They stay.",
  })
  eventsNaming!: number;
}

@ObjectType("ErasureExport", {
  description: "An export that holds, or held, films of the person.",
})
export class ErasureExportType {
  @Field(() => ID, { description: "The dataset." })
  datasetId!: string;

  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => Int, { description: "Films of the person in it." })
  films!: number;

  @Field(() => Boolean, {
    description: "Whether a file lay here; it is removed with the record.",
  })
  hadFile!: boolean;

  @Field(() => Int, {
    description: "How often it was fetched: such copies are for their owners.",
  })
  downloads!: number;

  @Field(() => String, {
    nullable: true,
    description: "SHA-256 of the file, by which a copy is known.",
  })
  sha256!: string | null;

  @Field(() => [String], { description: "Models that were trained on it." })
  models!: string[];
}

@ObjectType("ErasurePreview", {
  description: "What an erasure would do; nothing has happened.",
})
export class ErasurePreviewType {
  @Field(() => ID, { description: "Whose record." })
  patientId!: string;

  @Field(() => ErasureCountsType, { description: "How much goes." })
  counts!: ErasureCountsType;

  @Field(() => [ErasureExportType], { description: "Exports that hold films." })
  exports!: ErasureExportType[];

  @Field(() => [Obstacle], { description: "Why not now; none: it can be." })
  obstacles!: string[];
}

@ObjectType("Erasure", {
  implements: NodeType,
  description:
    "That a record is to be erased; once it is, all that stays of it here.",
})
export class ErasureType extends NodeType {
  @Field(() => String, { description: "The person's stand-in in exports." })
  pseudonym!: string;

  @Field(() => ErasureCause, { description: "Why." })
  cause!: ErasureCause;

  @Field(() => ErasureState, { description: "How far it has come." })
  state!: ErasureState;

  @Field(() => String, { description: "Why, in words." })
  reason!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Version of the policy that proposed it.",
  })
  policyVersion!: number | null;

  @Field(() => String, { description: "Who proposed it." })
  proposedByName!: string;

  @Field(() => GraphQLDateTime, { description: "When." })
  proposedAt!: Date;

  @Field(() => String, { nullable: true, description: "Who decided." })
  decidedByName!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When." })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Why so." })
  decisionReason!: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the last of its bytes was gone from the object store.",
  })
  emptiedAt!: Date | null;
}

export const { EdgeType: ErasureEdge, ConnectionType: ErasureConnection } =
  connectionTypes(ErasureType, "Erasure");
