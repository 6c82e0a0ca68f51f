import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  to: string[];
  /** As it came over the line: headers, an empty line, the text. */
  raw: string;
  user: string | null;
}

export interface MailServer {
  port: number;
  mails: ReceivedMail[];
  /** Codes that the next mails are answered with; none: taken. */
  refusals: number[];
  stop(): Promise<void>;
}

/** A real mail server on loopback that wants a name and a password. */
export async function startMailServer(login: {
  user: string;
  password: string;
}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const refusals: number[] = [];
  const server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth({ username, password }, _session, done) {
      const isKnown = username === login.user && password === login.password;
      if (isKnown) done(null, { user: username });
      else done(new Error("Wrong name or password"));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const code = refusals.shift();
        if (code !== undefined) {
          done(Object.assign(new Error("Not now"), { responseCode: code }));
          return;
        }
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString("utf8"),
          user: typeof session.user === "string" ? session.user : null,
        });
        done();
      });
    },
  });
  server.on("error", () => undefined);
  const net = await new Promise<ReturnType<SMTPServer["listen"]>>((resolve) => {
    const listening = server.listen({ port: 0, host: "127.0.0.1" }, () =>
      resolve(listening),
    );
  });
  const { port } = net.address() as AddressInfo; // listening on a port
  return {
    port,
    mails,
    refusals,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export interface ReceivedPost {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  posts: ReceivedPost[];
  /** How the next posts are answered; 200 without. */
  answers: { status: number; location?: string }[];
  stop(): Promise<void>;
}

/** A real HTTP server on loopback that keeps what it is sent. */
export async function startReceiver(): Promise<Receiver> {
  const posts: ReceivedPost[] = [];
  const answers: { status: number; location?: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      posts.push({
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      });
      const { status, location } = answers.shift() ?? { status: 200 };
      response.writeHead(status, location === undefined ? {} : { location });
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo; // listening on a port
  return {
    url: `http://127.0.0.1:${String(port)}/notes`,
    posts,
    answers,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
