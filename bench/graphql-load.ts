import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";

/** What is asked, and as whom. */
export interface Question {
  token: string | null;
  body: object;
}

/** Milliseconds of each answer, and how often what was refused. */
export interface Driven {
  times: number[];
  refused: Map<string, number>;
}

/** Keeps so many questions on their way for so long. */
export async function drive(
  url: string,
  ask: () => Question,
  seconds: number,
  atOnce: number,
): Promise<Driven> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const driven: Driven = { times: [], refused: new Map() };
  const end = performance.now() + seconds * 1_000;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      const start = performance.now();
      const answer = await send(agent, url, ask());
      driven.times.push(performance.now() - start);
      const code = /"errors":.*?"code":"(\w+)"/.exec(answer)?.[1];
      if (code !== undefined)
        driven.refused.set(code, (driven.refused.get(code) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  agent.destroy();
  return driven;
}

function send(
  agent: Agent,
  url: string,
  { token, body }: Question,
): Promise<string> {
  const text = JSON.stringify(body);
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/graphql`,
      { method: "POST", agent, headers },
      (response) => {
        let answer = "";
        response.setEncoding("utf8");
        response.on("data", (piece: string) => (answer += piece));
        response.on("end", () => resolve(answer));
        response.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(text);
  });
}
