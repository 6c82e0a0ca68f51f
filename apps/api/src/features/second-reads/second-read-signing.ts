import type { Case, Tx } from "@lung-iris/prisma";
import { tellSigner } from "../cases/case.commands.ts";
import type { SecondReadBar } from "../case-machine/case.transition.ts";
import type { SecondReadPolicy } from "../policies/policy-document.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import {
  answeredPrediction,
  opinionOf,
} from "../readings/answered-prediction.ts";
import { readingsAgree, type Comparable } from "../readings/agreement.rules.ts";
import { readFindings } from "../reading-findings/reading-finding.ts";
import { stageOfSecond } from "../case-machine/second-read.machine.ts";
import { newestVersion } from "../cases/case.reads.ts";
import { gradeOf } from "../users/grade.reads.ts";
import { gradeBar } from "../blindness/second-read.reads.ts";
import { reasonsForSecond } from "./second-read.rules.ts";

/** What a signature means for the readings beside it. */
export interface Beside {
  /** Of a first reading: which rules ask for a second one. */
  secondReasons?: string[];
  /** Of a second reading: whether it says what the first one says. */
  agrees?: boolean;
  /** Of a further reading: what came to keep the reader from it since. */
  bar?: SecondReadBar | null;
}

/**
 * What follows beside a signature, in its transaction: a first reading may
 * be due a second one by the site's rules, a second one is compared with the
 * first as it stands now. Where an adjudication says otherwise than the first
 * reading, its signer is told; what he signed stays until he amends it.
 */
export class SecondReadSigning {
  readonly #policies: SitePolicies;
  readonly #secret: string;

  constructor(policies: SitePolicies, secret: string) {
    this.#policies = policies;
    this.#secret = secret;
  }

  /** `before`: the case as it stands while the reading is signed. */
  async beside(
    tx: Tx,
    before: Case,
    rules: SecondReadPolicy,
    signed: Comparable & { readerId: string; signedAt: Date },
  ): Promise<Beside> {
    const stage = stageOfSecond(before);
    if (before.state !== "SIGNED" || stage === null)
      return { secondReasons: await this.#reasons(tx, before, rules, signed) };
    const first = await newestVersion(tx, before.id, "PRIMARY");
    const agrees = first !== null && readingsAgree(first, signed);
    // A senior who was made a junior while he read it.
    const bar = await gradeBar(tx, before, signed.readerId);
    if (stage === "ADJUDICATION" && first !== null && !agrees)
      await tellSigner(tx, first.readingId, "adjudicated", signed.signedAt);
    return { agrees, bar };
  }

  /** What an amendment of the first reading says to a signed second one. */
  async besideAmendment(
    tx: Tx,
    before: Case,
    amended: Comparable,
  ): Promise<{ agrees?: boolean }> {
    const isCompared =
      before.secondRead === "AGREED" ||
      before.secondRead === "ADJUDICATION_DUE";
    const second = isCompared
      ? await newestVersion(tx, before.id, "SECOND")
      : null;
    return second === null ? {} : { agrees: readingsAgree(amended, second) };
  }

  async #reasons(
    tx: Tx,
    before: Case,
    rules: SecondReadPolicy,
    { readerId, label, findings }: Comparable & { readerId: string },
  ): Promise<string[]> {
    const { patientAgeYears } = await tx.study.findUniqueOrThrow({
      where: { id: before.studyId },
      select: { patientAgeYears: true },
    });
    const shown = await answeredPrediction(tx, this.#policies, before, null);
    const first = {
      caseId: before.id,
      readerId,
      readerGrade: await gradeOf(tx, readerId),
      label,
      findings: readFindings(findings),
      ageYears: patientAgeYears,
      ai: opinionOf(shown),
    };
    return reasonsForSecond(rules, first, this.#secret);
  }
}
