import { ImageFormat } from "@lung-iris/prisma";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";

registerEnumType(ImageFormat, {
  name: "ImageFormat",
  description: "What the film's file is; told by its bytes, not its name.",
  valuesConfig: {
    PNG: { description: "Portable Network Graphics, 8 or 16 bits." },
    JPEG: { description: "A JPEG file of its own." },
    DICOM: { description: "A DICOM file, whatever its transfer syntax." },
  },
});

@ObjectType("Image", {
  implements: NodeType,
  description:
    "One film. Its pictures are fetched from the API over HTTP with the session: see thumbnailPath and pixelsPath.",
})
export class ImageType extends NodeType {
  @Field(() => String, { description: "SHA-256 of the file, hexadecimal." })
  sha256!: string;

  @Field(() => ImageFormat, { description: "What the file is." })
  format!: ImageFormat;

  @Field(() => Int, { description: "Size of the file." })
  bytes!: number;

  @Field(() => Int, { description: "Pixels from left to right." })
  width!: number;

  @Field(() => Int, { description: "Pixels from top to bottom." })
  height!: number;

  @Field(() => Int, { description: "Bits of a sample, 8 to 16." })
  bitsStored!: number;

  @Field(() => Float, {
    description: "Centre of the display window, in sample values.",
  })
  windowCenter!: number;

  @Field(() => Float, {
    description: "Width of the display window, in sample values.",
  })
  windowWidth!: number;

  @Field(() => [Float], {
    description: "Millimetres a pixel, row and column; empty where unknown.",
  })
  pixelSpacing!: number[];

  @Field(() => [String], {
    description:
      "What a human should know of the film, as codes: photometric-tag-contradicts-pixels, colour-converted-to-grey, several-frames-first-used, header-repaired, unknown-patient, patient-mismatch.",
  })
  warnings!: string[];

  @Field(() => String, { description: "Name of the file as it was sent." })
  originalName!: string;
}
