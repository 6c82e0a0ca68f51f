import { DatasetFailure, DatasetState, Sex } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";
import { Label } from "../case-rows/case.enums.ts";
import { LabelGrade } from "../labels/label-grade.enum.ts";

registerEnumType(DatasetState, {
  name: "DatasetState",
  description: "How far an export is.",
  valuesConfig: {
    QUEUED: { description: "Waits for a worker." },
    RUNNING: { description: "Is being written." },
    READY: { description: "Can be downloaded." },
    FAILED: { description: "Ended without a file; error says why." },
  },
});

registerEnumType(DatasetFailure, {
  name: "DatasetFailure",
  description: "Why an export ended without a file.",
  valuesConfig: {
    NO_MEMBERS: { description: "A former release did not note its films." },
    NOTHING_LEFT: { description: "Letters are in every film." },
    HELD_BACK: { description: "Something in the file may not leave." },
    FILM_MISSING: { description: "The bytes of a film are not in the store." },
    FILM_FAILED: { description: "A film could not be written." },
    STORE_FULL: { description: "There is no room for the file." },
    STORE_AWAY: { description: "The store of films and files did not answer." },
    WORKER_ENDED: { description: "The worker ended at it each time." },
    ERASED: { description: "A patient whose films it held was erased." },
  },
});

@ObjectType("DatasetPreview", {
  description: "How much a choice of cases takes.",
})
export class DatasetPreviewType {
  @Field(() => Int, { description: "Signed cases." })
  cases!: number;

  @Field(() => Int, { description: "Films of these cases." })
  films!: number;

  @Field(() => Int, { description: "Cases decided as normal." })
  normal!: number;

  @Field(() => Int, { description: "Cases decided as pneumonia." })
  pneumonia!: number;

  @Field(() => Int, { description: "Cases decided as something else." })
  other!: number;

  @Field(() => Int, { description: "Cases where reader and AI agree." })
  agreed!: number;

  @Field(() => Int, { description: "Cases where they do not." })
  overridden!: number;

  @Field(() => Int, {
    description:
      "Labels that are not what their reader said blind, before the AI was shown.",
  })
  changedMind!: number;

  @Field(() => Int, { description: "Labels that a third reader decided." })
  adjudicated!: number;

  @Field(() => Int, { description: "Labels that two readers agree on." })
  twoAgree!: number;

  @Field(() => Int, { description: "Labels of one reader before the AI." })
  oneBlind!: number;

  @Field(() => Int, { description: "Labels of one reader after the AI." })
  oneAfterAi!: number;

  @Field(() => Int, {
    description: "Films of these cases left out: letters are burnt in.",
  })
  burntIn!: number;

  @Field(() => Int, {
    description:
      "Further films in which letters were found: left out or blanked, as is chosen.",
  })
  withText!: number;
}

@ObjectType("DatasetFilterUsed", {
  description: "Which signed cases a dataset took, as it was asked for.",
})
export class DatasetFilterUsedType {
  @Field(() => ID, { description: "The site." })
  siteId!: string;

  @Field(() => String, {
    nullable: true,
    description: "Signed at this time or later, ISO 8601 in UTC.",
  })
  signedAfter!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Signed before this time, ISO 8601 in UTC.",
  })
  signedBefore!: string | null;

  @Field(() => [Label], {
    nullable: true,
    description: "Decided so; null for all labels.",
  })
  labels!: string[] | null;

  @Field(() => ID, { nullable: true, description: "Looked at by this model." })
  modelVersionId!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Reader and AI agree (true) or do not (false).",
  })
  agreement!: boolean | null;

  @Field(() => [LabelGrade], {
    nullable: true,
    description: "Of these grades only; all when left out.",
  })
  grades!: LabelGrade[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Readers said that this finding of the catalogue is there.",
  })
  finding!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Of this many whole years or older at the examination.",
  })
  ageFrom!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Of this many whole years or younger.",
  })
  ageTo!: number | null;

  @Field(() => [Sex], {
    nullable: true,
    description: "Of patients of these sexes; all when left out.",
  })
  sexes!: Sex[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Of these views (PA, AP, LATERAL, OTHER); all when left out.",
  })
  views!: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Signed by these users; null for all.",
  })
  readers!: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Without films that carry a note on their quality.",
  })
  withoutNotes!: boolean | null;
}

@ObjectType("DatasetFormatUsed", {
  description: "How the films of a dataset are written.",
})
export class DatasetFormatUsedType {
  @Field(() => String, { description: "LEAVE_OUT or BLANK." })
  pictureText!: string;

  @Field(() => String, { description: "NONE, REMOVED or SHIFTED." })
  dicom!: string;
}

@ObjectType("DatasetLeak", {
  description: "A place of a finished export that could tell who somebody is.",
})
export class DatasetLeakType {
  @Field(() => String, { description: "Path in the archive, or its number." })
  entry!: string;

  @Field(() => String, { description: "Where in it; never the value." })
  place!: string;

  @Field(() => String, { description: "What kind of thing it is." })
  kind!: string;
}

@ObjectType("Dataset", {
  implements: NodeType,
  description: "A frozen, exported set of labels with its films.",
})
export class DatasetType extends NodeType {
  @Field(() => String, { description: "Name given by its maker." })
  name!: string;

  @Field(() => DatasetState, { description: "How far it is." })
  state!: DatasetState;

  @Field(() => Int, { description: "Films written so far." })
  done!: number;

  @Field(() => Int, { description: "Films in all." })
  total!: number;

  @Field(() => String, {
    nullable: true,
    description: "SHA-256 of the ZIP, once ready.",
  })
  sha256!: string | null;

  @Field(() => DatasetFailure, {
    nullable: true,
    description:
      "Why it failed; null too where a former release wrote a sentence alone.",
  })
  failure!: DatasetFailure | null;

  @Field(() => String, {
    nullable: true,
    description: "Why it failed, in a sentence.",
  })
  error!: string | null;

  @Field(() => Int, {
    description: "Films left out when it was asked for: letters are in them.",
  })
  leftOut!: number;

  @Field(() => Int, {
    description: "Films left out or blanked as letters were found on writing.",
  })
  textFound!: number;

  @Field(() => Int, {
    description: "Places for which the finished file was held back; 0 if not.",
  })
  leakCount!: number;

  @Field(() => GraphQLDateTime, { description: "When it was asked for." })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was ready or failed.",
  })
  finishedAt!: Date | null;
}

export const { EdgeType: DatasetEdge, ConnectionType: DatasetConnection } =
  connectionTypes(DatasetType, "Dataset");
