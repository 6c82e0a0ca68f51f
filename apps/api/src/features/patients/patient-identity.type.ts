import { NameRepresentation } from "@lung-iris/prisma";
import { Field, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(NameRepresentation, {
  name: "NameRepresentation",
  description: "Component group of a name: DICOM PS3.5 6.2.1.",
  valuesConfig: {
    ALPHABETIC: { description: "In letters." },
    IDEOGRAPHIC: { description: "In ideographs, 王 or 홍." },
    PHONETIC: { description: "As it is spoken, ホン." },
  },
});

@ObjectType("PatientName", {
  description: "A patient's name in its parts, empty where a part is.",
})
export class PatientNameType {
  @Field(() => NameRepresentation, { description: "Which component group." })
  representation!: NameRepresentation;

  @Field(() => String, { description: "Family name." })
  family!: string;

  @Field(() => String, { description: "Given name." })
  given!: string;

  @Field(() => String, { description: "Middle name." })
  middle!: string;

  @Field(() => String, { description: "Prefix, Dr." })
  prefix!: string;

  @Field(() => String, { description: "Suffix, Jr." })
  suffix!: string;
}

@ObjectType("PatientIdentifier", {
  description: "A number under which somebody knows the patient.",
})
export class PatientIdentifierType {
  @Field(() => String, { description: "The number." })
  value!: string;

  @Field(() => String, {
    description: "Who gave it out; empty where nobody said.",
  })
  issuer!: string;
}
