import { randomStream, visitStream, type Random } from "../random.ts";
import type { PhantomOptions } from "../types.ts";
import {
  planAirways,
  planBellyGas,
  type Airway,
  type BellyGas,
} from "./air.ts";
import { planRibs, planShoulders, type Tube } from "./bones.ts";
import { planDisease, type Disease } from "./disease.ts";
import { planMediastinum, type Mediastinum } from "./mediastinum.ts";
import { planSpine, type Vertebra } from "./spine.ts";
import { drawSubject, type Subject } from "./subject.ts";
import {
  planAppendages,
  planDomes,
  planOutline,
  planRibCage,
  type BodyOutline,
  type Dome,
  type RibCage,
} from "./thorax.ts";
import { planVessels, type VesselPath } from "./vessels.ts";
import type { Ellipsoid } from "../projection/solids.ts";

/** A whole chest, in centimetres of patient space (see projection/ray.ts). */
export interface Anatomy {
  readonly subject: Subject;
  readonly cage: RibCage;
  readonly outline: BodyOutline;
  readonly appendages: readonly Ellipsoid[];
  readonly domes: { readonly right: Dome; readonly left: Dome };
  readonly mediastinum: Mediastinum;
  readonly ribs: readonly Tube[];
  readonly shoulders: readonly Tube[];
  readonly spine: readonly Vertebra[];
  readonly vessels: readonly VesselPath[];
  readonly airways: readonly Airway[];
  readonly gas: readonly BellyGas[];
  readonly disease: Disease;
}

/** Plans a chest: every organ draws from a stream of its own. */
export function planAnatomy(options: PhantomOptions): Anatomy {
  const stream = (purpose: string): Random =>
    randomStream(options.seed, purpose);
  const subject = drawSubject(options, stream("subject"));
  const cage = planRibCage(subject);
  const domes = planDomes(subject, stream("domes"));
  return {
    subject,
    cage,
    outline: planOutline(subject, stream("outline")),
    appendages: planAppendages(subject, stream("appendages")),
    domes,
    mediastinum: planMediastinum(subject, stream("mediastinum")),
    ribs: planRibs(subject, cage, stream("ribs")),
    shoulders: planShoulders(subject, stream("shoulders")),
    spine: planSpine(subject, stream("spine")),
    vessels: planVessels(subject, cage, stream("vessels")),
    airways: planAirways(subject, stream("airways")),
    gas: planBellyGas(subject, domes.left, visitStream(options, "gas")),
    disease: planDisease(
      options,
      subject,
      cage,
      visitStream(options, "disease"),
    ),
  };
}
