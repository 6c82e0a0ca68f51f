import { randomStream, type Random } from "@lung-iris/phantom";
import type { ReplayFacts } from "./replay-facts.ts";

const DAY_MINUTES = 1_440;
export const SYNTHETIC_DAYS = 30;

/**
 * How a day's cases spread over its hours, relative to each other: a night
 * shift's trickle, the ward rounds' films before noon, an evening of
 * emergencies. Made up, in the shape that departments describe.
 */
const BY_HOUR = [
  2, 1.5, 1, 1, 1.5, 3, 6, 9, 10, 10, 9, 8, 6, 7, 8, 7, 6, 5, 5, 5, 4, 4, 3,
  2.5,
] as const;

/** Share of films that show pneumonia. */
const PREVALENCE = 0.12;
/** Share of films that the AI does not assess: side views, limbs, damage. */
const NOT_ASSESSED = 0.03;
/**
 * Logits of the AI for films with and without pneumonia, mean and standard
 * deviation: an area under the ROC curve of 0.96, as on unseen hospitals.
 */
const POSITIVE_LOGIT = [1.5, 1.6] as const;
const NEGATIVE_LOGIT = [-2.2, 1.4] as const;
const THRESHOLD = 0.5;

/** How often senders flag a case, with and without pneumonia. */
const FLAGS: readonly [string, number, number][] = [
  ["emergency", 0.08, 0.03],
  ["low-spo2", 0.1, 0.01],
  ["fever", 0.5, 0.1],
  ["dyspnoea", 0.3, 0.08],
];

/** Spread of the reading times: most near the middle, few very long. */
const READ_SIGMA = 0.5;

/**
 * A month of a department that does not exist, the same for the same seed:
 * arrivals by hour as a Poisson process, in order.
 */
export function syntheticMonth(
  seed: number,
  casesPerDay: number,
  minutesPerCase: number,
): ReplayFacts[] {
  const arrivals = randomStream(seed, "arrivals");
  const patients = randomStream(seed, "patients");
  const readings = randomStream(seed, "readings");
  const whole = BY_HOUR.reduce<number>((sum, share) => sum + share, 0);
  const peak = Math.max(...BY_HOUR);
  // Thinning (Lewis and Shedler 1979): draw at the peak's rate, keep a share.
  const perMinute = (casesPerDay * peak) / whole / 60;
  const cases: ReplayFacts[] = [];
  for (let at = 0; ;) {
    at -= Math.log(1 - arrivals.next()) / perMinute;
    if (at >= SYNTHETIC_DAYS * DAY_MINUTES) return cases;
    const hour = Math.floor((at % DAY_MINUTES) / 60);
    if (!arrivals.chance((BY_HOUR[hour] ?? 0) / peak)) continue;
    cases.push({
      arrivedAt: at,
      readMinutes: readMinutes(readings, minutesPerCase),
      ...patient(patients),
    });
  }
}

/** A reading's length: log-normal about the median. */
export function readMinutes(random: Random, median: number): number {
  return median * Math.exp(READ_SIGMA * random.normal());
}

function patient(random: Random) {
  const isPositive = random.chance(PREVALENCE);
  const [mean, deviation] = isPositive ? POSITIVE_LOGIT : NEGATIVE_LOGIT;
  const logit = mean + deviation * random.normal();
  const isAssessed = !random.chance(NOT_ASSESSED);
  const probability = isAssessed ? 1 / (1 + Math.exp(-logit)) : null;
  const clinicalFlags = FLAGS.filter(([, ill, well]) =>
    random.chance(isPositive ? ill : well),
  ).map(([flag]) => flag);
  return {
    probability,
    isPositive,
    placedBy: {
      assessment:
        probability === null
          ? { state: "not-assessed" as const, reason: "lateral" }
          : {
              state: "assessed" as const,
              probability,
              threshold: THRESHOLD,
            },
      clinicalFlags,
      ageYears: Math.floor(random.between(0, 95)),
      priorPneumonia: random.chance(0.03),
      hasFailedFilm: false,
      escalated: null,
      notes: [],
    },
  };
}
