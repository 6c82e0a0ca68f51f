import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import {
  ObjectStoreError,
  assertObjectKey,
  type ObjectStore,
} from "./object-store.ts";
import { stagedObject } from "./object-store-folder.ts";
import { stageToFolder, storeErrorFrom } from "./object-store-staging.ts";
import { openStagingFolder } from "./staging-folder.ts";

/** Parts of a multipart upload; two at a time bound memory to 16 MiB. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 2;
/** A store that fails for a moment is asked again; one that is silent, hardly. */
const MOST_TRIES = 2;

/** How long the bucket may stay silent before it counts as away. */
export interface S3Times {
  /** To connect. */
  connectMs: number;
  /** Without a byte in either direction, once connected. */
  silenceMs: number;
  /** For the health check as a whole. */
  checkMs: number;
}

/** A person waits for a film or for the answer to an upload. */
const TIMES: S3Times = { connectMs: 3_000, silenceMs: 10_000, checkMs: 2_500 };

/** Where the objects lie: `s3://bucket/prefix`. */
export interface S3Location {
  bucket: string;
  /** Empty, or ending in a slash. */
  prefix: string;
}

/** Reads `s3://bucket/prefix`; throws `TypeError` on anything else. */
export function parseS3Location(address: string): S3Location {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(
    address,
  );
  if (!match?.[1]) {
    throw new TypeError(
      `LUNG_IRIS_OBJECT_STORE must be "folder" or s3://bucket/prefix, not ${address}`,
    );
  }
  const prefix = (match[2] ?? "").replace(/\/+$/, "");
  return { bucket: match[1], prefix: prefix === "" ? "" : `${prefix}/` };
}

/**
 * Objects in an S3 bucket. Films are staged on the local disk first, because
 * their key is their hash and the decoder reads them there; what is refused
 * never reaches the bucket. Credentials, region and endpoint come from the
 * standard AWS variables unless `client` says otherwise.
 */
export async function createS3ObjectStore(options: {
  location: S3Location;
  stagingFolder: string;
  client?: S3ClientConfig;
  times?: S3Times;
}): Promise<ObjectStore> {
  const { location, times = TIMES } = options;
  const stagingFolder = await openStagingFolder(options.stagingFolder);
  const client = new S3Client({
    maxAttempts: MOST_TRIES,
    requestHandler: {
      connectionTimeout: times.connectMs,
      // Renewed by every byte, of the request's and the answer's body too.
      socketTimeout: times.silenceMs,
    },
    // The newer default wraps bodies in a framing that many S3-compatible
    // servers do not read; the content is checked by its own hash instead.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...options.client,
  });
  const target = (key: string) => {
    assertObjectKey(key);
    return { Bucket: location.bucket, Key: location.prefix + key };
  };
  return {
    async stage(body, stageOptions = {}) {
      const file = await stageToFolder(stagingFolder, body, stageOptions);
      return stagedObject(file, async (key) => {
        await uploadFile(client, file.path, target(key));
        await rm(file.path, { force: true });
      });
    },
    async read(key, range) {
      const at = target(key);
      try {
        const found = await client.send(
          new GetObjectCommand({
            ...at,
            ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}),
          }),
        );
        if (!(found.Body instanceof Readable)) throw missing(key);
        const bytes = sizeOf(found.ContentRange, found.ContentLength);
        return { bytes, stream: found.Body };
      } catch (error) {
        throw s3Error(error, key);
      }
    },
    async size(key) {
      const at = target(key);
      try {
        const found = await client.send(new HeadObjectCommand(at));
        return found.ContentLength ?? 0;
      } catch (error) {
        if (isMissing(error)) return null;
        throw s3Error(error, key);
      }
    },
    async remove(key) {
      const at = target(key);
      try {
        await client.send(new DeleteObjectCommand(at));
      } catch (error) {
        throw s3Error(error, key);
      }
    },
    async check() {
      try {
        await client.send(new HeadBucketCommand({ Bucket: location.bucket }), {
          abortSignal: AbortSignal.timeout(times.checkMs),
        });
      } catch (error) {
        throw s3Error(error, location.bucket);
      }
    },
  };
}

async function uploadFile(
  client: S3Client,
  path: string,
  target: { Bucket: string; Key: string },
): Promise<void> {
  try {
    await new Upload({
      client,
      params: { ...target, Body: createReadStream(path) },
      partSize: PART_BYTES,
      queueSize: PARTS_AT_ONCE,
    }).done();
  } catch (error) {
    throw s3Error(error, target.Key);
  }
}

/** The whole size: after the slash of `bytes 0-9/1234`, else the length. */
function sizeOf(range: string | undefined, length: number | undefined): number {
  const whole = /\/(\d+)$/.exec(range ?? "")?.[1];
  return whole === undefined ? (length ?? 0) : Number(whole);
}

function missing(key: string): ObjectStoreError {
  return new ObjectStoreError("missing", `There is no object under ${key}.`);
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const metadata: unknown = Reflect.get(error, "$metadata");
  if (typeof metadata !== "object" || metadata === null) return undefined;
  const status: unknown = Reflect.get(metadata, "httpStatusCode");
  return typeof status === "number" ? status : undefined;
}

function isMissing(error: unknown): boolean {
  return (
    statusOf(error) === 404 ||
    (error instanceof Error && error.name === "NoSuchKey")
  );
}

function s3Error(error: unknown, key: string): unknown {
  const local = storeErrorFrom(error);
  if (local instanceof ObjectStoreError) return local;
  if (isMissing(error)) return missing(key);
  if (statusOf(error) === 507 || isNamed(error, "QuotaExceeded")) {
    return new ObjectStoreError(
      "full",
      "The object store's quota is used up. Free some space, then try again.",
      { cause: error },
    );
  }
  return new ObjectStoreError(
    "unavailable",
    "The object store does not answer as it should. Try again in a moment.",
    { cause: error },
  );
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
