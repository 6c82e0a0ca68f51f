import { Field, ID, Int, ObjectType } from "type-graphql";

@ObjectType("FilmHeaderElement", {
  description: "One element of a DICOM header.",
})
export class FilmHeaderElementType {
  @Field(() => String, { description: "Group and element: (0010,0010)." })
  tag!: string;

  @Field(() => String, {
    nullable: true,
    description: "Keyword of DICOM PS3.6; null for what is not in it.",
  })
  keyword!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Value type, two letters; null where unknown.",
  })
  vr!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Values with \\ between them, at most 1,000 characters; null for bytes and sequences.",
  })
  value!: string | null;

  @Field(() => Int, { description: "Length of the value in the file." })
  bytes!: number;

  @Field(() => Int, { description: "How many sequences it stands in." })
  depth!: number;
}

@ObjectType("FilmHeaderWithheld", {
  description: "How many elements your role does not show.",
})
export class FilmHeaderWithheldType {
  @Field(() => Int, { description: "Of people other than the patient." })
  people!: number;

  @Field(() => Int, { description: "Private elements." })
  private!: number;
}

@ObjectType("FilmHeader", {
  description: "The header of a film, as far as your role shows it.",
})
export class FilmHeaderType {
  @Field(() => ID, { description: "Of which film." })
  imageId!: string;

  @Field(() => [FilmHeaderElementType], {
    nullable: true,
    description:
      "In the order of the file, a sequence's behind it; null of a PNG or JPEG.",
  })
  elements!: FilmHeaderElementType[] | null;

  @Field(() => FilmHeaderWithheldType, { description: "What is left out." })
  withheld!: FilmHeaderWithheldType;

  @Field(() => Boolean, {
    description: "Whether the file has more than the 3,000 that are listed.",
  })
  isCut!: boolean;
}
