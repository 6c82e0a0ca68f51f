import { ImageFormat, SpacingKind, WindowShape } from "@lung-iris/prisma";
import {
  Field,
  Float,
  ID,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
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

registerEnumType(WindowShape, {
  name: "WindowShape",
  description:
    "How values between the ends of a display window are shown (DICOM PS3.3 C.11.2.1.3).",
  valuesConfig: {
    LINEAR: {
      description:
        "A straight line; the ends are centre − 0.5 ± (width − 1) / 2.",
    },
    LINEAR_EXACT: {
      description: "A straight line; the ends are centre ± width / 2.",
    },
    SIGMOID: { description: "1 / (1 + exp(−4 (value − centre) / width))." },
  },
});

registerEnumType(SpacingKind, {
  name: "SpacingKind",
  description: "Where a pixel spacing holds.",
  valuesConfig: {
    PATIENT: { description: "At the patient: lengths are true." },
    DETECTOR: {
      description:
        "At the detector: lengths at the patient are shorter by the magnification.",
    },
    NOMINAL: { description: "A scanner's setting for a digitised film." },
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

  @Field(() => String, {
    nullable: true,
    description:
      "DICOM (0008,0018), one film a UID at a site; null where the file has none or shares another film's.",
  })
  sopInstanceUid!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What kind of object it is: DICOM (0008,0016).",
  })
  sopClassUid!: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The film of another content that came first under this film's SOP instance UID.",
  })
  conflictsWithId!: string | null;

  @Field(() => ImageFormat, { description: "What the file is." })
  format!: ImageFormat;

  @Field(() => Int, { description: "Size of the file." })
  bytes!: number;

  @Field(() => Int, { description: "Pixels of the file from left to right." })
  width!: number;

  @Field(() => Int, { description: "Pixels of the file from top to bottom." })
  height!: number;

  @Field(() => Int, {
    description:
      "Quarters clockwise by which somebody said the file is turned to lie right; marks and boxes stay in pixels of the file.",
  })
  quarterTurns!: number;

  @Field(() => Boolean, {
    description:
      "Whether somebody said that it is mirrored after that, left for right.",
  })
  isMirrored!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      "The view that somebody said this film is: PA, AP, LATERAL; null where what its study says counts.",
  })
  viewPosition!: string | null;

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

  @Field(() => WindowShape, {
    description:
      "Shape of the display window; the model saw the film through it.",
  })
  windowShape!: WindowShape;

  @Field(() => [Float], {
    description: "Millimetres a pixel, row and column; empty where unknown.",
  })
  pixelSpacing!: number[];

  @Field(() => SpacingKind, {
    nullable: true,
    description: "Where the pixel spacing holds; null where it is unknown.",
  })
  spacingKind!: SpacingKind | null;

  @Field(() => [String], {
    description:
      "What a human should know of the film, as codes: photometric-tag-contradicts-pixels, modality-overruled, colour-converted-to-grey, several-frames-first-used, header-repaired, damaged-picture, damage-would-not-show, burned-in-annotation, text-in-picture, age-contradicts-birth-date, overlay-planes, overlay-left-out, pixels-made-square, unknown-patient, patient-mismatch, study-of-two-patients, changed-resend, placeholder-number, date-in-future.",
  })
  warnings!: string[];

  @Field(() => String, { description: "Name of the file as it was sent." })
  originalName!: string;
}
