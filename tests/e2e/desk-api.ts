import { apiAddress } from "./desk.ts";

/** What a journey needs to be there, made as somebody with the API would. */
export interface Caller {
  ask(query: string, variables?: object): Promise<Record<string, unknown>>;
  /** Uploads one film; the id of its case. */
  bringIn(fileName: string, bytes: Uint8Array): Promise<string>;
  /** What lies under a path of the API. */
  download(path: string): Promise<Buffer>;
}

async function post(
  query: string,
  variables: object,
  token?: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${apiAddress()}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as {
    data?: Record<string, unknown>;
    errors?: { message: string }[];
  };
  const [error] = answer.errors ?? [];
  if (error !== undefined || answer.data === undefined)
    throw new Error(error?.message ?? "no answer");
  return answer.data;
}

async function upload(
  fileName: string,
  bytes: Uint8Array,
  token: string,
): Promise<string> {
  const form = new FormData();
  form.append("film", new Blob([new Uint8Array(bytes)]), fileName);
  const response = await fetch(`${apiAddress()}/upload`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  const text = await response.text();
  const caseId = /"caseId":"([^"]+)"/.exec(text)?.[1];
  if (caseId === undefined) throw new Error(text);
  return caseId;
}

async function download(path: string, token: string): Promise<Buffer> {
  const response = await fetch(`${apiAddress()}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(await response.text());
  return Buffer.from(await response.arrayBuffer());
}

/** Signs in past the browser. */
export async function caller(
  email: string,
  password = "lung-iris-demo",
): Promise<Caller> {
  const { signIn } = await post(
    "mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }",
    { email, password },
  );
  const { token } = signIn as { token: string };
  return {
    ask: (query, variables = {}) => post(query, variables, token),
    bringIn: (fileName, bytes) => upload(fileName, bytes, token),
    download: (path) => download(path, token),
  };
}

/** A new reader of the demo's site with a password of his own. */
export function aNewReader(
  email: string,
  name: string,
  password: string,
): Promise<void> {
  return aNewUser({ email, name, role: "RADIOLOGIST" }, password);
}

/** Another admin of the demo's site with a password of his own. */
export function aNewAdmin(
  email: string,
  name: string,
  password: string,
): Promise<void> {
  return aNewUser({ email, name, role: "ADMIN" }, password);
}

async function aNewUser(
  user: { email: string; name: string; role: string },
  password: string,
): Promise<void> {
  const admin = await caller("admin@demo.lung-iris");
  const { viewer } = await admin.ask("{ viewer { sites { id } } }");
  const { sites } = viewer as { sites: { id: string }[] };
  const first = `first ${password}`;
  await admin.ask(
    "mutation ($input: CreateUserInput!) { createUser(input: $input) { id } }",
    {
      input: { ...user, password: first, siteIds: sites.map(({ id }) => id) },
    },
  );
  const made = await caller(user.email, first);
  await made.ask(
    "mutation ($a: String!, $b: String!) { changePassword(currentPassword: $a, newPassword: $b) }",
    { a: first, b: password },
  );
}
