import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a test may ask of the fake: its address, its content, its end. */
export interface FakeS3 {
  endpoint: string;
  objects: Map<string, Buffer>;
  /** Multipart uploads that were begun and neither completed nor aborted. */
  openUploads(): number;
  /** From now on every write is answered with this status. */
  refuseWrites(status: number): void;
  /** Takes connections and requests and answers none, until told to. */
  fallSilent(isSilent: boolean): void;
  close(): Promise<void>;
}

/**
 * The part of the S3 protocol that the object store uses, over real HTTP:
 * put, ranged get, head, delete, multipart upload, path-style addresses.
 * For tests only; signatures are not checked.
 */
export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();
  let refusal: number | null = null;
  let isSilent = false;
  const server = createServer((request, response) => {
    if (isSilent) return;
    void readBody(request).then((body) => {
      const url = new URL(request.url ?? "/", "http://fake");
      const [, bucket, ...rest] = decodeURIComponent(url.pathname).split("/");
      const answer = respond({
        method: request.method ?? "GET",
        key: rest.join("/"),
        bucket: bucket ?? "",
        query: url.searchParams,
        range: request.headers.range,
        body,
        objects,
        uploads,
        refusal,
      });
      response.writeHead(answer.status, answer.headers);
      response.end(request.method === "HEAD" ? undefined : answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    openUploads: () => uploads.size,
    refuseWrites: (status) => (refusal = status),
    fallSilent: (silent) => (isSilent = silent),
    close: () => closeServer(server),
  };
}

interface Call {
  method: string;
  key: string;
  bucket: string;
  query: URLSearchParams;
  range: string | undefined;
  body: Buffer;
  objects: Map<string, Buffer>;
  uploads: Map<string, Map<number, Buffer>>;
  refusal: number | null;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body?: Buffer | string;
}

function respond(call: Call): Answer {
  if (call.key === "") return { status: 200, headers: {} };
  if (call.method === "PUT" || call.method === "POST") return write(call);
  if (call.method === "DELETE") {
    const upload = call.query.get("uploadId");
    if (upload) call.uploads.delete(upload);
    else call.objects.delete(call.key);
    return { status: 204, headers: {} };
  }
  const found = call.objects.get(call.key);
  if (!found) {
    return xml(
      404,
      "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>",
    );
  }
  const range = /^bytes=(\d+)-(\d+)$/.exec(call.range ?? "");
  if (!range) {
    return { status: 200, headers: lengthOf(found), body: found };
  }
  const [start, end] = [Number(range[1]), Number(range[2])];
  const part = found.subarray(start, end + 1);
  const last = start + part.length - 1;
  return {
    status: 206,
    headers: {
      ...lengthOf(part),
      "content-range": `bytes ${start}-${last}/${found.length}`,
    },
    body: part,
  };
}

function write(call: Call): Answer {
  if (call.refusal !== null) {
    return xml(
      call.refusal,
      "<Error><Code>QuotaExceeded</Code><Message>full</Message></Error>",
    );
  }
  const uploadId = call.query.get("uploadId");
  if (call.query.has("uploads")) {
    const id = `upload-${call.uploads.size + 1}`;
    call.uploads.set(id, new Map());
    return xml(
      200,
      `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  }
  if (uploadId === null) {
    call.objects.set(call.key, call.body);
    return { status: 200, headers: { etag: etagOf(call.body) } };
  }
  const parts = call.uploads.get(uploadId) ?? new Map<number, Buffer>();
  if (call.method === "PUT") {
    parts.set(Number(call.query.get("partNumber")), call.body);
    return { status: 200, headers: { etag: etagOf(call.body) } };
  }
  const ordered = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
  call.objects.set(call.key, Buffer.concat(ordered));
  call.uploads.delete(uploadId);
  return xml(
    200,
    `<CompleteMultipartUploadResult><Key>${call.key}</Key><ETag>"done"</ETag></CompleteMultipartUploadResult>`,
  );
}

function xml(status: number, body: string): Answer {
  return { status, headers: { "content-type": "application/xml" }, body };
}

function lengthOf(body: Buffer): Record<string, string> {
  return { "content-length": String(body.length) };
}

function etagOf(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
